public import Approvals

/// One row of a queue.
public struct ApprovalRow: Hashable, Sendable {
    public var id: ApprovalID
    public var revision: Int
    public var state: ApprovalState
    public var isReleased: Bool
    public var execution: Execution
    public var tool: ToolName
    public var summary: String?
    public var agentName: String
    public var risk: Risk
    public var group: GroupName
    public var createdAt: Timestamp
    public var updatedAt: Timestamp
    public var deadline: Timestamp
    public var posture: Posture
    public var settledAt: Timestamp?
    public var decidedBy: String?
    public var reviewing: [String]
    public var needsReview: Bool
    public var runID: String?
    /// Who can decide; nil when it is settled, or nobody who decides asks.
    public var reach: Reach?

    /// Who can decide a pending approval.
    public struct Reach: Hashable, Sendable {
        /// Whether the one who asks can.
        public var youCan: Bool
        /// How many people can.
        public var count: Int

        /// Puts it together.
        public init(youCan: Bool, count: Int) {
            self.youCan = youCan
            self.count = count
        }
    }

    /// Draws the row of an approval; names are looked up by the caller.
    public init(
        _ approval: Approval, agentName: String, decidedBy: String?, reviewing: [String],
        reach: Reach? = nil
    ) {
        id = approval.id
        revision = approval.revision
        state = approval.state
        isReleased = approval.isReleased
        execution = approval.execution
        tool = approval.tool
        summary = approval.context.summary
        self.agentName = agentName
        risk = approval.risk
        group = approval.requirement.group
        createdAt = approval.createdAt
        updatedAt = approval.updatedAt
        deadline = approval.requirement.deadline
        posture = approval.requirement.posture
        settledAt = approval.settledAt
        self.decidedBy = decidedBy
        self.reviewing = reviewing
        needsReview = approval.needsReview
        runID = approval.origin.runID
        self.reach = reach
    }
}

/// One line of an approval's time line.
public struct TimeLineEntry: Hashable, Sendable {
    public var at: Timestamp
    public var type: String
    public var actor: String
    public var text: String

    /// Puts a line together.
    public init(at: Timestamp, type: String, actor: String, text: String) {
        self.at = at
        self.type = type
        self.actor = actor
        self.text = text
    }
}

/// A page of the change feed.
public struct InboxPage: Hashable, Sendable {
    public var changes: [Change]
    public var next: String
    public var hasMore: Bool
    public var serverTime: Timestamp

    /// One change.
    public enum Change: Hashable, Sendable {
        case changed(ApprovalRow)
        case gone(ApprovalID)
    }

    /// Puts a page together.
    public init(changes: [Change], next: String, hasMore: Bool, serverTime: Timestamp) {
        self.changes = changes
        self.next = next
        self.hasMore = hasMore
        self.serverTime = serverTime
    }
}
