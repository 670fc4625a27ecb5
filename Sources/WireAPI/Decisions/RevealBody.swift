public import JSONTree

/// Asks to be shown one redacted value.
public struct RevealBody: WireValue, Hashable {
    /// The JSON Pointer of the value.
    public var pointer: String
    /// Why, 1 to 4,000 bytes; it is recorded.
    public var reason: String

    /// Puts the value together.
    public init(pointer: String, reason: String) {
        self.pointer = pointer
        self.reason = reason
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        pointer = try reader.required("pointer")
        reason = try reader.required("reason")
        try reader.finish()
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("pointer", pointer)
        writer.write("reason", reason)
        return writer.value
    }
}
