public import Approvals
public import ZoneTime

/// Who is expected to decide, and when: rules, what replaces them for a while, and overrides.
public struct Schedule: Hashable, Sendable {
    public var name: GroupName
    /// The zone of every time on the wall in here, as in `Europe/Berlin`.
    public var zone: String
    public var rules: [DutyRule]
    public var temporaries: [TemporarySchedule]
    public var overrides: [Override]

    /// Puts a schedule together.
    public init(
        name: GroupName, zone: String, rules: [DutyRule] = [],
        temporaries: [TemporarySchedule] = [], overrides: [Override] = []
    ) {
        self.name = name
        self.zone = zone
        self.rules = rules
        self.temporaries = temporaries
        self.overrides = overrides
    }

    /// The most rules of a schedule.
    public static let rulesMax = 64
    /// The most overrides of a schedule that are not over.
    public static let overridesMax = 256
}

/// Somebody is on duty from one time to another, once or again and again.
public struct DutyRule: Hashable, Sendable {
    public var who: Who
    /// The first time; both on the wall of the schedule, and `end` after `start`.
    public var start: LocalTime
    public var end: LocalTime
    /// Nil for once.
    public var recurrence: Recurrence?

    /// Whom a rule puts on duty.
    public enum Who: Hashable, Sendable {
        case member(MemberID)
        /// Whoever's turn it is.
        case rotation(Rotation)
    }

    /// Puts a rule together; nil unless `end` is after `start` and within `lengthMax`.
    public init?(
        _ who: Who, from start: LocalTime, to end: LocalTime, recurrence: Recurrence? = nil
    ) {
        guard end > start, end.seconds - start.seconds <= Self.lengthMax else { return nil }
        self.who = who
        self.start = start
        self.end = end
        self.recurrence = recurrence
    }

    /// A window is at most 31 days long, in seconds of the wall.
    public static let lengthMax = 31 * LocalTime.daySeconds
}

/// People who are on duty in a window in place of all rules.
public struct TemporarySchedule: Hashable, Sendable {
    public var window: InstantRange
    public var people: Set<MemberID>

    /// Puts it together.
    public init(window: InstantRange, people: Set<MemberID>) {
        self.window = window
        self.people = people
    }
}

/// Names one override of a schedule.
public struct OverrideID: UniqueIdentifier {
    public let rawValue: String
    public init(_ uuid: UUIDv7) { rawValue = uuid.text }
    public init?(_ text: String) {
        guard let uuid = ApprovalID(text) else { return nil }
        rawValue = uuid.rawValue
    }
}

/// For a window somebody goes, somebody comes, or one takes the place of another.
public struct Override: Hashable, Sendable {
    public let id: OverrideID
    public var window: InstantRange
    /// Who goes; a replacement only counts while they are on duty.
    public var remove: MemberID?
    /// Who comes.
    public var add: MemberID?
    /// The override whose added person this one replaces.
    public var parent: OverrideID?

    /// Puts an override together.
    public init(
        id: OverrideID, window: InstantRange, remove: MemberID? = nil, add: MemberID? = nil,
        parent: OverrideID? = nil
    ) {
        self.id = id
        self.window = window
        self.remove = remove
        self.add = add
        self.parent = parent
    }

    /// Everybody it names.
    public var people: Set<MemberID> { Set([remove, add].compactMap { $0 }) }

    /// An override of an override of an override is the last.
    public static let depthMax = 3
}
