import Approvals
import WireAPI

// Borrowed authority may end while a question is open: the question says so.
extension Inbox {
    /// Shows a question again that cannot be answered any more, and why; false for one that was
    /// asked of somebody with authority of their own.
    mutating func end(_ dialog: DecisionDialog, _ sentence: String) -> Bool {
        guard dialog.view.decidingFor != nil else { return false }
        var ended = dialog
        ended.end(sentence)
        overlays.append(.decision(ended))
        arming.disarm(at: now)
        return true
    }

    /// What the open question is about left the queue together with what was lent.
    mutating func endBorrowed(_ id: ApprovalID) -> Bool {
        for (place, overlay) in overlays.enumerated() {
            guard case .decision(var dialog) = overlay, dialog.view.id == id,
                let grantor = dialog.view.decidingFor
            else { continue }
            dialog.end(Self.overSentence(grantor))
            overlays[place] = .decision(dialog)
            arming.disarm(at: now)
            return true
        }
        return false
    }

    /// The server refused what was decided for somebody: the question comes back and says why.
    mutating func reopen(
        _ known: KnownView, _ draft: Draft, _ sentence: String, isHidden: Bool
    ) {
        guard let digest = known.digest, let grantor = known.view.decidingFor,
            overlays.isEmpty
        else { return }
        let dialog = DecisionDialog(
            known, digest: digest, verdict: draft.verdict, edits: draft.edits, draft: nil,
            isOffline: false)
        // What was borrowed is all that showed it.
        _ = end(dialog, isHidden ? Self.overSentence(grantor) : sentence)
    }

    private static func overSentence(_ grantor: String) -> String {
        "You do not decide this for \(SafeWords.name(grantor)) any more: what they lent you was "
            + "taken back or is over. Nothing was decided."
    }
}
