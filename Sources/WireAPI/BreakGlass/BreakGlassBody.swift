public import JSONTree

/// That somebody decides without the authority for it, and why.
public struct BreakGlassBody: WireValue, Hashable {
    /// At least 20 characters besides spaces, at most 4,000 bytes.
    public var reason: String

    /// Puts the value together.
    public init(reason: String) {
        self.reason = reason
    }

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

/// What a lead found when they looked at a use of break-glass.
public struct BreakGlassReviewBody: WireValue, Hashable {
    /// 1 to 4,000 bytes.
    public var note: String

    /// Puts the value together.
    public init(note: String) {
        self.note = note
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        note = try reader.required("note")
        try reader.finish()
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("note", note)
        return writer.value
    }
}
