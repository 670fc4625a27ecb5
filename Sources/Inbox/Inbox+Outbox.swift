import Approvals
import JSONTree
import WireAPI

extension Inbox {
    /// Sends a decision. Nothing is said of it but that it is on its way, until the server answers.
    mutating func send(_ draft: Draft) {
        var draft = draft
        draft.stage = .sent
        outbox.drafts[draft.id] = nil
        outbox.reshown.remove(draft.id)
        save([.putDraft(draft)])
        var outgoing = Outbox.Outgoing(draft: draft)
        outgoing.request = send(Requests.decision(draft), for: .decision(draft.id))
        outbox.outgoing[draft.id] = outgoing
    }

    /// Asks again, with the same key, for decisions whose answer was lost.
    mutating func retryOutgoing() {
        for id in outbox.outgoing.keys.sorted() {
            guard let outgoing = outbox.outgoing[id], outgoing.request == nil,
                let retryAt = outgoing.retryAt, now >= retryAt
            else { continue }
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
        case .failure(let failure): doubt(id, failure.sentence, retryAfter: nil)
        case .success(let response): answeredDecision(outgoing, response)
        }
    }

    private mutating func answeredDecision(_ outgoing: Outbox.Outgoing, _ response: HTTPResponse) {
        let id = outgoing.draft.id
        switch response.status {
        case 200:
            guard case .success(let view) = Answers.read(ApproverView.self, from: response) else {
                doubt(id, "the server's answer could not be read", retryAfter: nil)
                return
            }
            acknowledged(outgoing.draft, view)
        case 408, 429, 500...599:
            let problem = Answers.problem(in: response)
            doubt(id, problem.detail, retryAfter: Answers.retryAfter(response))
        case 401: doubt(id, "your token is not accepted", retryAfter: 30)
        case _: refused(outgoing.draft, Answers.problem(in: response))
        }
    }

    /// The server recorded it: only now is it said.
    private mutating func acknowledged(_ draft: Draft, _ view: ApproverView) {
        settle(draft.id)
        // The edit is the server's now: nothing may still say that it was not sent.
        editors[draft.id] = nil
        take(view, isFresh: true)
        let name = "\(SafeWords.name(view.tool)) \(short(view.id))"
        let verdict = draft.verdict == .approve ? "approved" : "rejected"
        let edits = draft.edits.isEmpty ? "" : " with your edits"
        guard view.state != .pending else {
            let needed = view.requirement
            say(
                .success,
                "Recorded: you \(verdict) \(name)\(edits); \(needed.approvals) of "
                    + "\(needed.quorum) approvals so far.")
            return
        }
        let state = view.state.rawValue
        say(
            .success,
            state == verdict
                ? "Recorded: you \(verdict) \(name)\(edits)."
                : "Recorded: you \(verdict) \(name)\(edits); it is \(state) now.")
    }

    /// Certainly not sent: it becomes a draft that is asked again.
    private mutating func notSent(_ draft: Draft, _ sentence: String) {
        var draft = draft
        draft.stage = .unsent
        outbox.outgoing[draft.id] = nil
        outbox.drafts[draft.id] = draft
        outbox.reshown.remove(draft.id)
        save([.putDraft(draft)])
        say(
            .warning,
            "Not sent (\(sentence)): your decision is a draft. You are asked again when the server "
                + "can be reached.")
    }

    /// Nobody knows whether it arrived: it is asked again until somebody does.
    private mutating func doubt(_ id: ApprovalID, _ reason: String, retryAfter: Int?) {
        guard var outgoing = outbox.outgoing[id] else { return }
        let pause = outgoing.backOff.failed(using: &seed)
        let named = Int64(min(max(0, retryAfter ?? 0), 300)) * 1_000
        if outgoing.doubt == nil {
            say(.warning, "Sent, not confirmed: \(reason). It is asked again until it is known.")
        }
        outgoing.doubt = reason
        outgoing.retryAt = now.adding(milliseconds: max(pause, named))
        outbox.outgoing[id] = outgoing
    }

    /// The server said no, and why: nothing was decided by this.
    private mutating func refused(_ draft: Draft, _ problem: Problem) {
        settle(draft.id)
        if let view = problem.approval, view.id == draft.id { take(view, isFresh: true) }
        if !draft.edits.isEmpty { giveBack(draft) }
        let detail = "\(problem.detail) \(problem.nextStep)"
        switch problem.status {
        case 409: say(.problem, "Not decided by you: \(detail)")
        case 412, 428: say(.problem, "It changed, so nothing was decided: \(detail)")
        case 403:
            let who = problem.whoCould.prefix(3).joined(separator: ", ")
            say(.problem, "Not decided: \(detail)" + (who.isEmpty ? "" : " Could: \(who)."))
        case 404, 410: say(.problem, "Too late: \(detail)")
        case 422: refusedEdit(draft, problem)
        case _: say(.problem, "Not decided: \(detail)")
        }
        refreshAfterRefusal(draft.id, problem)
    }

    private mutating func refreshAfterRefusal(_ id: ApprovalID, _ problem: Problem) {
        guard problem.approval == nil, !network.isOpen(.view(id)) else { return }
        send(Requests.view(id), for: .view(id))
    }

    /// The server does not take the edit: the cursor goes to the place, with the server's words.
    private mutating func refusedEdit(_ draft: Draft, _ problem: Problem) {
        guard let field = problem.fields.first else {
            say(.problem, "Not decided: \(problem.detail) \(problem.nextStep)")
            return
        }
        say(
            .problem,
            "Not decided: \(SafeWords.name(field.field, columnsMax: 40)) \(field.detail).")
        guard !draft.edits.isEmpty, draft.id == subject, overlays.isEmpty,
            editors[draft.id] != nil
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
