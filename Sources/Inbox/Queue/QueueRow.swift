package import Approvals
import WireAPI

/// What a row of the queue shows.
package struct QueueRow: Hashable, Sendable {
    package let id: PackedID
    package let revision: Int
    package let state: ApprovalState
    package let execution: Execution
    package let isReleased: Bool
    package let needsReview: Bool
    package let risk: Risk
    package let posture: Posture
    package let tool: String
    /// The agent's words.
    package let summary: String?
    package let agent: String
    package let group: String
    package let deadline: Timestamp
    package let settledAt: Timestamp?
    package let decidedBy: String?
    package let reviewing: [String]
    /// True when the server said that it is no longer for this person.
    package let isGone: Bool
    /// The agent's run, if it named one.
    package let run: String?
    /// True when an earlier run kept it and the server has not named it since.
    package let isFromCopy: Bool

    /// Milliseconds until its deadline.
    package func left(at serverTime: Timestamp) -> Int64 { deadline.since(serverTime) }

    /// True while somebody may still decide, as far as the clock tells.
    package func isOpen(at serverTime: Timestamp) -> Bool {
        state == .pending && !isGone && left(at: serverTime) > 0
    }
}
