import JSONTree
package import Approvals
package import Keymap
import WireAPI

extension Inbox {
    /// Asks for what changed, unless it is asked already or rests after a failure.
    mutating func poll() {
        guard network.holder != .replaced else {
            if poller.mayAsk(at: now), !network.isOpen(.me), !network.isOpen(.unlock) {
                send(Requests.me(), for: .me)
            }
            return
        }
        guard let request = poller.next(at: now, settings: settings) else { return }
        poller.work = .asking(send(request, for: .feed))
    }

    /// Asks again at once, and for the approval on the screen too.
    mutating func refreshNow() {
        if case .asking(let id) = poller.work, network.close(id) != nil {
            effects.append(.cancel(id))
        }
        poller.hurry()
        network.viewsRestUntil = nil
        guard network.holder != .replaced else { return }
        if me == nil || !poller.isOnline, !network.isOpen(.me) { send(Requests.me(), for: .me) }
        guard let subject else { return }
        viewTroubles[subject] = nil
        if !network.isOpen(.view(subject)) { send(Requests.view(subject), for: .view(subject)) }
    }

    /// A request was answered.
    mutating func answered(_ id: RequestID, _ result: Result<HTTPResponse, TransportFailure>) {
        guard let purpose = network.close(id) else { return }
        pace.ended(id, result, at: now)
        switch purpose {
        case .me: answeredMe(result)
        case .unlock: answeredUnlock(result)
        case .confirmRefusal: answeredRefusal(result)
        case .feed: answeredFeed(result)
        case .view(let approval), .prefetch(let approval): answeredView(approval, result)
        case .bulkView(let approval): answeredBulkView(approval, result)
        case .decision(let approval): answeredDecision(approval, result)
        case .decisions(let approvals): answeredDecisions(approvals, result)
        case .historyFirst: answeredHistory(result, isFirst: true)
        case .historyNext: answeredHistory(result, isFirst: false)
        case .grants: answeredGrants(result)
        case .needsReview: answeredReviews(result)
        case .note(let approval): answeredNote(approval, result)
        case .reviewing(let approval): answeredReviewing(approval, result)
        case .acknowledge(let approval): answeredAcknowledge(approval, result)
        case .earlier(let key): answeredEarlier(key, result)
        case .page(let subject): answeredPage(subject, result)
        case .policyMode(let change): answeredPolicyMode(change, result)
        case .reviewed(let policy, let version): answeredReviewed(policy, version, result)
        case .lend(let body, let isPreview):
            answeredLend(body, isPreview: isPreview, result)
        case .endDelegation(let view): answeredEndDelegation(view, result)
        case .override(let name, let body, let isPreview):
            answeredOverride(name, body, isPreview: isPreview, result)
        case .swap(let step): answeredSwap(step, result)
        case .schedule: answeredSchedule(result)
        case .removeOverride(let view): answeredRemoveOverride(view, result)
        case .offShift(let isPreview): answeredOffShift(isPreview: isPreview, result)
        case .onShift: answeredShift(result)
        case .logCheckpoint: answeredLogCheckpoint(result)
        case .logConsistency: answeredLogConsistency(result)
        case .logKeys: answeredLogKeys(result)
        }
    }

    private mutating func answeredFeed(_ result: Result<HTTPResponse, TransportFailure>) {
        switch result {
        case .failure(let failure): feedFailed(failure.sentence, retryAfter: nil)
        case .success(let response): answeredFeed(response)
        }
    }

    private mutating func answeredFeed(_ response: HTTPResponse) {
        switch response.status {
        case 200:
            switch Answers.read(InboxAnswer.self, from: response) {
            case .failure(let error): feedFailed(error.sentence, retryAfter: nil)
            case .success(let page): take(page)
            }
        case 204, 304:
            poller.unchanged(at: now)
            askForLog()
            askWhoAgain()
        case 401:
            refused(response)
        case 403:
            poller.refused(Answers.problem(in: response).detail, at: now)
        case 410:
            poller.reset(at: now)
            copy = LocalCopy(isUseless: copy.isUseless)
            network.reviewPagesLeft = nil
            queue.doubtAll()
            save([.removeAllRows])
        case 429, 503:
            feedFailed(
                Answers.problem(in: response).detail,
                retryAfter: Answers.retryAfter(response))
        case _: feedFailed(Answers.problem(in: response).detail, retryAfter: nil)
        }
    }

    /// The token is not taken; whether for good is asked once more before anything is removed.
    mutating func refused(_ response: HTTPResponse) {
        poller.refused(
            "The server does not accept your token. Run `countersign login` in another window, "
                + "then press \(key(for: .refresh)).", at: now)
        guard response.isRefusalOfToken, !network.isOpen(.confirmRefusal) else { return }
        send(Requests.me(), for: .confirmRefusal)
    }

    /// The control plane itself refused the token twice: nothing that is kept is for its holder.
    private mutating func answeredRefusal(_ result: Result<HTTPResponse, TransportFailure>) {
        guard case .success(let response) = result, response.isRefusalOfToken, !wasRevoked else {
            return
        }
        wasRevoked = true
        removeEverything()
        say(
            .warning,
            "The server no longer accepts your token: what was kept on this machine was removed.")
    }

