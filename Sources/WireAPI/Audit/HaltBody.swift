public import JSONTree

/// Why releases are halted, or why they may go on.
public struct HaltBody: WireValue, Hashable {
    /// In words; 1 to 4,000 bytes.
    public var reason: String

    /// Puts the value together.
    public init(reason: String) { self.reason = reason }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        reason = try reader.required("reason")
        try reader.finish()
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("reason", reason)
        return writer.value
    }
}
