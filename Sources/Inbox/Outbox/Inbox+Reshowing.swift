import Approvals
import WireAPI

// What was decided without a connection is asked again, one by one, once there is one.
extension Inbox {
    /// So many drafts are compared with the server's view before they are shown again.
    private static let aheadMax = 4

    /// The decisions that are to be shown again next, the one that ends first before the others.
    private var nextDrafts: [Draft] {
        guard !outbox.drafts.isEmpty else { return [] }
        let waiting = outbox.drafts.values.filter { draft in
            draft.stage != .editing && !outbox.reshown.contains(draft.id)
                && outbox.outgoing[draft.id] == nil && viewTroubles[draft.id] == nil
        }
        return Array(
            waiting.sorted { ($0.deadline, $0.id) < ($1.deadline, $1.id) }.prefix(Self.aheadMax))
    }

    /// Fetches the views that drafts are compared with, a few at a time: what was known before the
    /// connection was lost does not count.
    mutating func fetchForDrafts() {
        guard poller.isOnline, network.holder == .proven, !outbox.drafts.isEmpty else { return }
        if let until = network.viewsRestUntil, now < until { return }
        // An edit of an earlier run goes on once its view is here.
        let half = outbox.drafts.values.filter { $0.stage == .editing && editors[$0.id] == nil }
            .map(\.id).sorted()
        let wanted = nextDrafts.map(\.id) + half.prefix(shelfRoom)
        for id in wanted where !isCompared(id) && !network.isOpen(.view(id)) {
            guard viewTroubles[id] == nil, network.draftViews(outbox) < Self.aheadMax else {
                continue
            }
            send(Requests.view(id), for: .view(id))
        }
    }

    /// More views than these would put each other out.
    private var shelfRoom: Int { ViewShelf.viewsMax / 2 }

    /// Shows drafts again beside their fresh approvals, one at a time, when nobody does anything
    /// else.
    mutating func reshowDrafts() {
        guard poller.isOnline, network.holder == .proven, overlays.isEmpty, screen == .queue,
            strokes.isEmpty, !outbox.drafts.isEmpty
        else { return }
        for draft in nextDrafts where isCompared(draft.id) {
            guard let known = shelf[draft.id] else { continue }
            if let reason = voidReason(draft, known) {
                voidDraft(draft.id, reason)
                continue
            }
            guard goTo(known) else { continue }
            pane.show(draft.id)
            focus = .detail
            reshow(draft, beside: known)
            return
        }
    }

    /// True when the server showed the approval since the connection is there, and what it showed
    /// was not put out by other views.
    private func isCompared(_ id: ApprovalID) -> Bool {
        outbox.compared.contains(id) && shelf[id]?.isFresh == true
    }

    /// Puts the cursor on a row, whatever hides it; a row that was not loaded is made of the view.
    private mutating func goTo(_ known: KnownView) -> Bool {
        let id = known.view.id
        if queue.row(id) == nil { queue.put([ApprovalSummary(known.view)]) }
        let rows = layout.listRows
        queue.reveal(PackedID(id), rows: rows)
        if queue.selected?.id != id {
            queue.show(nil, queryFacts)
            triage.view = nil
            queue.reveal(PackedID(id), rows: rows)
        }
        return queue.selected?.id == id
    }

    /// Shows one draft again; only this question can send it.
    mutating func reshow(_ draft: Draft, beside known: KnownView) {
        guard let digest = known.digest else { return }
        outbox.reshown.insert(draft.id)
        open(
            DecisionDialog(
                known, digest: digest, verdict: draft.verdict, edits: draft.edits, draft: draft,
                isOffline: !poller.isOnline, presets: settings.rejectReasons))
    }

    /// How many further decisions wait to be shown again, for the question about one of them.
    package var draftsBehind: Int {
        outbox.drafts.values.count { $0.stage != .editing && !outbox.reshown.contains($0.id) }
    }
}

extension Network {
    /// How many views were asked for to compare drafts with them.
    fileprivate func draftViews(_ outbox: Outbox) -> Int {
        purposes.values.count {
            if case .view(let id) = $0 { outbox.drafts[id] != nil } else { false }
        }
    }
}
