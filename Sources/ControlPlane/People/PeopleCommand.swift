public import Approvals
public import Authority
public import Duty
public import ZoneTime

/// A change of who may decide, who is expected to, or whom we may disturb.
public enum PeopleCommand: Hashable, Sendable {
    /// Lends somebody's authority; a preview only says what would come of it.
    case lend(DelegationWish, isPreview: Bool)
    case revoke(DelegationID)
    /// Plans to whom the approvals of a group go when nobody answers.
    case plan(PlanWish)
    /// Holds the next step of that back for a while.
    case acknowledge(ApprovalID)
    case putSchedule(ScheduleWish)
    /// Makes or changes a schedule from iCalendar.
    case putCalendar(CalendarWish)
    /// The version is the one that the asker looked at.
    case removeSchedule(GroupName, version: Int)
    case override(OverrideWish)
    case removeOverride(OverrideID)
    /// Who asks goes off their shifts: until each of them ends, or an instant.
    case leaveShift(until: Timestamp?, isPreview: Bool = false)
    case joinShift
    case setReach(ReachWish)
    case offerSwap(SwapWish)
    case takeSwap(SwapID)
    case withdrawSwap(SwapID)
}

/// A question about delegations, plans, schedules or overrides.
public enum PeopleQuery: Hashable, Sendable {
    /// Those that are coming or active; with `past`, also those that ended in the last 90 days.
    case delegations(past: Bool)
    /// The escalation plan of a group.
    case plan(GroupName)
    case schedules
    case shifts(GroupName, InstantRange)
    /// iCalendar: the rules of a schedule, or with a range who is on duty in it.
    case calendar(GroupName, InstantRange?)
    case overrides(GroupName)
    /// Who can decide in so many days to come.
    case coverage(days: Int)
    case reach(ReachSubject)
    /// The offers of a schedule that are not over.
    case swaps(GroupName)
}

/// What came of either.
public enum PeopleAnswer: Hashable, Sendable {
    case delegation(DelegationReport, isNew: Bool)
    case delegations([DelegationReport])
    case plan(PlanReport)
    case schedule(ScheduleReport, isNew: Bool)
    case schedules([ScheduleReport])
    case shifts([ShiftReport])
    /// As RFC 5545 has it.
    case calendar(String)
    case override(OverrideReport, warnings: [String], isNew: Bool)
    case overrides([OverrideReport])
    case shiftChange(ShiftChangeReport)
    case coverage(CoverageReport)
    case reach(ReachReport)
    case swap(SwapReport, warnings: [String])
    case swaps([SwapReport])
    /// It is done.
    case done
}

/// A delegation as somebody asks for it.
public struct DelegationWish: Hashable, Sendable {
    /// Whose authority; nil for that of who asks.
    public var grantorEmail: String?
    public var delegateEmail: String
    /// Nil for now.
    public var start: Timestamp?
    /// Nil for two weeks after the start.
    public var end: Timestamp?
    public var scope: Delegation.Scope
    public var ceiling: Risk
    public var mode: Delegation.Mode
    public var isForNewOnly: Bool
    public var reason: String

    /// Puts a wish together.
    public init(
        grantorEmail: String? = nil, delegateEmail: String, start: Timestamp? = nil,
        end: Timestamp? = nil, scope: Delegation.Scope, ceiling: Risk,
        mode: Delegation.Mode = .parallel, isForNewOnly: Bool = false, reason: String
    ) {
        self.grantorEmail = grantorEmail
        self.delegateEmail = delegateEmail
        self.start = start
        self.end = end
        self.scope = scope
        self.ceiling = ceiling
        self.mode = mode
        self.isForNewOnly = isForNewOnly
        self.reason = reason
    }
}

/// A delegation with the names of its people.
public struct DelegationReport: Hashable, Sendable {
    public var delegation: Delegation
    public var state: Delegation.State
    public var grantorEmail: String
    public var delegateEmail: String
    public var makerEmail: String
    public var revokerEmail: String?
    /// Sentences about what comes of it; empty in a list.
    public var consequences: [String] = []
}
