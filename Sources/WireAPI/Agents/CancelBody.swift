public import JSONTree

/// The run was abandoned.
public struct CancelBody: WireValue, Hashable {
    /// The agent's words, at most 4,000 bytes.
    public var reason: String?

    /// Puts the value together.
    public init(reason: String? = nil) {
        self.reason = reason
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        reason = try reader.optional("reason")
        try reader.finish()
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("reason", reason)
        return writer.value
    }
}
