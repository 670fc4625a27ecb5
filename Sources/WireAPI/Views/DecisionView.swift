public import Approvals
public import JSONTree

/// One person's verdict.
public struct DecisionView: WireValue, Hashable {
    /// `approve` or `reject`.
    public var verdict: Verdict
    /// The e-mail.
    public var by: String
    /// Whose authority.
    public var onBehalfOf: String?
    /// The change; values at redacted pointers are hidden.
    public var edits: JSONPatch?
    /// What they said.
    public var comment: String?
    /// When.
    public var at: Timestamp
    /// Of which revision.
    public var revision: Int
    /// The standing grant that came with it.
    public var grant: GrantID?

    /// Puts the value together.
    public init(
        verdict: Verdict, by: String, onBehalfOf: String? = nil, edits: JSONPatch? = nil,
        comment: String? = nil, at: Timestamp, revision: Int, grant: GrantID? = nil
    ) {
        self.verdict = verdict
        self.by = by
        self.onBehalfOf = onBehalfOf
        self.edits = edits
        self.comment = comment
        self.at = at
        self.revision = revision
        self.grant = grant
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        verdict = try reader.required("verdict")
        by = try reader.required("by")
        onBehalfOf = try reader.optional("on_behalf_of")
        edits = try reader.optional("edits")
        comment = try reader.optional("comment")
        at = try reader.required("at")
        revision = try reader.required("revision")
        grant = try reader.optional("grant")
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("verdict", verdict)
        writer.write("by", by)
        writer.write("on_behalf_of", onBehalfOf)
        writer.write("edits", edits)
        writer.write("comment", comment)
        writer.write("at", at)
        writer.write("revision", revision)
        writer.write("grant", grant)
        return writer.value
    }
}
