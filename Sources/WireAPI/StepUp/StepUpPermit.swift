public import Approvals
public import JSONTree

/// What lets one person begin a second factor, answered once.
public struct StepUpPermit: WireValue, Hashable {
    /// The enrolment code.
    public var code: String
    /// Until when it counts.
    public var expiresAt: Timestamp

    /// Puts the value together.
    public init(code: String, expiresAt: Timestamp) {
        self.code = code
        self.expiresAt = expiresAt
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        code = try reader.required("code")
        expiresAt = try reader.required("expires_at")
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("code", code)
        writer.write("expires_at", expiresAt)
        return writer.value
    }
}
