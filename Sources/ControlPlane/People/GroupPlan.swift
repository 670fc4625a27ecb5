public import Approvals

/// The escalation plan of a group, as it is stored.
public struct GroupPlan: Hashable, Sendable {
    public let group: GroupName
    /// Counts its changes, from 1.
    public let version: Int
    /// Without steps when somebody took it away.
    public let plan: EscalationPlan
    public let changedBy: MemberID
    public let changedAt: Timestamp

    /// Puts it together.
    public init(
        group: GroupName, version: Int, plan: EscalationPlan, changedBy: MemberID,
        changedAt: Timestamp
    ) {
        self.group = group
        self.version = version
        self.plan = plan
        self.changedBy = changedBy
        self.changedAt = changedAt
    }
}

/// A plan as somebody sends it: people by e-mail, and nothing looked at yet.
public struct PlanWish: Hashable, Sendable {
    public var group: GroupName
    /// The version that was edited; 0 when there was none.
    public var version: Int
    public var steps: [Step]
    public var repeats: Int
    public var end: EscalationPlan.End

    /// One step of it.
    public struct Step: Hashable, Sendable {
        public var afterSeconds: Int
        public var group: String?
        public var schedule: String?
        public var people: [String]?
        public var mayDecide: Bool

        /// Puts it together.
        public init(
            afterSeconds: Int, group: String? = nil, schedule: String? = nil,
            people: [String]? = nil, mayDecide: Bool = false
        ) {
            self.afterSeconds = afterSeconds
            self.group = group
            self.schedule = schedule
            self.people = people
            self.mayDecide = mayDecide
        }
    }

    /// Puts it together.
    public init(
        group: GroupName, version: Int, steps: [Step], repeats: Int = 0,
        end: EscalationPlan.End = .refuse
    ) {
        self.group = group
        self.version = version
        self.steps = steps
        self.repeats = repeats
        self.end = end
    }
}

/// A plan with the names of its people.
public struct PlanReport: Hashable, Sendable {
    public var group: GroupName
    public var version: Int
    public var plan: EscalationPlan
    public var emails: [MemberID: String]
    /// The e-mails of who is on duty now, by each schedule that a step goes to.
    public var onDuty: [GroupName: [String]]
    public var changerEmail: String?
    public var changedAt: Timestamp?
}

/// The plan of a pending approval with the names of its people, and where it stands.
public struct ShownEscalation: Hashable, Sendable {
    public var escalation: Escalation
    public var emails: [MemberID: String]
    /// The e-mails of who is on duty now, by each schedule that a step goes to.
    public var onDuty: [GroupName: [String]]
    /// Who holds it back now.
    public var acknowledgedBy: String?
    public var acknowledgedUntil: Timestamp?
    /// When each step was or will be taken, if nothing happens.
    public var instants: [Timestamp?]
}

/// A pending approval, wherever it is.
public struct PendingPlace: Hashable, Sendable {
    public let tenant: TenantName
    public let approval: ApprovalID

    /// Names one.
    public init(tenant: TenantName, approval: ApprovalID) {
        self.tenant = tenant
        self.approval = approval
    }
}
