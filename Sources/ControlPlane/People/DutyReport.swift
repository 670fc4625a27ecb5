public import Approvals
public import ZoneTime

/// Whether somebody is expected to decide.
public struct DutyReport: Hashable, Sendable {
    /// True while they are on shift.
    public var isOn: Bool
    /// The end of the shift; nil when they are on none, or it ends beyond what is looked ahead.
    public var until: Timestamp?
    /// When their next shift begins, as far as is looked ahead.
    public var next: Timestamp?
    /// The schedules that they are on now.
    public var schedules: [GroupName]
    /// How many pending approvals were there before their shift began.
    public var handedOver: Int
}

/// What came of going off shift, or on it again.
public struct ShiftChangeReport: Hashable, Sendable {
    public var isOn: Bool
    /// Until when that holds; nil when nothing ends it as far as is looked ahead.
    public var until: Timestamp?
    /// The pending approvals that are expected of others now, or of them again.
    public var handedOver: [ApprovalID]
    /// The e-mails of who is expected to decide them.
    public var to: [String]
    public var sentence: String
    /// What is worse now.
    public var warnings: [String]
}

/// Who can decide, for every rule and hour of the days to come.
public struct CoverageReport: Hashable, Sendable {
    public var range: InstantRange
    public var rows: [Row]

    /// What one rule sends, with the people of one schedule or of the whole group.
    public struct Row: Hashable, Sendable {
        public var rule: String
        public var group: GroupName
        public var schedule: GroupName?
        public var spans: [Span]
    }

    /// A stretch in which the same people can.
    public struct Span: Hashable, Sendable {
        public var range: InstantRange
        public var emails: [String]
        public var isGap: Bool
        public var sentence: String?
        public var remedy: String?
    }
}
