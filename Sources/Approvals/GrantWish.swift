public import JSONTree

/// What a person answers beside "approve": for how long, how often, for whom and within which
/// bounds.
public struct GrantWish: Hashable, Sendable {
    public var seconds: Int
    /// How many calls; nil for any number until the time is over.
    public var uses: Int?
    public var scope: GrantScope
    /// Where another value than the approved one may stand; empty for nowhere.
    public var bounds: [GrantBound]

    /// Puts a wish together.
    public init(
        seconds: Int, uses: Int? = nil, scope: GrantScope = .agent, bounds: [GrantBound] = []
    ) {
        self.seconds = seconds
        self.uses = uses
        self.scope = scope
        self.bounds = bounds
    }
}

/// Whose calls a grant covers.
public enum GrantScope: String, Hashable, Sendable, CaseIterable {
    /// All of the agent that asked.
    case agent
    /// Those of the agent's session that the call came from.
    case session
}

/// What may stand at one place of the arguments.
public struct GrantBound: Hashable, Sendable {
    public var pointer: JSONPointer
    public var limit: Limit

    /// What a value must be.
    public enum Limit: Hashable, Sendable {
        /// A number up to this one, and none below zero where the approved one was not.
        case max(JSONNumber)
        /// Exactly this.
        case equals(JSONValue)
    }

    /// Puts a bound together.
    public init(_ pointer: JSONPointer, _ limit: Limit) {
        self.pointer = pointer
        self.limit = limit
    }
}

/// What a call asks of people.
public struct GrantTerms: Hashable, Sendable {
    public var group: GroupName
    public var risk: Risk
    /// The rule that asks, whatever its version: `refunds#large`.
    public var rule: String
    /// The other rules that ask people about it, too.
    public var besides: [String]
    /// How long the rule gives people; nil when it does not say.
    public var timeoutSeconds: Int?

    /// Puts terms together; rules are taken with or without their version.
    public init(
        group: GroupName, risk: Risk, rule: String, besides: [String] = [], timeoutSeconds: Int?
    ) {
        self.group = group
        self.risk = risk
        self.rule = Self.withoutVersion(rule)
        self.besides = besides.map(Self.withoutVersion)
        self.timeoutSeconds = timeoutSeconds
    }

    /// Whether the same rule asks.
    public func isSameRule(as other: GrantTerms) -> Bool {
        rule.utf8.elementsEqual(other.rule.utf8)
    }

    /// Whether a call that asks for `other` asks for no more than this.
    public func covers(_ other: GrantTerms) -> Bool {
        let known = Set((besides + [rule]).map(ByteText.init))
        return isSameRule(as: other) && group == other.group && other.risk <= risk
            && other.risk < .critical
            && other.besides.allSatisfy { known.contains(ByteText($0)) }
            && (other.timeoutSeconds ?? .max) >= (timeoutSeconds ?? .max)
    }

    /// `refunds@7#large` without the version; ids of policies hold neither mark.
    private static func withoutVersion(_ rule: String) -> String {
        let bytes = Array(rule.utf8)
        guard let at = bytes.firstIndex(of: UInt8(ascii: "@")),
            let mark = bytes[at...].firstIndex(of: UInt8(ascii: "#"))
        else { return rule }
        return String(decoding: bytes[..<at] + bytes[mark...], as: UTF8.self)
    }
}
