package import Approvals
package import TextGrid
package import WireAPI

/// Sentences about what an approval is and how it became so.
package enum StateWords {
    /// What a sentence is about, from a row or from a view.
    package struct Facts: Hashable, Sendable {
        package var state: ApprovalState
        package var execution: Execution
        package var isReleased: Bool
        package var posture: Posture
        package var deadline: Timestamp
        package var settledAt: Timestamp?
        package var decidedBy: String?
        package var isGone = false

        package init(_ row: QueueRow) {
            state = row.state
            execution = row.execution
            isReleased = row.isReleased
            posture = row.posture
            deadline = row.deadline
            settledAt = row.settledAt
            decidedBy = row.decidedBy
            isGone = row.isGone
        }

        package init(_ row: ApprovalSummary) {
            state = row.state
            execution = row.execution
            isReleased = row.isReleased
            posture = row.posture
            deadline = row.deadline
            settledAt = row.settledAt
            decidedBy = row.decidedBy
        }

        package init(_ view: ApproverView) {
            state = view.state
            execution = view.execution
            isReleased = view.isReleased
            posture = view.requirement.posture
            deadline = view.requirement.deadline
            settledAt = view.settledAt
            decidedBy = view.decisions.last?.by
        }
    }

    /// One or two words for the first column.
    package static func column(_ facts: Facts, at serverTime: Timestamp) -> String {
        if facts.isGone { return "gone" }
        guard facts.state == .pending else { return facts.state.rawValue }
        return Countdown.text(facts.deadline.since(serverTime))
    }

    /// How the first column looks.
    package static func role(_ facts: Facts, at serverTime: Timestamp) -> TextGrid.Role {
        if facts.isGone { return .disabled }
        switch facts.state {
        case .pending:
            let left = facts.deadline.since(serverTime)
            return left <= 0 ? .disabled : Countdown.isUrgent(left) ? .danger : .text
        case .approved: return .success
        case .rejected: return .warning
        case .expired, .cancelled: return .disabled
        }
    }

    /// How it was settled; nil while it is pending.
    package static func settled(_ facts: Facts, at serverTime: Timestamp) -> String? {
        if facts.isGone { return "is no longer yours: it was given to somebody else" }
        let by = facts.decidedBy.map { " by \($0)" } ?? ""
        let ago = facts.settledAt.map { ", \(Age.text(serverTime.since($0))) ago" } ?? ""
        switch facts.state {
        case .pending:
            guard facts.deadline.since(serverTime) <= 0 else { return nil }
            return "expired: nobody answered in time" + consequence(facts)
        case .approved: return "approved\(by)\(ago); \(run(facts))"
        case .rejected: return "rejected\(by)\(ago)"
        case .expired: return "expired\(ago): nobody answered in time" + consequence(facts)
        case .cancelled: return "cancelled by the agent\(ago)"
        }
    }

    /// How it was settled, in the few words that a row has room for beside its state.
    package static func brief(_ facts: Facts, at serverTime: Timestamp) -> String? {
        if facts.isGone { return "given to somebody else" }
        let by = facts.decidedBy.map { "by \($0)" }
        let ago = facts.settledAt.map { "\(Age.text(serverTime.since($0))) ago" }
        let whoAndWhen = [by, ago].compactMap(\.self).joined(separator: " ")
        switch facts.state {
        case .pending:
            return facts.deadline.since(serverTime) <= 0 ? "nobody answered in time" : nil
        case .approved: return whoAndWhen + "; " + run(facts)
        case .rejected: return whoAndWhen
        case .expired: return "nobody answered in time" + (ago.map { ", \($0)" } ?? "")
        case .cancelled: return "by the agent" + (ago.map { " \($0)" } ?? "")
        }
    }

    /// What the deadline does to it.
    package static func posture(_ posture: Posture) -> String {
        switch posture {
        case .failClosed: "refused if nobody answers"
        case .failOpen: "RELEASED if nobody answers"
        }
    }

    private static func consequence(_ facts: Facts) -> String {
        switch facts.posture {
        case .failClosed: ", so it is refused"
        case .failOpen: ", so it is released without an answer; " + run(facts)
        }
    }

    /// What became of the call.
    package static func run(_ facts: Facts) -> String {
        switch facts.execution {
        case .none: "it has not run yet"
        case .claimed: "it is running"
        case .succeeded: "it ran and succeeded"
        case .failed: "it ran and failed"
        case .unknown: "it was started and nobody knows how it ended: somebody must look"
        }
    }
}

extension Risk {
    /// Four letters for a column.
    package var short: String {
        switch self {
        case .low: "low"
        case .medium: "med"
        case .high: "high"
        case .critical: "crit"
        }
    }

    /// How it looks.
    package var role: TextGrid.Role {
        switch self {
        case .low: .dim
        case .medium: .text
        case .high: .warning
        case .critical: .danger
        }
    }
}
