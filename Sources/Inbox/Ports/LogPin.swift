public import Approvals
public import JSONTree
public import WireAPI

/// The last checkpoint of the audit log that this inbox saw: from there the log may only grow.
public struct LogPin: WireValue, Hashable {
    /// The C2SP signed note.
    public var note: String
    /// The server's clock when it was seen.
    public var seenAt: Timestamp
    /// The note of a log that is not this one grown; evidence, and never overwritten.
    public var contradiction: String?
    /// Whether the evidence is that no key that is believed signed that note.
    public var isForeign: Bool
    /// The vkeys that are known to have signed the pinned note; empty before they were asked for.
    public var keys: [String]

    /// Puts a pin together.
    public init(
        note: String, seenAt: Timestamp, contradiction: String? = nil, isForeign: Bool = false,
        keys: [String] = []
    ) {
        self.note = note
        self.seenAt = seenAt
        self.contradiction = contradiction
        self.isForeign = isForeign
        self.keys = keys
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        note = try reader.required("note")
        seenAt = try reader.required("seen_at")
        contradiction = try reader.optional("contradiction")
        isForeign = try reader.optional("foreign") ?? false
        keys = try reader.list("keys")
        try reader.finish()
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("note", note)
        writer.write("seen_at", seenAt)
        writer.write("contradiction", contradiction)
        if isForeign { writer.write("foreign", true) }
        if !keys.isEmpty { writer.write("keys", keys) }
        return writer.value
    }
}
