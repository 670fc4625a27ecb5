package import Approvals
import WireAPI

/// Decisions that the server has not acknowledged: drafts, and what is on its way.
package struct Outbox: Sendable {
    /// A decision that was sent.
    package struct Outgoing: Hashable, Sendable {
        /// What was sent; sending it again with the same key decides once.
        package let draft: Draft
        /// The request that waits for its answer; nil between two tries.
        package internal(set) var request: RequestID?
        /// Why nobody knows whether it arrived; nil as long as the first answer may come.
        package internal(set) var doubt: String?
        /// When it is asked again.
        var retryAt: Timestamp?
        var backOff = BackOff()
        /// What was sent in one request is asked again in one.
        var batch: Int?
    }

    package internal(set) var outgoing: [ApprovalID: Outgoing] = [:]
    /// Codes of the second factor that go with the next request, and are kept nowhere else.
    var codes: [ApprovalID: StepUpBody] = [:]
    package internal(set) var drafts: [ApprovalID: Draft] = [:]
    /// What was confirmed and is not sent yet, the latest last.
    package internal(set) var holdings: [Holding] = []
    /// What somebody else sent from here, and nobody knows whether it arrived; never asked again
    /// under another person's token.
    package internal(set) var abandoned: [Abandoned] = []
    /// How many batches were sent.
    var batches = 0
    /// Drafts that were shown again beside a fresh view, so that they are not shown by themselves
    /// a second time.
    var reshown: Set<ApprovalID> = []
    /// Drafts whose approval the server showed since the connection is there.
    var compared: Set<ApprovalID> = []

    package init() {}

    /// What became of the decision on an approval.
    package func standing(of id: ApprovalID) -> Standing {
        if let outgoing = outgoing[id] {
            return outgoing.doubt.map { .unconfirmed(outgoing.draft.verdict, $0) }
                ?? .sending(outgoing.draft.verdict)
        }
        for holding in holdings where holding.ids.contains(id) {
            return .holding(holding.verdict)
        }
        guard let draft = drafts[id] else { return .none }
        switch draft.stage {
        case .editing: return .none
        case .unsent: return .draft(draft.verdict)
        case .sent: return .unconfirmed(draft.verdict, "the program ended before the answer came")
        }
    }

    /// How many decisions nobody has acknowledged.
    package var waiting: Int {
        outgoing.count + abandoned.count + drafts.values.count { $0.stage != .editing }
            + holdings.reduce(0) { $0 + $1.count }
    }

    /// The earliest time at which something is asked again.
    var retryAt: Timestamp? { outgoing.values.compactMap(\.retryAt).min() }
}

/// What became of my own decision.
package enum Standing: Hashable, Sendable {
    case none
    /// Made while offline, and not sent.
    case draft(Verdict)
    /// Confirmed, and not sent as long as it can be taken back.
    case holding(Verdict)
    /// Sent a moment ago.
    case sending(Verdict)
    /// Sent, but nobody knows whether it arrived.
    case unconfirmed(Verdict, String)

    /// In a few words, for a row.
    package var brief: String? {
        switch self {
        case .none: nil
        case .draft(let verdict): "draft: \(verdict.rawValue), not sent"
        case .holding(let verdict): "not sent yet: \(verdict.rawValue)"
        case .sending(let verdict): "sending: \(verdict.rawValue)"
        case .unconfirmed(let verdict, _): "sent, not confirmed: \(verdict.rawValue)"
        }
    }

    /// In a sentence, for the detail.
    package var sentence: String? {
        switch self {
        case .none: nil
        case .draft(let verdict):
            "You decided to \(verdict.rawValue). It is a draft: it did not reach the server."
        case .holding(let verdict):
            "You decided to \(verdict.rawValue). It is not sent yet."
        case .sending(let verdict):
            "Your decision to \(verdict.rawValue) is on its way; the server has not answered yet."
        case .unconfirmed(let verdict, let reason):
            "Sent, not confirmed: your decision to \(verdict.rawValue). Nobody knows yet if it "
                + "arrived (\(reason)). It is asked again until the server says."
        }
    }
}
