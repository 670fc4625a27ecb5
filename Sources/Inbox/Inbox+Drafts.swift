import Approvals
import JSONTree
import WireAPI

extension Inbox {
    /// Holds a draft against a fresh view: it stays, or it is void and a sentence says why.
    mutating func judgeDraft(_ known: KnownView) {
        guard known.isFresh, let draft = outbox.drafts[known.view.id], draft.stage != .editing,
            outbox.outgoing[draft.id] == nil
        else { return }
        if let decision = ownDecision(in: known.view, of: draft) {
            outbox.drafts[draft.id] = nil
            save([.removeDraft(draft.id)])
            say(
                .success,
                "Your decision on \(SafeWords.name(known.view.tool)) \(short(draft.id)) "
                    + "had arrived: "
                    + "\(decision.verdict.rawValue).")
            return
        }
        if let reason = voidReason(draft, known) {
            voidDraft(draft.id, reason)
        } else if draft.stage == .sent {
            didNotArrive(draft)
        }
    }

    /// An earlier run sent it, and the server has nothing of it: it is a draft like any other now.
    private mutating func didNotArrive(_ draft: Draft) {
        var draft = draft
        draft.stage = .unsent
        outbox.drafts[draft.id] = draft
        save([.putDraft(draft)])
    }

    /// A decision that was sent by an earlier run, and did arrive.
    private func ownDecision(in view: ApproverView, of draft: Draft) -> DecisionView? {
        guard draft.stage == .sent, let me else { return nil }
        return view.decisions.first { $0.by == me.name && $0.revision == draft.revision }
    }

    func voidReason(_ draft: Draft, _ known: KnownView) -> String? {
        let view = known.view
        if let settled = StateWords.settled(StateWords.Facts(view), at: serverTime) {
            return settled
        }
        if view.revision != draft.revision { return "it changed since you decided" }
        if known.digest != draft.displayedDigest { return "what is shown is not what you saw" }
        if view.requirement.deadline != draft.deadline { return "its deadline was moved" }
        if !view.youCanDecide { return view.whyNot ?? "you cannot decide it any more" }
        return nil
    }

    /// A draft is void: it is never sent. An edit in it is half done again.
    mutating func voidDraft(_ id: ApprovalID, _ reason: String) {
        guard let draft = outbox.drafts[id] else { return }
        outbox.drafts[id] = nil
        outbox.reshown.remove(id)
        save([.removeDraft(id)])
        overlays.removeAll {
            if case .decision(let dialog) = $0 { dialog.draft?.id == id } else { false }
        }
        let name = shelf[id].map { SafeWords.name($0.view.tool) + " " } ?? ""
        say(
            .problem,
            "Your draft (\(draft.verdict.rawValue)) for \(name)\(short(id)) is void and was not "
                + "sent: \(reason).")
        guard let known = shelf[id], let digest = known.digest, !draft.edits.isEmpty,
            known.view.state == .pending, editors[id] == nil
        else { return }
        var editor = ArgumentEditor(known.view, digest: digest)
        editor.revive(draft.edits)
        editors[id] = editor
        keepEdit(id)
    }
}
