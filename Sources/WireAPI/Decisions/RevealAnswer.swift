public import JSONTree

/// One redacted value; never cached, shown for at most 30 seconds.
public struct RevealAnswer: WireValue, Hashable {
    /// Where it stands.
    public var pointer: String
    /// What stands there.
    public var value: JSONValue
    /// For how long it may be shown.
    public var showSeconds: Int

    /// Puts the value together.
    public init(pointer: String, value: JSONValue, showSeconds: Int) {
        self.pointer = pointer
        self.value = value
        self.showSeconds = showSeconds
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        pointer = try reader.required("pointer")
        value = try reader.required("value")
        showSeconds = try reader.required("show_s")
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("pointer", pointer)
        writer.write("value", value)
        writer.write("show_s", showSeconds)
        return writer.value
    }
}
