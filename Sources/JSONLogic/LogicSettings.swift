public import JSONTree

/// What the rules of a program are compiled with.
public struct LogicSettings: Hashable, Sendable {
    /// How rules are read.
    public var profile: LogicProfile
    /// The rules that `{"use": name}` stands for.
    public var definitions: JSONObject
    /// The constants that `{"table": name}` stands for.
    public var tables: JSONObject
    /// The members of the data whose absence no rule may see in `strict`.
    ///
    /// Under these a missing or null field leaves the answer open, whatever a rule says of it:
    /// neither a default nor `exists`, `missing`, `??` or `try` sees through it.
    public var guarded: [String]
    /// The places under `guarded` that may be absent on purpose, with all inside them.
    public var optional: [JSONPointer]
    /// How large a rule may be, and how long it may take.
    public var limits: LogicLimits

    /// Makes settings; without arguments, those of a policy.
    public init(
        profile: LogicProfile = .strict, definitions: JSONObject = [:], tables: JSONObject = [:],
        guarded: [String] = ["args", "edited"], optional: [JSONPointer] = [],
        limits: LogicLimits = .standard
    ) {
        self.profile = profile
        self.definitions = definitions
        self.tables = tables
        self.guarded = guarded
        self.optional = optional
        self.limits = limits
    }

    /// Whether the absence of what `path` points to must not be seen.
    func guards(_ path: JSONPointer) -> Bool {
        guard profile == .strict else { return false }
        // The whole input has the guarded parts inside it.
        guard let root = path.tokens.first else { return !guarded.isEmpty }
        return guarded.contains { $0.hasSameBytes(as: root) }
            && !optional.contains { $0.isPrefix(of: path) }
    }

    /// Whether what is read inside an iteration is guarded; there no path says where it came from.
    var guardsElements: Bool {
        profile == .strict && !guarded.isEmpty
    }
}
