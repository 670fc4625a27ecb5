public import Approvals
public import Policies

/// How a version would have decided a set of calls, counted.
public struct Agreement: Hashable, Sendable {
    /// Nine counts: what was in force, times what the version says; see `subscript`.
    private var counts = [Int](repeating: 0, count: 9)
    /// How many calls the version has no answer to, or could not be asked about.
    public var errors = 0
    public var stricter = 0
    public var laxer = 0
    /// It allows what a person rejected.
    public var falseApprovals = 0
    /// It refuses what a person approved.
    public var falseRejections = 0
    /// Calls that people were asked about, and that it settles by itself.
    public var asksSaved = 0
    /// How long those calls waited for people.
    public var millisecondsSaved: Int64 = 0

    /// Nothing counted yet.
    public init() {}

    /// How often the version said `said` where what was in force said `live`.
    public subscript(live: EffectKind, said: EffectKind) -> Int {
        get { counts[Self.place(live) * 3 + Self.place(said)] }
        set { counts[Self.place(live) * 3 + Self.place(said)] = newValue }
    }

    /// Those calls in whole minutes.
    public var minutesSaved: Int { Int((millisecondsSaved + 30_000) / 60_000) }

    private static func place(_ kind: EffectKind) -> Int {
        switch kind {
        case .allow: 0
        case .requireApproval: 1
        case .deny: 2
        }
    }

    /// Counts `count` calls on which what was in force said one thing and the version another.
    ///
    /// `waited` is how long all of them waited for people, when people were asked.
    public mutating func count(
        _ count: Int, live: EffectKind, said: EffectKind, person: PersonsWord, waited: Int64
    ) {
        self[live, said] += count
        if person == .rejected, said == .allow { falseApprovals += count }
        if person == .approved, said == .deny { falseRejections += count }
        guard live == .requireApproval, said != .requireApproval, person != .notAsked else {
            return
        }
        asksSaved += count
        millisecondsSaved += waited
    }
}

/// What became of a call among people.
public enum PersonsWord: Int, Hashable, Sendable, CaseIterable {
    /// Nobody was asked: a policy, the call's flag or a grant settled it.
    case notAsked
    /// Asked, and not answered by a person: pending, too late, or given up.
    case unanswered
    case approved, rejected
}

/// One call that a version judges otherwise than what was in force.
public struct PolicyCase: Hashable, Sendable {
    public let approval: ApprovalID
    public let tool: ToolName
    public let at: Timestamp
    public let live: EffectKind
    /// What would have held with the version in force; nil when it could not be asked.
    public let said: EffectKind?
    /// What decided in the version.
    public let rule: String?
    public let state: ApprovalState
    public let leaning: ShadowLeaning
    /// The e-mail of who looked at it.
    public let reviewedBy: String?
}

/// Which way a version leans against what was in force.
public enum ShadowLeaning: String, Hashable, Sendable, CaseIterable {
    case same, stricter, laxer, error

    /// How a case is shown: what has no answer is an error, unless it is laxer as well.
    init(_ leaning: ShadowLeaning, isAnswered: Bool) {
        self = isAnswered || leaning == .laxer ? leaning : .error
    }
}
