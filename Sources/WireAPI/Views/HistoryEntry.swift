public import Approvals
public import JSONTree

/// One line of the time line.
public struct HistoryEntry: WireValue, Hashable {
    /// When.
    public var at: Timestamp
    /// The type of the audit event.
    public var type: String
    /// The e-mail, the agent's name or `system`.
    public var actor: String
    /// One sentence.
    public var text: String

    /// Puts the value together.
    public init(at: Timestamp, type: String, actor: String, text: String) {
        self.at = at
        self.type = type
        self.actor = actor
        self.text = text
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        at = try reader.required("at")
        type = try reader.required("type")
        actor = try reader.required("actor")
        text = try reader.required("text")
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("at", at)
        writer.write("type", type)
        writer.write("actor", actor)
        writer.write("text", text)
        return writer.value
    }
}