    private mutating func feedFailed(_ sentence: String, retryAfter: Int?) {
        poller.failed(sentence, retryAfter: retryAfter, at: now, using: &seed)
    }

    /// Takes a page of the feed: rows change in place, and what happened to the row on the screen
    /// is told in a sentence.
    private mutating func take(_ page: InboxAnswer) {
        clock.heard(page.serverTime, at: now)
        poller.answered(page, at: now)
        askWhoAgain()
        var rows: [ApprovalSummary] = []
        var gone: [ApprovalID] = []
        for change in page.items {
            if change.kind == .changed, let row = change.approval {
                explain(row)
                rows.append(row)
            } else {
                explainGone(change.id)
                gone.append(change.id)
            }
        }
        drawAttention(to: rows)
        if queue.filter != nil { queue.facts = queryFacts }
        countArrivals(among: rows)
        queue.put(rows)
        queue.remove(gone)
        triage.urgencyDueAt = now
        if poller.isComplete {
            gone += queue.removeDoubted()
            queue.isSettling = false
        }
        noteLeft(rows, gone)
        keep(rows, gone, page)
        askForReviews()
        if poller.isComplete { askForLog() }
        if !page.items.isEmpty { refreshGrants() }
    }

    private mutating func keep(
        _ rows: [ApprovalSummary], _ gone: [ApprovalID], _ page: InboxAnswer
    ) {
        let waiting = rows.filter { RowFlags($0).isWaiting }
        let settled = rows.filter { !RowFlags($0).isWaiting }.map(\.id)
        var changes: [CacheChange] = []
        if !waiting.isEmpty { changes.append(.putRows(waiting)) }
        if !(gone + settled).isEmpty { changes.append(.removeRows(gone + settled)) }
        let feed = CachedFeed(cursor: page.next, serverTime: page.serverTime, answeredAt: now)
        save(changes + [.putFeed(feed)])
        for row in rows { history.update(row) }
        forgetMarks(settledIn: rows, gone: gone)
    }

    /// Says what happened to an approval that somebody looks at or has unsent work for.
    private mutating func explain(_ row: ApprovalSummary) {
        guard let before = queue.row(row.id), before.revision < row.revision else { return }
        if row.id == subject { arming.disarm(at: now, for: Arming.changedMilliseconds) }
        if row.state != .pending || before.isGone { viewTroubles[row.id] = nil }
        guard before.state == .pending, row.state != .pending else { return }
        closeDialogs(about: row.id)
        guard outbox.outgoing[row.id] == nil, row.id == subject || hasWork(on: row.id) else {
            return
        }
        guard let sentence = StateWords.settled(StateWords.Facts(row), at: serverTime) else {
            return
        }
        say(.warning, "\(SafeWords.name(row.tool)) \(short(row.id)): \(sentence).")
    }

    private mutating func explainGone(_ id: ApprovalID) {
        guard let row = queue.row(id), !row.isGone else { return }
        if endBorrowed(id) { return }
        closeDialogs(about: id)
        guard id == subject || hasWork(on: id) else { return }
        say(
            .warning,
            "\(SafeWords.name(row.tool)) \(short(id)) is no longer yours: it was given to "
                + "somebody else.")
    }

    /// True when something that a person did to it is not sent.
    func hasWork(on id: ApprovalID) -> Bool {
        editors[id]?.patch.isEmpty == false || outbox.drafts[id] != nil
    }

    /// A dialog that asks about something that became something else is closed, never answered.
    mutating func closeDialogs(about id: ApprovalID) {
        overlays.removeAll {
            switch $0 {
            case .decision(let dialog): dialog.view.id == id
            case .note(let note): note.id == id && !note.isWaiting
            case .editor, .diff, .bulk, .question, .revealed, .help, .page, .commandLine, .filter,
                .views:
                false
            }
        }
    }

    /// The connection is back.
    mutating func cameOnline() {
        for id in Array(outbox.outgoing.keys) where outbox.outgoing[id]?.request == nil {
            outbox.outgoing[id]?.retryAt = now
        }
        network.viewsRestUntil = nil
        viewTroubles = [:]
        if !network.isOpen(.me) { send(Requests.me(), for: .me) }
        // A question that is open is asked already.
        outbox.reshown = openDrafts
        outbox.compared = []
    }

    /// The drafts that the open questions are about.
    private var openDrafts: Set<ApprovalID> {
        Set(
            overlays.compactMap {
                if case .decision(let dialog) = $0 { dialog.draft?.id } else { nil }
            })
    }

    /// Where no question about a draft can come up, what was said about being offline is over.
    mutating func sayDraftsWait() {
        let count = outbox.drafts.values.count { $0.stage != .editing }
        guard count > 0, !overlays.isEmpty || screen != .queue else { return }
        let drafts = count == 1 ? "your draft" : "your \(count) drafts"
        say(.warning, "You are online again: go back to the queue to be asked about \(drafts).")
    }

    /// The last four characters of an id, which is what differs.
    package func short(_ id: ApprovalID) -> String { String(id.rawValue.suffix(4)) }

    /// The key of an action where it is bound, for sentences.
    package func key(for action: Action) -> String {
        let places = [basePlace] + Place.allCases
        for place in places {
            if let key = settings.keymap.key(for: action, in: place) { return key }
        }
        return ":\(action.rawValue)"
    }
}
