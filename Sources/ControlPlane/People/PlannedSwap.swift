public import Approvals
public import Duty
public import JSONTree
public import ZoneTime

/// An offer to swap, as it is kept.
public struct PlannedSwap: Hashable, Sendable {
    public let id: SwapID
    public let schedule: GroupName
    public var terms: Swap
    /// Who is asked; nil for everybody of the group.
    public var asked: MemberID?
    public let reason: String
    public let createdAt: Timestamp
    /// Counts the changes, for compare-and-set.
    public var version: Int
    /// Who took it.
    public var taker: MemberID?
    /// The halves, as overrides.
    public var halves: [OverrideID]
    /// True once somebody took it back, or undid it.
    public var isWithdrawn: Bool

    /// Puts an offer together.
    public init(
        id: SwapID, schedule: GroupName, terms: Swap, asked: MemberID? = nil, reason: String,
        createdAt: Timestamp, version: Int = 1, taker: MemberID? = nil,
        halves: [OverrideID] = [], isWithdrawn: Bool = false
    ) {
        self.id = id
        self.schedule = schedule
        self.terms = terms
        self.asked = asked
        self.reason = reason
        self.createdAt = createdAt
        self.version = version
        self.taker = taker
        self.halves = halves
        self.isWithdrawn = isWithdrawn
    }

    /// Where it stands.
    public enum State: String, Hashable, Sendable, CaseIterable {
        case open, taken, lapsed, withdrawn
    }

    /// Where it stands at an instant: one that nobody took lapses when its hours begin.
    public func state(at now: Timestamp) -> State {
        if isWithdrawn { return .withdrawn }
        if taker != nil { return .taken }
        return now < terms.window.start ? .open : .lapsed
    }

    /// When the last of its hours are over.
    public var end: Timestamp { max(terms.window.end, terms.inReturn?.end ?? terms.window.end) }

    /// The most offers of one person that nobody took.
    public static let openMax = 20
}

extension PlannedSwap {
    /// What it says, as the store keeps it and the log commits to it.
    public var record: JSONValue {
        var members: JSONObject = [
            "give": .string(terms.beneficiary.rawValue),
            "start": Self.number(terms.window.start), "end": Self.number(terms.window.end),
            "reason": .string(reason), "halves": .array(halves.map { .string($0.rawValue) }),
            "withdrawn": .bool(isWithdrawn),
        ]
        if let back = terms.inReturn {
            members["return_start"] = Self.number(back.start)
            members["return_end"] = Self.number(back.end)
        }
        if let asked { members["asked"] = .string(asked.rawValue) }
        if let taker { members["taker"] = .string(taker.rawValue) }
        return .object(members)
    }

    private static func number(_ instant: Timestamp) -> JSONValue {
        .number(JSONNumber(instant.milliseconds))
    }

    /// Reads what it says; nil when it is not what `record` writes.
    public init?(
        record: JSONValue, id: SwapID, schedule: GroupName, version: Int, createdAt: Timestamp
    ) {
        guard let give = record["give"]?.stringValue.flatMap({ MemberID($0) }),
            let window = Self.range(record["start"], record["end"]),
            let reason = record["reason"]?.stringValue,
            let isWithdrawn = record["withdrawn"]?.boolValue,
            let halves = record["halves"]?.arrayValue
        else { return nil }
        let ids = halves.compactMap { $0.stringValue.flatMap { OverrideID($0) } }
        let back = Self.range(record["return_start"], record["return_end"])
        guard ids.count == halves.count, (back == nil) == (record["return_start"] == nil)
        else { return nil }
        self.init(
            id: id, schedule: schedule,
            terms: Swap(beneficiary: give, window: window, inReturn: back),
            asked: record["asked"]?.stringValue.flatMap { MemberID($0) }, reason: reason,
            createdAt: createdAt, version: version,
            taker: record["taker"]?.stringValue.flatMap { MemberID($0) }, halves: ids,
            isWithdrawn: isWithdrawn)
    }

    private static func range(_ start: JSONValue?, _ end: JSONValue?) -> InstantRange? {
        guard let start = start?.intValue, let end = end?.intValue else { return nil }
        return InstantRange(Timestamp(milliseconds: start), Timestamp(milliseconds: end))
    }
}

/// An offer as somebody makes it.
public struct SwapWish: Hashable, Sendable {
    public var schedule: GroupName
    public var window: InstantRange
    public var inReturn: InstantRange?
    /// Who is asked; nil for everybody of the group.
    public var takerEmail: String?
    public var reason: String

    /// Puts a wish together.
    public init(
        schedule: GroupName, window: InstantRange, inReturn: InstantRange? = nil,
        takerEmail: String? = nil, reason: String
    ) {
        self.schedule = schedule
        self.window = window
        self.inReturn = inReturn
        self.takerEmail = takerEmail
        self.reason = reason
    }
}

/// An offer with the names of its people.
public struct SwapReport: Hashable, Sendable {
    public var swap: PlannedSwap
    public var state: PlannedSwap.State
    public var giverEmail: String
    public var askedEmail: String?
    public var takerEmail: String?
}
