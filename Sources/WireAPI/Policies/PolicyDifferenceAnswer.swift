public import JSONTree

/// What one published version of a policy changes against another.
public struct PolicyDifferenceAnswer: WireValue, Hashable {
    /// The policy's name.
    public var policy: String
    /// The version before.
    public var from: Int
    /// The version after.
    public var to: Int
    /// Fields first, then rules; empty when both say the same.
    public var changes: [PolicyChangeView]

    /// Puts the value together.
    public init(policy: String, from: Int, to: Int, changes: [PolicyChangeView]) {
        self.policy = policy
        self.from = from
        self.to = to
        self.changes = changes
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        policy = try reader.required("policy")
        from = try reader.required("from")
        to = try reader.required("to")
        changes = try reader.list("changes")
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("policy", policy)
        writer.write("from", from)
        writer.write("to", to)
        writer.write("changes", changes)
        return writer.value
    }
}

/// One change between two versions of a policy.
public struct PolicyChangeView: WireValue, Hashable {
    /// `added`, `removed`, `changed` or `moved`.
    public var kind: String
    /// `rule` and its id, or the field of the document.
    public var name: String
    /// The place below that; empty for the whole.
    public var pointer: String
    /// `stricter` or `laxer`; nil where that cannot be read off it.
    public var leaning: String?
    /// The change in one sentence.
    public var sentence: String
    /// What stood there.
    public var before: JSONValue?
    /// What stands there.
    public var after: JSONValue?

    /// Puts the value together.
    public init(
        kind: String, name: String, pointer: String, leaning: String?, sentence: String,
        before: JSONValue?, after: JSONValue?
    ) {
        self.kind = kind
        self.name = name
        self.pointer = pointer
        self.leaning = leaning
        self.sentence = sentence
        self.before = before
        self.after = after
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        kind = try reader.required("kind")
        name = try reader.required("name")
        pointer = try reader.required("pointer")
        leaning = try reader.optional("leaning")
        sentence = try reader.required("sentence")
        before = try reader.optional("before")
        after = try reader.optional("after")
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("kind", kind)
        writer.write("name", name)
        writer.write("pointer", pointer)
        writer.write("leaning", orNull: leaning)
        writer.write("sentence", sentence)
        writer.write("before", before)
        writer.write("after", after)
        return writer.value
    }
}
