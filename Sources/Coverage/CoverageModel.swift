public import Approvals
public import Authority
public import Duty
public import Reach
public import ZoneTime

/// A rule that sends calls to people, as coverage looks at it.
public struct CoverageRule: Hashable, Sendable {
    public var name: String
    /// A call like those that the rule sends.
    public var question: AuthorityQuestion
    /// The schedule whose people are expected to decide; nil for everybody who may.
    public var schedule: GroupName?

    /// Puts a rule together.
    public init(name: String, question: AuthorityQuestion, schedule: GroupName? = nil) {
        self.name = name
        self.question = question
        self.schedule = schedule
    }
}

/// Everything that coverage depends on.
public struct CoverageSetup: Sendable {
    public var book: AuthorityBook
    public var delegations: [Delegation]
    public var schedules: [GroupName: Schedule]
    public var reach: ReachBook
    public var zones: ZoneTable

    /// Puts a setup together.
    public init(
        members: [Member], delegations: [Delegation] = [], schedules: [Schedule] = [],
        reach: ReachBook = ReachBook(people: [:]), zones: ZoneTable
    ) {
        book = AuthorityBook(members: members, delegations: delegations)
        self.delegations = delegations
        self.schedules = Dictionary(schedules.map { ($0.name, $0) }) { first, _ in first }
        self.reach = reach
        self.zones = zones
    }
}

/// Who can decide what a rule sends, in a stretch in which that does not change.
public struct CoverageStretch: Hashable, Sendable {
    public var range: InstantRange
    public var standing: CoverageStanding

    /// Puts a stretch together.
    public init(range: InstantRange, standing: CoverageStanding) {
        self.range = range
        self.standing = standing
    }
}

/// Who can decide what a rule sends at one instant.
public struct CoverageStanding: Hashable, Sendable {
    /// Everybody who may, for themselves or another.
    public var able: Set<MemberID>
    /// Those of them who are expected to and may be disturbed.
    public var available: Set<MemberID>
    public var state: State

    /// Whether it is enough.
    public enum State: Hashable, Sendable {
        case covered
        /// So many more people would have to have the authority.
        case nobodyMay(missing: Int)
        /// The schedule has nobody on duty.
        case nobodyOnDuty
        /// Who is on duty may not decide it; so many more are needed.
        case wrongPeople(missing: Int)
        /// Too many of those who could do not want to be disturbed.
        case quiet(missing: Int)
    }

    /// Puts it together.
    public init(able: Set<MemberID>, available: Set<MemberID>, state: State) {
        self.able = able
        self.available = available
        self.state = state
    }
}

/// What changes with time, at one instant.
struct Moment {
    /// Everybody who is expected to decide; nil when the rule has no schedule.
    var expected: Set<MemberID>?
    var quiet: Set<MemberID>
    /// Everybody who may decide, own authority first.
    var voters: [Voter]
}

/// Somebody who may decide a question, and with whose authority.
struct Voter: Hashable {
    var actor: MemberID
    var authority: MemberID
    var sets: Set<Int>
    /// The natural persons behind the two.
    var actorPerson: MemberID
    var authorityPerson: MemberID
}
