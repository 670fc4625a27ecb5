package import Approvals
import Cryptography
import JSONTree
import Keymap
import WireAPI

extension Inbox {
    /// Opens the question for a decision or a note; false for any other action.
    mutating func beginDeciding(_ action: Action) -> Bool {
        if action == .approve || action == .reject, decidesMarked {
            openBulk(action == .approve ? .approve : .reject)
        } else if action == .approve || action == .reject {
            ask(action == .approve ? .approve : .reject)
        } else if action == .comment {
            beginNote(.comment)
        } else if action == .extend {
            beginNote(.extend)
        } else if action == .reassign {
            beginNote(.reassign)
        } else if action == .acknowledge {
            acknowledge()
        } else if action == .shift {
            changeShift()
        } else if action == .reviewing {
            toggleReviewing()
        } else {
            return false
        }
        return true
    }

    /// Why the approval on the screen cannot be decided now; nil when it can.
    package func obstacle(_ verdict: Verdict) -> String? {
        guard let id = subject else { return "There is nothing to decide." }
        if let obstacle = ownObstacle(id) { return obstacle }
        guard let known = shelf[id] else { return "Its arguments are not here yet." }
        if let obstacle = stateObstacle(known) { return obstacle }
        guard verdict == .approve else { return nil }
        if editors[id]?.loose != nil {
            return "A text of yours is not taken over: \(key(for: .editDocument)) opens it, "
                + "\(key(for: .discardEdits)) throws it away."
        }
        if let editor = editors[id], let problem = editor.problems.first, !editor.patch.isEmpty {
            return "Your edit cannot be sent: \(name(problem.pointer)) \(problem.sentence)."
        }
        return sightObstacle(known)
    }

    private func ownObstacle(_ id: ApprovalID) -> String? {
        guard screen == .queue else { return "The history is only read." }
        if let me, !me.canDecide { return "Your role reads and does not decide." }
        switch outbox.standing(of: id) {
        case .sending, .unconfirmed: return "Your decision on this is on its way."
        case .holding: return "You decided; \(key(for: .takeBack)) takes it back."
        case .none, .draft: return nil
        }
    }

    private func stateObstacle(_ known: KnownView) -> String? {
        if let trouble = known.trouble { return trouble }
        let facts = StateWords.Facts(known.view)
        let settled = queue.selectedRow.map { StateWords.Facts($0) } ?? facts
        if let sentence = StateWords.settled(settled, at: serverTime)
            ?? StateWords.settled(facts, at: serverTime)
        {
            return "Nothing to decide: \(sentence)."
        }
        if known.view.revision < queue.selectedRow?.revision ?? 0 {
            return "It changed; the new view is on its way."
        }
        if poller.isOnline, !known.isFresh { return "The fresh view is on its way." }
        guard known.view.youCanDecide else {
            let who = known.view.whoCanDecide.prefix(3).joined(separator: ", ")
            let could = who.isEmpty ? "" : " Could: \(who)."
            return (known.view.whyNot ?? "You cannot decide this.") + could
        }
        return nil
    }

    /// Nobody approves what they have not seen.
    private func sightObstacle(_ known: KnownView) -> String? {
        guard seen.hasSeen(known) else {
            return "Look at it first: \(key(for: .open)) opens it."
        }
        guard known.view.risk > .low, !seen.isComplete(known) else { return nil }
        let left = known.valueCount - seen.count(of: known)
        let values = left == 1 ? "1 value was" : "\(left) values were"
        let pane = focus == .detail ? "" : "\(key(for: .nextPane)), then "
        return "\(values) not on the screen yet: \(pane)\(key(for: .nextUnseen)) shows the next."
    }

    private mutating func ask(_ verdict: Verdict) {
        if let obstacle = obstacle(verdict) {
            say(.warning, obstacle)
            return
        }
        guard let id = subject, let known = shelf[id], let digest = known.digest else { return }
        let draft = outbox.drafts[id].flatMap { $0.stage == .editing ? nil : $0 }
        if let draft, draft.verdict == verdict {
            reshow(draft, beside: known)
            return
        }
        open(
            DecisionDialog(
                known, digest: digest, verdict: verdict, edits: editors[id]?.patch ?? JSONPatch(),
                draft: nil, isOffline: !poller.isOnline, presets: settings.rejectReasons))
        tellOthers(id)
    }

    /// Opens the question; what was typed ahead does not answer it.
    mutating func open(_ dialog: DecisionDialog) {
        overlays.append(.decision(dialog))
        arming.disarm(at: now)
        effects.append(.flushTypedAhead)
    }

    mutating func performInDialog(
        _ action: Action, _ dialog: DecisionDialog, _ stroke: KeyStroke?
    ) {
        var dialog = dialog
        if action == .cancel {
            overlays.removeLast()
            return
        }
        if dialog.ending != nil {
            if action == .press { overlays.removeLast() }
            return
        }
        if dialog.focus != .buttons {
            if action == .accept {
                dialog.next()
            } else if dialog.focus == .comment, dialog.comment.perform(action) {
                dialog.problem = nil
            } else {
                _ = performTyping(action)
                return
            }
        } else if action == .nextButton {
            dialog.next()
        } else if action == .previousButton {
            dialog.previous()
        } else if action == .widenGrant {
            dialog.widenGrant()
        } else if action == .grantScope {
            dialog.changeGrantScope()
        } else if action == .confirm {
            press(.decide, dialog, stroke)
            return
        } else if action == .press {
            press(dialog.button, dialog, stroke)
            return
        }
        overlays[overlays.count - 1] = .decision(dialog)
    }

