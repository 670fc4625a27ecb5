public import JSONTree

/// A note.
public struct CommentBody: WireValue, Hashable {
    /// 1 to 4,000 bytes.
    public var text: String

    /// Puts the value together.
    public init(text: String) {
        self.text = text
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        text = try reader.required("text")
        try reader.finish()
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("text", text)
        return writer.value
    }
}
