public import Approvals
public import JSONTree

/// A note.
public struct CommentView: WireValue, Hashable {
    /// The e-mail.
    public var by: String
    /// When.
    public var at: Timestamp
    /// What they said.
    public var text: String

    /// Puts the value together.
    public init(by: String, at: Timestamp, text: String) {
        self.by = by
        self.at = at
        self.text = text
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        by = try reader.required("by")
        at = try reader.required("at")
        text = try reader.required("text")
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("by", by)
        writer.write("at", at)
        writer.write("text", text)
        return writer.value
    }
}
