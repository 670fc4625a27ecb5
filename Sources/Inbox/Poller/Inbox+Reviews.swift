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
        send(
            Requests.history(after: cursor, limit: HistoryList.pageRows, needsReview: true),
            for: .needsReview)
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
        let rows = page.items.filter { row in
            row.needsReview && (queue.row(row.id).map { $0.revision < row.revision } ?? true)
        }
        if queue.filter != nil { queue.facts = queryFacts }
        queue.put(rows)
        if !rows.isEmpty { save([.putRows(rows)]) }
        if let next = page.next { askForReviews(after: next) }
    }
}
