public import Approvals
public import Duty
public import ZoneTime

/// A schedule as it is kept: one version of it, and the overrides that lie on it.
public struct PlannedSchedule: Hashable, Sendable {
    public let name: GroupName
    /// Whose approvals its people are expected to decide.
    public var group: GroupName
    public var zone: String
    /// Counts its changes, from 1.
    public var version: Int
    public var changedBy: MemberID
    public var changedAt: Timestamp
    public var rotations: [PlannedRotation]
    /// True for the version that says that it is no more.
    public var isRemoved: Bool

    /// Puts a schedule together.
    public init(
        name: GroupName, group: GroupName, zone: String, version: Int, changedBy: MemberID,
        changedAt: Timestamp, rotations: [PlannedRotation], isRemoved: Bool = false
    ) {
        self.name = name
        self.group = group
        self.zone = zone
        self.version = version
        self.changedBy = changedBy
        self.changedAt = changedAt
        self.rotations = rotations
        self.isRemoved = isRemoved
    }

    /// What says who is on duty; nobody where it was removed.
    public func duty(with overrides: [PlannedOverride]) -> Schedule {
        Schedule(
            name: name, zone: zone, rules: isRemoved ? [] : rotations.compactMap(\.rule),
            overrides: isRemoved ? [] : overrides.map(\.terms))
    }
}

/// People who take turns.
public struct PlannedRotation: Hashable, Sendable {
    public var name: String
    public var people: [MemberID]
    /// When the first turn begins, on the wall.
    public var start: LocalTime
    /// When the next one takes over.
    public var handOff: Recurrence
    /// How long each duty is; nil for all the time.
    public var lengthSeconds: Int?
    /// When the duty comes again; nil for every day.
    public var repeats: Recurrence?

    /// Puts a rotation together.
    public init(
        name: String, people: [MemberID], start: LocalTime, handOff: Recurrence,
        lengthSeconds: Int? = nil, repeats: Recurrence? = nil
    ) {
        self.name = name
        self.people = people
        self.start = start
        self.handOff = handOff
        self.lengthSeconds = lengthSeconds
        self.repeats = repeats
    }

    /// The same as a rule of duty; nil for a length that no rule has.
    public var rule: DutyRule? {
        let turns = Rotation(people: people, start: start, handOff: .rule(handOff))
        let length = lengthSeconds ?? LocalTime.daySeconds
        return DutyRule(
            .rotation(turns), from: start, to: start.adding(seconds: length),
            recurrence: lengthSeconds == nil ? Self.daily : repeats ?? Self.daily)
    }

    private static let daily = Recurrence(.daily)
}

/// An override with who made it, and why.
public struct PlannedOverride: Hashable, Sendable {
    public var terms: Override
    public let schedule: GroupName
    public let reason: String
    public let createdBy: MemberID
    public let createdAt: Timestamp

    /// Puts an override together.
    public init(
        terms: Override, schedule: GroupName, reason: String, createdBy: MemberID,
        createdAt: Timestamp
    ) {
        self.terms = terms
        self.schedule = schedule
        self.reason = reason
        self.createdBy = createdBy
        self.createdAt = createdAt
    }
}
