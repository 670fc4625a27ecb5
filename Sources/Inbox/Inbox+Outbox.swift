import Approvals
import JSONTree
import Keymap
import WireAPI

extension Inbox {
    /// Sends a decision. Nothing is said of it but that it is on its way, until the server answers.
    ///
    /// The code goes with this request alone: it counts once, and is asked for again.
    mutating func send(_ draft: Draft) {
        let code = outbox.codes.removeValue(forKey: draft.id)
        var draft = draft
        draft.stage = .sent
        outbox.drafts[draft.id] = nil
        outbox.reshown.remove(draft.id)
        save([.putDraft(draft)])
        var outgoing = Outbox.Outgoing(draft: draft)
        outgoing.request = send(
            Requests.decision(draft, code: code, seen: logWatch.vouched), for: .decision(draft.id))
        outbox.outgoing[draft.id] = outgoing
    }

    /// Asks again, with the same keys, for decisions whose answer was lost.
    mutating func retryOutgoing() {
        guard network.holder == .proven else { return }
        let due = outbox.outgoing.values.filter { outgoing in
            outgoing.request == nil && outgoing.retryAt.map { now >= $0 } ?? false
        }.sorted { $0.draft.id < $1.draft.id }
        for batch in Set(due.compactMap(\.batch)).sorted() {
            post(due.filter { $0.batch == batch }.map(\.draft))
        }
        for outgoing in due where outgoing.batch == nil {
            let id = outgoing.draft.id
            outbox.outgoing[id]?.retryAt = nil
            let request = send(Requests.decision(outgoing.draft), for: .decision(id))
            outbox.outgoing[id]?.request = request
        }
    }

    mutating func answeredDecision(
        _ id: ApprovalID, _ result: Result<HTTPResponse, TransportFailure>
    ) {
        guard let outgoing = outbox.outgoing[id] else { return }
        outbox.outgoing[id]?.request = nil
        switch result {
        case .failure(let failure) where !failure.wasSent && outgoing.doubt == nil:
            notSent(outgoing.draft, failure.sentence)
        case .failure(let failure): sayDoubt(id, failure.sentence, retryAfter: nil)
        case .success(let response): answeredDecision(outgoing, response)
        }
    }

    private mutating func answeredDecision(_ outgoing: Outbox.Outgoing, _ response: HTTPResponse) {
        let id = outgoing.draft.id
        switch response.status {
        case 200:
            guard case .success(let view) = Answers.read(ApproverView.self, from: response) else {
                sayDoubt(id, "the server's answer could not be read", retryAfter: nil)
                return
            }
            guard view.id == id else {
                sayDoubt(id, "the server answered with another approval", retryAfter: nil)
                return
            }
            say(.success, acknowledged(outgoing.draft, view))
        case 408, 429, 500...599:
            let problem = Answers.problem(in: response)
            sayDoubt(id, problem.detail, retryAfter: Answers.retryAfter(response))
        case 401: sayDoubt(id, "your token is not accepted", retryAfter: 30)
        case _:
            let problem = Answers.problem(in: response)
            let known = shelf[id]
            let sentence = refused(outgoing.draft, problem, isAlone: true)
            say(.problem, sentence)
            if let known {
                reopen(known, outgoing.draft, sentence, isHidden: problem.status == 404)
            }
            if problem.name.isSame(as: "halted"), !network.isOpen(.me) {
                send(Requests.me(), for: .me)
            }
        }
    }

    /// The server recorded it: only now is it said.
    mutating func acknowledged(_ draft: Draft, _ view: ApproverView) -> String {
        settle(draft.id)
        // The edit is the server's now: nothing may still say that it was not sent.
        editors[draft.id] = nil
        take(view, isFresh: true)
        let name = "\(SafeWords.name(view.tool)) \(short(view.id))"
        let verdict = draft.verdict == .approve ? "approved" : "rejected"
        let edits = (draft.edits.isEmpty ? "" : " with your edits") + granted(draft, view)
        guard view.state != .pending else {
            let needed = view.requirement
            return "Recorded: you \(verdict) \(name)\(edits); \(needed.approvals) of "
                + "\(needed.quorum) approvals so far."
        }
        let state = view.state.rawValue
        return state == verdict
            ? "Recorded: you \(verdict) \(name)\(edits)."
            : "Recorded: you \(verdict) \(name)\(edits); it is \(state) now."
    }