    private mutating func press(
        _ button: DecisionDialog.Button, _ dialog: DecisionDialog, _ stroke: KeyStroke?
    ) {
        switch button {
        case .cancel: overlays.removeLast()
        case .discard:
            overlays.removeLast()
            outbox.drafts[dialog.view.id] = nil
            save([.removeDraft(dialog.view.id)])
            say(.info, "The draft is gone; nothing was sent.")
        case .decide:
            var dialog = dialog
            guard dialog.missing == nil else {
                dialog.problem = dialog.missing
                dialog.focus = dialog.missingFocus
                overlays[overlays.count - 1] = .decision(dialog)
                return
            }
            overlays.removeLast()
            arming.mute(stroke, at: now)
            effects.append(.flushTypedAhead)
            decide(dialog)
        }
    }

    /// Sends what the dialog asked for, if it is still what the dialog showed.
    private mutating func decide(_ dialog: DecisionDialog) {
        let id = dialog.view.id
        // A draft was seen when it was made, and it is void unless it is still the same.
        let wasSeen = dialog.draft?.isFullyShown ?? false
        let obstacle = obstacle(wasSeen ? .reject : dialog.verdict)
        guard let known = shelf[id], known.view.revision == dialog.view.revision,
            known.digest == dialog.digest, id == subject, obstacle == nil
        else {
            let sentence = obstacle ?? "It changed while you were deciding; nothing was sent."
            if !end(dialog, "Not decided: \(sentence)") { say(.warning, sentence) }
            return
        }
        let comment = dialog.comment.text.text
        let draft = Draft(
            id: id, revision: dialog.view.revision, displayedDigest: dialog.digest,
            deadline: dialog.view.requirement.deadline, stage: .unsent,
            verdict: dialog.verdict, edits: dialog.edits,
            comment: comment.allSatisfy(\.isWhitespace) ? nil : comment,
            isFullyShown: wasSeen || seen.isComplete(known), madeAt: serverTime,
            key: dialog.draft?.key ?? freshKey(), grant: dialog.sentGrant)
        guard !dialog.isOffline || !poller.isOnline else {
            // What was confirmed was said to become a draft; it is shown again at once.
            marks.remove(PackedID(id))
            putAside(draft)
            say(.info, "The connection is back: your decision is a draft, nothing was sent.")
            return
        }
        outbox.codes[id] = poller.isOnline ? dialog.sentCode : nil
        dispatch([[draft]])
    }

    /// A key that no other decision has; sending the same decision twice decides once.
    mutating func freshKey() -> String { "inbox-" + seed.digits() + seed.digits() }

    /// Without a connection decisions become drafts.
    mutating func keep(_ drafts: [Draft]) {
        for draft in drafts {
            putAside(draft)
            bulk?.record(draft.id, .kept("a draft: not sent, you are offline"))
        }
        let reason =
            poller.isOnline
            ? "The server has not said yet whose token this is" : "You are offline"
        let then = poller.isOnline ? "when it did." : "when the server can be reached."
        say(
            .warning,
            drafts.count == 1
                ? "\(reason): your decision is a draft, nothing was sent. You are asked again "
                    + then
                : "\(reason): \(drafts.count) decisions are drafts, nothing was sent. You are "
                    + "asked again, one by one, \(then)")
    }

    // MARK: Questions

    mutating func performInQuestion(_ action: Action, _ question: Question) {
        var question = question
        if action == .cancel {
            overlays.removeLast()
        } else if action == .nextButton || action == .previousButton {
            question.isOnVerb.toggle()
            overlays[overlays.count - 1] = .question(question)
        } else if action == .confirm || action == .press {
            overlays.removeLast()
            if action == .confirm || question.isOnVerb { carryOut(question) }
        }
    }

    private mutating func carryOut(_ question: Question) {
        switch question.subject {
        case .quit, .quitEditing: leave()
        case .policyMode(let change): self.change(change)
        case .lend(let body, _): lend(body)
        case .endDelegation(let view):
            send(Requests.endDelegation(view.id), for: .endDelegation(view))
        case .override(let name, let body, _): override(name, body)
        case .swap(let step, _): carryOut(step)
        case .schedule(let name, let body, _):
            waitInPlan()
            send(Requests.putSchedule(name, body), for: .schedule(name))
        case .removeOverride(let view, _):
            send(Requests.removeOverride(view.id), for: .removeOverride(view))
        case .offShift:
            send(Requests.offShift(isPreview: false), for: .offShift(isPreview: false))
        case .onShift: send(Requests.onShift(), for: .onShift)
        case .discardEdits(let id):
            editors[id] = nil
            overlays.removeAll { $0.isEditor(of: id) || $0.isDiff(of: id) }
            keepEdit(id)
            say(.info, "Your changes are gone; the arguments are what the agent sent.")
        }
    }
}

extension Overlay {
    func isDiff(of id: ApprovalID) -> Bool {
        switch self {
        case .diff(let diff): diff.id == id
        case .editor, .decision, .bulk, .note, .question, .revealed, .help, .page, .commandLine,
            .filter,
            .views:
            false
        }
    }
}
