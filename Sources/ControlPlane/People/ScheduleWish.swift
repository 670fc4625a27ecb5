public import Approvals
public import Duty
public import ZoneTime

/// A schedule as somebody wants it to be.
public struct ScheduleWish: Hashable, Sendable {
    public var name: GroupName
    /// The version that it was made from; 0 for a new one.
    public var version: Int
    public var group: GroupName
    public var zone: String
    public var rotations: [Turns]

    /// People who take turns, by their e-mails.
    public struct Turns: Hashable, Sendable {
        public var name: String
        public var emails: [String]
        public var start: LocalTime
        public var handOff: Recurrence
        public var lengthSeconds: Int?
        public var repeats: Recurrence?

        /// Puts it together.
        public init(
            name: String, emails: [String], start: LocalTime, handOff: Recurrence,
            lengthSeconds: Int? = nil, repeats: Recurrence? = nil
        ) {
            self.name = name
            self.emails = emails
            self.start = start
            self.handOff = handOff
            self.lengthSeconds = lengthSeconds
            self.repeats = repeats
        }
    }

    /// The most people of a rotation.
    public static let peopleMax = 50

    /// Puts a wish together.
    public init(
        name: GroupName, version: Int, group: GroupName, zone: String, rotations: [Turns]
    ) {
        self.name = name
        self.version = version
        self.group = group
        self.zone = zone
        self.rotations = rotations
    }
}

/// A schedule as somebody wants it to be, in iCalendar.
public struct CalendarWish: Hashable, Sendable {
    public var name: GroupName
    /// The version that it was made from; 0 for a new one.
    public var version: Int
    public var group: GroupName
    /// The zone of times that name none; nil for the one that the schedule has.
    public var zone: String?
    /// RFC 5545.
    public var calendar: String

    /// Puts a wish together.
    public init(
        name: GroupName, version: Int, group: GroupName, zone: String?, calendar: String
    ) {
        self.name = name
        self.version = version
        self.group = group
        self.zone = zone
        self.calendar = calendar
    }
}

/// An override as somebody asks for it.
public struct OverrideWish: Hashable, Sendable {
    public var schedule: GroupName
    public var start: Timestamp
    public var end: Timestamp
    public var removeEmail: String?
    public var addEmail: String?
    public var parent: OverrideID?
    public var reason: String
    /// True when only what would come of it is wanted.
    public var isPreview: Bool

    /// Puts a wish together.
    public init(
        schedule: GroupName, start: Timestamp, end: Timestamp, removeEmail: String? = nil,
        addEmail: String? = nil, parent: OverrideID? = nil, reason: String,
        isPreview: Bool = false
    ) {
        self.schedule = schedule
        self.start = start
        self.end = end
        self.removeEmail = removeEmail
        self.addEmail = addEmail
        self.parent = parent
        self.reason = reason
        self.isPreview = isPreview
    }
}

/// A schedule with who is on duty now.
public struct ScheduleReport: Hashable, Sendable {
    public var schedule: PlannedSchedule
    public var changedBy: String
    /// The e-mails of everybody who is named.
    public var emails: [MemberID: String]
    public var onDuty: [String]
    /// Nil when nothing changes for as far as is looked ahead.
    public var until: Timestamp?
}

/// A stretch of a schedule with the names of its people.
public struct ShiftReport: Hashable, Sendable {
    public var window: InstantRange
    public var onDuty: [String]
    /// The override that makes a difference here.
    public var override: OverrideID?
    /// True when it is a half of a swap.
    public var isSwap = false
}

/// An override with the names of its people.
public struct OverrideReport: Hashable, Sendable {
    public var override: PlannedOverride
    public var removeEmail: String?
    public var addEmail: String?
    public var makerEmail: String
}