    /// That calls like it run without asking from now on.
    private func granted(_ draft: Draft, _ view: ApproverView) -> String {
        guard let grant = draft.grant, view.decisions.last?.grant != nil else { return "" }
        return ", and calls like it run for \(GrantChoice.span(grant.seconds)) "
            + "(\(key(for: .grants)) lists that)"
    }

    /// Certainly not sent: it becomes a draft that is asked again.
    private mutating func notSent(_ draft: Draft, _ sentence: String) {
        outbox.outgoing[draft.id] = nil
        putAside(draft)
        say(
            .warning,
            "Not sent (\(sentence)): your decision is a draft. You are asked again when the server "
                + "can be reached.")
    }

    /// Keeps a decision as a draft; it is shown again before anything is sent.
    mutating func putAside(_ draft: Draft) {
        var draft = draft
        draft.stage = .unsent
        outbox.codes[draft.id] = nil
        outbox.drafts[draft.id] = draft
        outbox.reshown.remove(draft.id)
        save([.putDraft(draft)])
    }

    private mutating func sayDoubt(_ id: ApprovalID, _ reason: String, retryAfter: Int?) {
        if outbox.outgoing[id]?.doubt == nil {
            say(.warning, "Sent, not confirmed: \(reason). It is asked again until it is known.")
        }
        doubt(id, reason, retryAfter: retryAfter)
    }

    /// Nobody knows whether it arrived: it is asked again until somebody does.
    mutating func doubt(_ id: ApprovalID, _ reason: String, retryAfter: Int?) {
        guard var outgoing = outbox.outgoing[id] else { return }
        let pause = outgoing.backOff.failed(using: &seed)
        let named = Int64(min(max(0, retryAfter ?? 0), 300)) * 1_000
        outgoing.doubt = reason
        outgoing.retryAt = now.adding(milliseconds: max(pause, named))
        outbox.outgoing[id] = outgoing
    }

    /// The server said no, and why: nothing was decided by this. `isAlone` for a decision that no
    /// table shows.
    mutating func refused(_ draft: Draft, _ problem: Problem, isAlone: Bool) -> String {
        let before = shelf[draft.id]?.view
        settle(draft.id)
        if let view = problem.approval, view.id == draft.id { take(view, isFresh: true) }
        if !draft.edits.isEmpty { giveBack(draft) }
        if isAlone {
            refreshAfterRefusal(draft.id, problem)
            if problem.status == 422 { showRefusedEdit(draft, problem) }
        }
        return RefusalWords(problem, before: before, at: serverTime).sentence
    }

    private mutating func refreshAfterRefusal(_ id: ApprovalID, _ problem: Problem) {
        guard problem.approval == nil, !network.isOpen(.view(id)) else { return }
        send(Requests.view(id), for: .view(id))
    }

    /// The server does not take the edit: the cursor goes to the place that it named.
    private mutating func showRefusedEdit(_ draft: Draft, _ problem: Problem) {
        guard let field = problem.fields.first, !field.field.hasPrefix("/grant"),
            !draft.edits.isEmpty, draft.id == subject,
            overlays.isEmpty, editors[draft.id] != nil
        else { return }
        do {
            let pointer = try JSONPointer(parsing: field.field)
            editors[draft.id]?.moveTo(pointer)
        } catch {
            return
        }
        overlays.append(.editor(draft.id))
    }

    /// What was edited is half done again, so that nobody has to type it twice.
    private mutating func giveBack(_ draft: Draft) {
        guard editors[draft.id] == nil, let known = shelf[draft.id], let digest = known.digest,
            known.view.state == .pending
        else { return }
        var editor = ArgumentEditor(known.view, digest: digest)
        editor.revive(draft.edits)
        editors[draft.id] = editor
        keepEdit(draft.id)
    }

    /// Nothing is on its way any more.
    private mutating func settle(_ id: ApprovalID) {
        outbox.outgoing[id] = nil
        outbox.drafts[id] = nil
        save([.removeDraft(id)])
        if shelf[id]?.view.state != .pending { editors[id] = nil }
    }
}
