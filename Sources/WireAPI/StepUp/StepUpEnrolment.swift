public import Approvals
public import JSONTree

/// The secret of a new second factor, answered once.
public struct StepUpEnrolment: WireValue, Hashable {
    /// In base 32, for an authenticator that is typed into.
    public var secret: String
    /// The same as an `otpauth` URI, for an authenticator that opens one.
    public var uri: String
    /// Until when it waits for its first code.
    public var expiresAt: Timestamp

    /// Puts the value together.
    public init(secret: String, uri: String, expiresAt: Timestamp) {
        self.secret = secret
        self.uri = uri
        self.expiresAt = expiresAt
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        secret = try reader.required("secret")
        uri = try reader.required("uri")
        expiresAt = try reader.required("expires_at")
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("secret", secret)
        writer.write("uri", uri)
        writer.write("expires_at", expiresAt)
        return writer.value
    }
}
