public import JSONTree

/// More time.
public struct ExtendBody: WireValue, Hashable {
    /// Seconds to add to the deadline, 1 to 86,400.
    public var seconds: Int
    /// At most 4,000 bytes.
    public var reason: String?

    /// Puts the value together.
    public init(seconds: Int, reason: String? = nil) {
        self.seconds = seconds
        self.reason = reason
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        seconds = try reader.required("by_s")
        reason = try reader.optional("reason")
        try reader.finish()
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("by_s", seconds)
        writer.write("reason", reason)
        return writer.value
    }
}
