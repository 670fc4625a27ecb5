public import JSONTree

/// A signed checkpoint of an audit log.
public struct CheckpointView: WireValue, Hashable {
    /// For how many events it speaks.
    public var size: Int
    /// The C2SP signed note.
    public var note: String

    /// Puts the value together.
    public init(size: Int, note: String) {
        self.size = size
        self.note = note
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        size = try reader.required("size")
        note = try reader.required("note")
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("size", size)
        writer.write("note", note)
        return writer.value
    }
}
