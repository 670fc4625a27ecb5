package import Approvals
import WireAPI

/// Where things stood before a message, to notice what became different.
struct Standpoint {
    let subject: ApprovalID?
    let overlays: Int
    let isOnline: Bool

    init(_ inbox: Inbox) {
        subject = inbox.subject
        overlays = inbox.overlays.count
        isOnline = inbox.poller.isOnline
    }
}

extension Inbox {
    /// What follows from a message, whatever it was.
    mutating func follow(from before: Standpoint, isNews: Bool) {
        guard network.isStarted else { return }
        guard !isLocked else {
            // The queue goes on, so that the bell rings; nothing is asked for that nobody sees.
            poll()
            askWho()
            retryOutgoing()
            notifyIfDue()
            askToBeWoken()
            return
        }
        closeWhatIsOver()
        keepTextIfDue()
        followBulk(isNews: isNews)
        if poller.isOnline, !before.isOnline {
            network.onlineSince = now
            // What would have been a draft is sent from here on, and that must be read first.
            if overlays.contains(where: \.decides) {
                arming.disarm(at: now, for: Arming.changedMilliseconds)
            }
            cameOnline()
            sayDraftsWait()
        }
        fetchForDrafts()
        reshowDrafts()
        if subject != before.subject {
            network.subjectSince = now
            network.hadSubject = before.subject != nil
            arming.disarm(at: now, for: subjectPauseMilliseconds)
            pane.show(subject)
        }
        if overlays.count != before.overlays { arming.disarm(at: now) }
        loadMoreIfNear()
        recheckFilter()
        countUrgency()
        askForView()
        askForEarlier()
        poll()
        askWho()
        retryOutgoing()
        notifyIfDue()
        followHoldings(wasOnline: before.isOnline)
        askToBeWoken()
    }

    /// A dialog about something that nobody can decide any more closes in the same frame.
    private mutating func closeWhatIsOver() {
        if let until = notice?.until, now >= until { notice = nil }
        // Also below something else, and the time to wake for it counts there too.
        overlays.removeAll { overlay in
            if case .revealed(let revealed) = overlay { now >= revealed.until } else { false }
        }
        // An edit that was sent leaves nothing to look at behind the question.
        overlays.removeAll { overlay in
            if case .diff(let diff) = overlay { editors[diff.id] == nil } else { false }
        }
        guard case .decision(let dialog) = overlays.last else { return }
        let left = dialog.view.requirement.deadline.since(serverTime)
        guard left <= 0 else { return }
        overlays.removeLast()
        say(.warning, "It expired while you were deciding; nothing was sent.")
    }

    /// The server's time now, as near as it is known.
    package var serverTime: Timestamp { clock.serverTime(at: now) }

    /// The approval whose detail is shown.
    package var subject: ApprovalID? {
        switch screen {
        case .queue: queue.selectedID
        case .history: history.selected?.id
        case .grants: nil
        }
    }

    /// Says a sentence above the keys.
    mutating func say(_ kind: Notice.Kind, _ text: String) {
        notice = Notice(kind, text, at: now)
    }

    /// Says a sentence behind a graver one that nobody can have read yet.
    mutating func sayToo(_ kind: Notice.Kind, _ text: String) {
        guard let notice, notice.kind == .problem, !notice.mayLeave(at: now) else {
            say(kind, text)
            return
        }
        say(.problem, "\(notice.text) \(text)")
    }

    /// Sends a request and remembers what for.
    @discardableResult
    mutating func send(_ request: HTTPRequest, for purpose: Network.Purpose) -> RequestID {
        let id = network.open(purpose)
        if request.waitSeconds == 0 { pace.asked(id, at: now) }
        effects.append(.request(id, request))
        return id
    }

    mutating func save(_ changes: [CacheChange]) {
        if !changes.isEmpty { effects.append(.save(changes)) }
    }

    // MARK: Timers

    /// Asks to be woken when the next thing on the screen or in the network is due.
    private mutating func askToBeWoken() {
        let wanted = wakeTimes().min().map { max($0, now.adding(milliseconds: 1)) }
        guard wanted != network.wakeAsked else { return }
        network.wakeAsked = wanted
        effects.append(.wake(at: wanted))
    }

    /// When a decision without an answer is asked again.
    private var retryDueAt: Timestamp? { network.holder == .proven ? outbox.retryAt : nil }

    private func wakeTimes() -> [Timestamp] {
        guard !isLocked else {
            return [poller.wakeAt, retryDueAt, whoDueAt, network.attention.dueAt].compactMap(\.self)
        }
        var times = [
            poller.wakeAt, retryDueAt, whoDueAt, notice?.until, viewDueAt, earlierDueAt,
            countdownChangeAt,
            network.attention.dueAt, detailRests ? detailRestsUntil : nil, recheckDueAt,
            lock.dueAt(settings)?.at,
            holdingsWakeAt, bulkWakeAt, network.textDueAt,
        ].compactMap(\.self)
        for case .revealed(let revealed) in overlays { times.append(revealed.until) }
        if poller.connection == .connecting, copy.answeredAt != nil, now < agesDueAt {
            times.append(agesDueAt)
        }
        if !poller.isOnline, !settings.isLinear, let answeredAt = poller.answeredAt {
            times.append(now.adding(milliseconds: Age.untilChange(now.since(answeredAt))))
        }
        return times
    }

    /// When the text of a countdown on the screen changes, on the whole second of the server's
    /// clock so that all of them change at once; deadlines are met exactly.
    private var countdownChangeAt: Timestamp? {
        let serverTime = serverTime
        var next: Int64?
        func consider(_ deadline: Timestamp) {
            let left = deadline.since(serverTime)
            if settings.isLinear {
                // No clock runs; what expires is said when it does.
                if left > 0 { next = min(next ?? deadline.milliseconds, deadline.milliseconds) }
                return
            }
            guard let change = Countdown.untilChange(left) else { return }
            let due = serverTime.adding(milliseconds: change)
            let rounded = min((due.milliseconds + 999) / 1_000 * 1_000, deadline.milliseconds)
            next = min(next ?? rounded, rounded)
        }
        if screen == .queue {
            let rows = sparesBytes ? [][...] : queue.visible(rows: layout.listRows)
            for slot in rows where slot >= 0 {
                let row = queue.store.packed(slot)
                if row.flags.state == .pending {
                    consider(Timestamp(milliseconds: row.deadline))
                }
            }
            if let row = queue.selectedRow, row.state == .pending { consider(row.deadline) }
        }
        if screen == .grants {
            let rows = grants.rows.dropFirst(grants.top).prefix(layout.listRows)
            for row in rows where row.state == .active { consider(row.expiresAt) }
        }
        if case .decision(let dialog) = overlays.last {
            consider(dialog.view.requirement.deadline)
        }
        if case .bulk = overlays.last {
            for item in bulk?.items ?? [] where item.row.state == .pending {
                consider(item.row.deadline)
            }
        }
        return next.map { clock.localTime(of: Timestamp(milliseconds: $0)) }
    }
}
