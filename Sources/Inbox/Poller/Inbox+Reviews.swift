import Approvals
import WireAPI

// What ran without an answer, and what may have run otherwise than it was decided, has to be looked
// at by somebody. The feed begins with what is pending, so that what is older is asked for once.
extension Inbox {
    /// So many pages are asked for at most.
    private static let reviewPagesMax = 5

    /// Asks once, as soon as the feed was read to its end.
    mutating func askForReviews() {
        guard poller.isComplete, network.reviewPagesLeft == nil,
            me?.roles.contains(where: { Route.history.roles.contains($0) }) ?? false
        else { return }
        network.reviewPagesLeft = Self.reviewPagesMax
        askForReviews(after: nil)
    }

    private mutating func askForReviews(after cursor: String?) {
        guard let left = network.reviewPagesLeft, left > 0, !network.isOpen(.needsReview) else {
            return
        }
        network.reviewPagesLeft = left - 1
        network.leftMeanwhile = [:]
        send(
            Requests.history(after: cursor, limit: HistoryList.pageRows, needsReview: true),
            for: .needsReview)
    }

    /// Remembers what nobody waits for any more, so that a late answer does not bring it back.
    mutating func noteLeft(_ rows: [ApprovalSummary], _ gone: [ApprovalID]) {
        guard network.isOpen(.needsReview) else { return }
        for row in rows where !RowFlags(row).isWaiting {
            network.leftMeanwhile[row.id] = row.revision
        }
        for id in gone { network.leftMeanwhile[id] = .max }
    }

    /// True for a row that says nothing older than what is known of it.
    private func isNews(_ row: ApprovalSummary) -> Bool {
        if let known = queue.row(row.id) { return known.revision < row.revision }
        if let left = network.leftMeanwhile[row.id], left >= row.revision { return false }
        return shelf[row.id].map { $0.view.revision <= row.revision } ?? true
    }

    mutating func answeredReviews(_ result: Result<HTTPResponse, TransportFailure>) {
        guard case .success(let response) = result else {
            // Asked again with the next page of the feed.
            network.reviewPagesLeft = nil
            return
        }
        guard response.status == 200,
            case .success(let page) = Answers.read(SummaryList.self, from: response)
        else { return }
        let rows = page.items.filter { $0.needsReview && isNews($0) }
        if queue.filter != nil { queue.facts = queryFacts }
        queue.put(rows)
        if !rows.isEmpty { save([.putRows(rows)]) }
        if let next = page.next { askForReviews(after: next) }
    }
}
