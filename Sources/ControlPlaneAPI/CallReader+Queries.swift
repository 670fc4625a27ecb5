import Approvals
import ControlPlane
import WireAPI

extension CallReader {
    /// How long the answer may be kept back; routes that cannot wait refuse the item by name.
    func waitSeconds() throws(APIFailure) -> Int {
        try number("wait", in: 0...APILimits.waitSecondsMax) ?? 0
    }

    /// A query that takes no items.
    func plain(_ query: Query) throws(APIFailure) -> Query {
        try knowing()
        return query
    }

    func approval() throws(APIFailure) -> Query {
        try knowing("wait")
        return .approval(try named())
    }

    func inbox() throws(APIFailure) -> Query {
        try knowing("since", "wait", "limit")
        let since = try text("since", bytesMax: APILimits.cursorBytesMax)
        let limit = try number("limit", in: 1...APILimits.inboxLimitMax)
        return .inbox(since: since, limit: limit ?? APILimits.inboxLimitDefault)
    }

    func history() throws(APIFailure) -> Query {
        try knowing("cursor", "limit", "matching", "tool", "agent", "needs_review")
        var before: ApprovalID?
        if let cursor = try text("cursor", bytesMax: APILimits.cursorBytesMax) {
            guard let id = ApprovalID(cursor) else {
                throw .queryWrong("cursor", "must be the `next` of a page of history")
            }
            before = id
        }
        let limit = try number("limit", in: 1...APILimits.historyLimitMax)
        return .history(
            before: before, limit: limit ?? APILimits.historyLimitDefault,
            HistoryFilter(
                matching: try text("matching", bytesMax: APILimits.matchingBytesMax),
                tool: try text("tool", bytesMax: APILimits.matchingBytesMax),
                agent: try text("agent", bytesMax: APILimits.matchingBytesMax),
                needsReview: try flag("needs_review")))
    }
}
