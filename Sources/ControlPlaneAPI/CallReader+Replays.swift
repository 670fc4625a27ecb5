import ControlPlane
import Policies
import WireAPI

// What people ask about how policies decided, and would have.
extension CallReader {
    func explanation() throws(APIFailure) -> Query { try plain(.explanation(try named())) }

    func policyDifference() throws(APIFailure) -> Query {
        try knowing("from", "to")
        let versions = 1...PublishedPolicy.versionsMax
        guard let from = try number("from", in: versions) else {
            throw .queryWrong("from", "is missing: it is the version before")
        }
        guard let to = try number("to", in: versions) else {
            throw .queryWrong("to", "is missing: it is the version after")
        }
        return .policyDifference(try named(), from: from, to: to)
    }

    func shadowReport() throws(APIFailure) -> Query {
        try knowing("since")
        let since = try text("since", bytesMax: APILimits.lookBackBytesMax)
        guard let lookBack = LookBack(since ?? LookBack.usual) else {
            throw .queryWrong("since", LookBack.rule)
        }
        return .shadowReport(try named(), version: try version(), seconds: lookBack.seconds)
    }

    func reviewShadow() throws(APIFailure) -> Command {
        let (id, version): (PolicyID, Int) = (try named(), try version())
        let body: ReviewedBody = try body()
        guard (1...APILimits.reviewedMax).contains(body.approvals.count) else {
            throw .field("approvals", "must be 1 to \(APILimits.reviewedMax) approvals")
        }
        return .reviewShadow(id, version: version, body.approvals)
    }

    func backtest() throws(APIFailure) -> Query {
        let body: BacktestBody = try body()
        guard let lookBack = LookBack(body.since ?? LookBack.usual) else {
            throw .field("since", LookBack.rule)
        }
        guard (body.cursor ?? "").utf8.count <= APILimits.cursorBytesMax else {
            throw .field("cursor", "must be the `next` of the page before")
        }
        return .backtest(
            BacktestQuery(
                document: body.document, seconds: lookBack.seconds, cursor: body.cursor))
    }

    /// The version that the path names; what is not one names nothing.
    private func version() throws(APIFailure) -> Int {
        let isDigits = match.version.utf8.allSatisfy { (48...57).contains($0) }
        guard isDigits, let number = Int(match.version),
            (1...PublishedPolicy.versionsMax).contains(number)
        else { throw .unknownName }
        return number
    }
}
