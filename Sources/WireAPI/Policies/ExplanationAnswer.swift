public import Approvals
public import Cryptography
public import JSONTree

/// Why an approval was decided as it was: each policy that was asked, with the value of every part.
public struct ExplanationAnswer: WireValue, Hashable {
    /// Which approval.
    public var approval: ApprovalID
    /// False when what the policies saw is gone; then the conditions are left out.
    public var replayable: Bool
    /// What decided: `refunds@7#large`; nil when no policy in force spoke about the tool.
    public var decisive: String?
    /// Those in force first, then the shadows.
    public var policies: [ExplainedPolicy]

    /// Puts the value together.
    public init(
        approval: ApprovalID, replayable: Bool, decisive: String?, policies: [ExplainedPolicy]
    ) {
        self.approval = approval
        self.replayable = replayable
        self.decisive = decisive
        self.policies = policies
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        approval = try reader.required("approval")
        replayable = try reader.required("replayable")
        decisive = try reader.optional("decisive")
        policies = try reader.list("policies")
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("approval", approval)
        writer.write("replayable", replayable)
        writer.write("decisive", orNull: decisive)
        writer.write("policies", policies)
        return writer.value
    }
}

/// What one version of a policy said to a call.
public struct ExplainedPolicy: WireValue, Hashable {
    /// The policy's name.
    public var policy: String
    /// Which version.
    public var version: Int
    /// Of that version.
    public var digest: Digest
    /// `enforced`, `canary` or `shadow`: as what it was asked.
    public var mode: String
    /// `allow`, `deny` or `require_approval`; nil when it could not be asked.
    public var effect: String?
    /// The rule that decided, `default` or `on_error`; nil when it could not be asked.
    public var rule: String?
    /// Against what was in force: `same`, `stricter`, `laxer` or `error`; nil for what is in force.
    public var leaning: String?
    /// In the order of the document.
    public var rules: [ExplainedRule]

    /// Puts the value together.
    public init(
        policy: String, version: Int, digest: Digest, mode: String, effect: String?,
        rule: String?, leaning: String?, rules: [ExplainedRule]
    ) {
        self.policy = policy
        self.version = version
        self.digest = digest
        self.mode = mode
        self.effect = effect
        self.rule = rule
        self.leaning = leaning
        self.rules = rules
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        policy = try reader.required("policy")
        version = try reader.required("version")
        digest = try reader.required("digest")
        mode = try reader.required("mode")
        effect = try reader.optional("effect")
        rule = try reader.optional("rule")
        leaning = try reader.optional("leaning")
        rules = try reader.list("rules")
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("policy", policy)
        writer.write("version", version)
        writer.write("digest", digest)
        writer.write("mode", mode)
        writer.write("effect", orNull: effect)
        writer.write("rule", orNull: rule)
        writer.write("leaning", orNull: leaning)
        writer.write("rules", rules)
        return writer.value
    }
}

/// What one rule said to a call, and why.
public struct ExplainedRule: WireValue, Hashable {
    /// The rule's name.
    public var id: String
    /// What its author says about it.
    public var summary: String?
    /// What it asks for when it matches.
    public var effect: String
    /// Whether it matched; nil on the inside, `"error"` on the wire, when it has no answer.
    public var matches: Bool?
    /// Why it has no answer.
    public var error: String?
    /// The condition from the outside in; nil when it cannot be replayed.
    public var when: [ExplainedPart]?

    /// Puts the value together.
    public init(
        id: String, summary: String?, effect: String, matches: Bool?, error: String?,
        when: [ExplainedPart]?
    ) {
        self.id = id
        self.summary = summary
        self.effect = effect
        self.matches = matches
        self.error = error
        self.when = when
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        id = try reader.required("id")
        summary = try reader.optional("summary")
        effect = try reader.required("effect")
        let result: JSONValue = try reader.required("result")
        matches = result.boolValue
        error = try reader.optional("error")
        when = try reader.optional("when")
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("id", id)
        writer.write("summary", summary)
        writer.write("effect", effect)
        writer.write("result", matches.map { JSONValue.bool($0) } ?? .string("error"))
        writer.write("error", error)
        writer.write("when", when)
        return writer.value
    }
}

/// One part of a condition: an operator, something that it reads, or a constant.
public struct ExplainedPart: WireValue, Hashable {
    /// How deep it stands; 0 for the whole condition.
    public var depth: Int
    /// An operator, a path such as `args.amount`, or a constant.
    public var part: String
    /// What it came to; nil for constants and where something else stands in its place.
    public var value: JSONValue?
    /// True when it depends on something that approvers do not see.
    public var hidden: Bool?
    /// Why it has no answer.
    public var error: String?
    /// False when the rest had decided before.
    public var needed: Bool?

    /// Puts the value together.
    public init(
        depth: Int, part: String, value: JSONValue? = nil, hidden: Bool? = nil,
        error: String? = nil, needed: Bool? = nil
    ) {
        self.depth = depth
        self.part = part
        self.value = value
        self.hidden = hidden
        self.error = error
        self.needed = needed
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        depth = try reader.required("depth")
        part = try reader.required("part")
        value = try reader.optional("value")
        hidden = try reader.optional("hidden")
        error = try reader.optional("error")
        needed = try reader.optional("needed")
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("depth", depth)
        writer.write("part", part)
        writer.write("value", value)
        writer.write("hidden", hidden)
        writer.write("error", error)
        writer.write("needed", needed)
        return writer.value
    }
}
