import Approvals
import JSONTree
import Keymap
import WireAPI

extension Inbox {
    /// Why no comment can be written, no time given or nobody be asked instead; nil when it can.
    package func noteObstacle(_ purpose: NoteDialog.Purpose) -> String? {
        guard let id = subject else { return "There is no approval under the cursor." }
        guard let known = shelf[id] else { return "Its arguments are not here yet." }
        guard poller.isOnline else { return "You are offline: this needs the server." }
        if let me, !me.canDecide { return "Your role reads and does not decide." }
        if purpose != .comment,
            let settled = StateWords.settled(StateWords.Facts(known.view), at: serverTime)
        {
            return "Only pending approvals can be changed; this one is settled: \(settled)."
        }
        return nil
    }

    /// Opens the form for a comment, more time or another person.
    mutating func beginNote(_ purpose: NoteDialog.Purpose) {
        if let obstacle = noteObstacle(purpose) {
            say(.warning, obstacle)
            return
        }
        guard let id = subject, let known = shelf[id] else { return }
        overlays.append(
            .note(
                NoteDialog(
                    purpose, id: id, revision: known.view.revision, tool: known.view.tool)))
        arming.disarm(at: now)
        effects.append(.flushTypedAhead)
    }

    /// Opens the form for the reason why a hidden value must be seen.
    mutating func beginReveal() {
        guard let id = subject, let known = shelf[id], let pointer = detailLine?.pointer,
            let handle = known.handles[pointer]
        else {
            say(.info, "Put the cursor on a redacted value first.")
            return
        }
        beginNote(.reveal(pointer, handle))
    }

    mutating func performInNote(_ action: Action, _ note: NoteDialog, _ stroke: KeyStroke?) {
        var note = note
        // What is asked about it opens above.
        let place = overlays.count - 1
        if action == .cancel {
            overlays.removeLast()
            return
        }
        guard !note.isWaiting else { return }
        if case .search = note.purpose, note.isAnswered(by: action) { return look(for: note) }
        if note.isInField {
            if action == .accept {
                note.next()
            } else if action == .laterEntry {
                note.nextField()
            } else if action == .earlierEntry {
                note.previousField()
            } else {
                _ = performTyping(action)
                return
            }
        } else if action == .previousField {
            note.previousField()
        } else if action == .nextButton {
            note.next()
        } else if action == .previousButton {
            note.previous()
        } else if action == .confirm || (action == .press && note.isOnVerb) {
            arming.mute(stroke, at: now)
            sendNote(&note)
        } else if action == .press {
            overlays.removeLast()
            return
        }
        overlays[place] = .note(note)
    }

    private mutating func sendNote(_ note: inout NoteDialog) {
        if let missing = note.missing {
            note.problem = missing
            note.stop = 0
            return
        }
        if case .lend(let isForOthers) = note.purpose {
            askConsequences(&note, isForOthers: isForOthers)
            return
        }
        if case .override(let stretch) = note.purpose {
            askConsequences(&note, stretch)
            return
        }
        if case .swap(let stretch) = note.purpose {
            askToOffer(&note, stretch)
            return
        }
        if case .rotation(let changed) = note.purpose {
            askToRotate(&note, changed)
            return
        }
        note.isWaiting = true
        if let change = note.policyChange {
            self.change(change)
        } else if let id = note.id, let request = Requests.note(note, of: id) {
            send(request, for: .note(id))
        }
    }

    mutating func answeredNote(
        _ id: ApprovalID, _ result: Result<HTTPResponse, TransportFailure>
    ) {
        let place = overlays.firstIndex {
            if case .note(let note) = $0 { note.id == id && note.isWaiting } else { false }
        }
        guard let place, case .note(var note) = overlays[place] else { return }
        note.isWaiting = false
        switch result {
        case .success(let response) where (200...299).contains(response.status):
            overlays.remove(at: place)
            done(note, id, response)
        case .success(let response):
            let problem = Answers.problem(in: response)
            if let view = problem.approval, view.id == id { take(view, isFresh: true) }
            note.problem = "\(problem.detail) \(problem.nextStep)"
            putBack(note)
        case .failure(let failure):
            note.problem =
                failure.wasSent
                ? "Nobody knows whether it arrived (\(failure.sentence)). "
                    + "Look before you repeat it."
                : "Not sent: \(failure.sentence)"
            putBack(note)
        }
    }

    /// The form stays as it was filled in; it may have been closed meanwhile.
    mutating func putBack(_ note: NoteDialog) {
        let place = overlays.firstIndex {
            if case .note(let other) = $0 { other.id == note.id } else { false }
        }
        if let place { overlays[place] = .note(note) }
    }

    private mutating func done(
        _ note: NoteDialog, _ id: ApprovalID, _ response: HTTPResponse
    ) {
        if case .reveal(let pointer, _) = note.purpose {
            reveal(id, pointer, response)
            return
        }
        if case .revoke = note.purpose { return revoked(response) }
        if case .success(let view) = Answers.read(ApproverView.self, from: response),
            view.id == id
        {
            take(view, isFresh: true)
        } else if !network.isOpen(.view(id)) {
            send(Requests.view(id), for: .view(id))
        }
        switch note.purpose {
        case .comment: say(.success, "Your comment is on the record.")
        case .extend: say(.success, "It has more time now.")
        case .reassign: say(.success, "It was handed over.")
        case .reveal, .revoke, .policyMode, .lend, .override, .swap, .rotation, .search: break
        }
    }

    /// Shows a hidden value for a short while. It goes nowhere else.
    private mutating func reveal(
        _ id: ApprovalID, _ pointer: JSONPointer, _ response: HTTPResponse
    ) {
        guard case .success(let answer) = Answers.read(RevealAnswer.self, from: response),
            answer.pointer.isSame(as: "\(pointer)")
        else {
            say(.problem, "The server's answer could not be read; nothing is shown.")
            return
        }
        let seconds = min(max(1, answer.showSeconds), Revealed.secondsMax)
        overlays.append(
            .revealed(
                Revealed(
                    id: id, pointer: pointer, value: answer.value,
                    until: now.adding(seconds: seconds))))
    }

    // MARK: Reviewing

    /// Tells the others that somebody is looking at it, unless they were told a moment ago.
    mutating func tellOthers(_ id: ApprovalID) {
        guard poller.isOnline, me?.canDecide ?? false else { return }
        if let last = network.reviewing, last.id == id, now.since(last.at) < 40_000 { return }
        network.reviewing = (id, now)
        send(Requests.reviewing(id, isActive: true), for: .reviewing(id))
    }

    private mutating func endReviewing(_ id: ApprovalID) {
        network.reviewing = nil
        send(Requests.reviewing(id, isActive: false), for: .reviewing(id))
        say(.info, "The others are told that you are done looking.")
    }

    mutating func toggleReviewing() {
        guard let id = subject, shelf[id]?.view.state == .pending else { return }
        guard poller.isOnline else {
            say(.warning, "You are offline: this needs the server.")
            return
        }
        if network.reviewing?.id == id, now.since(network.reviewing?.at ?? now) < 60_000 {
            endReviewing(id)
            return
        }
        tellOthers(id)
        say(.info, "The others see for a minute that you are looking at it.")
    }

    mutating func answeredReviewing(
        _ id: ApprovalID, _ result: Result<HTTPResponse, TransportFailure>
    ) {
        guard case .success(let response) = result, response.status == 200,
            case .success(let view) = Answers.read(ApproverView.self, from: response),
            view.id == id
        else { return }
        take(view, isFresh: true)
    }
}
