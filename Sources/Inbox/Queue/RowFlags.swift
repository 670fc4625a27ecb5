import Approvals
import WireAPI

/// The small facts of a row in four bytes.
struct RowFlags: Sendable {
    private var bits: UInt32 = 0

    init(_ row: ApprovalSummary) {
        state = row.state
        execution = row.execution
        risk = row.risk
        posture = row.posture
        isReleased = row.isReleased
        needsReview = row.needsReview
        hasSummary = row.summary != nil
        decides = row.youCanDecide.map { $0 ? .yes : .no } ?? .unknown
    }

    /// It came from the local copy, and the server has not named it in this run.
    var isFromCopy: Bool {
        get { bits >> 17 & 1 == 1 }
        set { set(newValue ? 1 : 0, at: 17, width: 1) }
    }

    var state: ApprovalState {
        get { Self.states[Int(bits & 7) % Self.states.count] }
        set { set(Self.states.firstIndex(of: newValue) ?? 0, at: 0, width: 3) }
    }

    var execution: Execution {
        get { Self.executions[Int(bits >> 3 & 7) % Self.executions.count] }
        set { set(Self.executions.firstIndex(of: newValue) ?? 0, at: 3, width: 3) }
    }

    var risk: Risk {
        get { Self.risks[Int(bits >> 6 & 3)] }
        set { set(Self.risks.firstIndex(of: newValue) ?? 0, at: 6, width: 2) }
    }

    var posture: Posture {
        get { bits >> 8 & 1 == 1 ? .failOpen : .failClosed }
        set { set(newValue == .failOpen ? 1 : 0, at: 8, width: 1) }
    }

    var isReleased: Bool {
        get { bits >> 9 & 1 == 1 }
        set { set(newValue ? 1 : 0, at: 9, width: 1) }
    }

    var needsReview: Bool {
        get { bits >> 10 & 1 == 1 }
        set { set(newValue ? 1 : 0, at: 10, width: 1) }
    }

    var hasSummary: Bool {
        get { bits >> 11 & 1 == 1 }
        set { set(newValue ? 1 : 0, at: 11, width: 1) }
    }

    /// The server said that it is no longer for this person.
    var isGone: Bool {
        get { bits >> 12 & 1 == 1 }
        set { set(newValue ? 1 : 0, at: 12, width: 1) }
    }

    /// It stands in the list on the screen.
    var isListed: Bool {
        get { bits >> 13 & 1 == 1 }
        set { set(newValue ? 1 : 0, at: 13, width: 1) }
    }

    /// It was not seen again since the feed began anew.
    var isOutdated: Bool {
        get { bits >> 14 & 1 == 1 }
        set { set(newValue ? 1 : 0, at: 14, width: 1) }
    }

    /// Whether I can decide it, as far as the server said.
    enum Decides: Int, CaseIterable, Sendable {
        case unknown
        case no
        case yes
    }

    var decides: Decides {
        get { Decides(rawValue: Int(bits >> 15 & 3)) ?? .unknown }
        set { set(newValue.rawValue, at: 15, width: 2) }
    }

    /// True for what belongs into the queue: what waits for a person.
    var isWaiting: Bool {
        !isGone && (state == .pending || needsReview || execution == .unknown)
    }

    private mutating func set(_ value: Int, at place: UInt32, width: UInt32) {
        let mask = (UInt32(1) << width - 1) << place
        bits = bits & ~mask | UInt32(truncatingIfNeeded: value) << place & mask
    }

    private static let states = ApprovalState.allCases
    private static let executions = Execution.allCases
    private static let risks = Risk.allCases
}
