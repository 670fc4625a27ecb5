public import Approvals
public import JSONTree

/// Authority that is to be lent, as sent.
public struct DelegationBody: WireValue, Hashable {
    /// The e-mail of the person whose authority it is; the asker when missing.
    public var grantor: String?
    /// The e-mail of the person who gets it.
    public var delegate: String
    /// Now when missing.
    public var start: Timestamp?
    /// Two weeks after the start when missing.
    public var end: Timestamp?
    /// `all`, or `tool:NAME` and `group:NAME`.
    public var scope: [String]
    /// The highest risk that it reaches up to.
    public var ceiling: Risk
    /// `parallel` when missing.
    public var mode: String?
    /// True when approvals from before it began are not meant.
    public var newOnly: Bool?
    /// Why.
    public var reason: String
    /// True to be told what would come of it, and to change nothing.
    public var preview: Bool?

    /// Puts the value together.
    public init(
        grantor: String? = nil, delegate: String, start: Timestamp? = nil, end: Timestamp? = nil,
        scope: [String], ceiling: Risk, mode: String? = nil, newOnly: Bool? = nil, reason: String,
        preview: Bool? = nil
    ) {
        self.grantor = grantor
        self.delegate = delegate
        self.start = start
        self.end = end
        self.scope = scope
        self.ceiling = ceiling
        self.mode = mode
        self.newOnly = newOnly
        self.reason = reason
        self.preview = preview
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        grantor = try reader.optional("grantor")
        delegate = try reader.required("delegate")
        start = try reader.optional("start")
        end = try reader.optional("end")
        scope = try reader.required("scope")
        ceiling = try reader.required("ceiling")
        mode = try reader.optional("mode")
        newOnly = try reader.optional("new_only")
        reason = try reader.required("reason")
        preview = try reader.optional("preview")
        try reader.finish()
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("grantor", grantor)
        writer.write("delegate", delegate)
        writer.write("start", start)
        writer.write("end", end)
        writer.write("scope", scope)
        writer.write("ceiling", ceiling)
        writer.write("mode", mode)
        writer.write("new_only", newOnly)
        writer.write("reason", reason)
        writer.write("preview", preview)
        return writer.value
    }
}
