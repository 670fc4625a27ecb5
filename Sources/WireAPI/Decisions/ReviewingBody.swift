public import JSONTree

/// "I am looking at it", a soft lock that others see.
public struct ReviewingBody: WireValue, Hashable {
    /// False to take it back; it lapses after 60 s by itself.
    public var active: Bool

    /// Puts the value together.
    public init(active: Bool) {
        self.active = active
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        active = try reader.required("active")
        try reader.finish()
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("active", active)
        return writer.value
    }
}
