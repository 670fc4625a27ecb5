public import Approvals
public import Cryptography

/// Calls of one agent with one tool: what is counted, and looked up again.
public struct CallTrail: Hashable, Sendable {
    public let agent: AgentID
    public let tool: ToolName
    /// Of the whole arguments, so that the same call is known again.
    public let argumentsDigest: Digest

    /// Puts a trail together.
    public init(agent: AgentID, tool: ToolName, argumentsDigest: Digest) {
        self.agent = agent
        self.tool = tool
        self.argumentsDigest = argumentsDigest
    }
}

/// A step in the life of a call that is counted.
public enum CallStep: String, Hashable, Sendable, CaseIterable {
    /// An agent asked.
    case submitted
    /// A person approved; what policies let pass is not counted here.
    case approved
    /// A person rejected.
    case rejected
}

/// How often something happened.
public struct CallTally: Hashable, Sendable {
    public var submitted = 0
    public var approved = 0
    public var rejected = 0

    /// Puts a tally together.
    public init(submitted: Int = 0, approved: Int = 0, rejected: Int = 0) {
        self.submitted = submitted
        self.approved = approved
        self.rejected = rejected
    }

    /// Counts one step.
    public mutating func count(_ step: CallStep) {
        switch step {
        case .submitted: submitted += 1
        case .approved: approved += 1
        case .rejected: rejected += 1
        }
    }

    /// Both together.
    public static func + (left: CallTally, right: CallTally) -> CallTally {
        CallTally(
            submitted: left.submitted + right.submitted, approved: left.approved + right.approved,
            rejected: left.rejected + right.rejected)
    }
}

/// What happened before, of one agent with one tool.
public struct CallCounts: Hashable, Sendable {
    /// In the last hour and the last day, each rounded up to whole steps of the clock.
    public var hour = CallTally()
    public var day = CallTally()
    /// Of those, the ones with the same arguments.
    public var sameHour = 0
    public var sameDay = 0
    /// Ever.
    public var total = 0
    /// When this agent first called this tool.
    public var firstAt: Timestamp?

    /// Nothing happened yet.
    public init() {}

    /// The step of the clock in which an instant lies; counts are kept by these.
    public static func step(of instant: Timestamp) -> Int64 { instant.milliseconds / stepLength }

    /// Five minutes.
    public static let stepLength: Int64 = 300_000
    public static let hourSteps: Int64 = 12
    public static let daySteps: Int64 = 288
}

/// A value in the arguments of calls of one agent with one tool.
public struct CallValue: Hashable, Sendable {
    public let agent: AgentID
    public let tool: ToolName
    /// Where it stands, as a rule names it.
    public let path: String
    /// Of its canonical form. Short values could be guessed by it, so a store seals it.
    public let digest: Digest

    /// Puts a value together.
    public init(agent: AgentID, tool: ToolName, path: String, digest: Digest) {
        self.agent = agent
        self.tool = tool
        self.path = path
        self.digest = digest
    }
}
