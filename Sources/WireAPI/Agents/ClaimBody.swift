public import JSONTree

/// The agent asks for its single-use right to execute.
public struct ClaimBody: WireValue, Hashable {
    /// 16 to 128 bytes that live in the agent's memory only.
    public var nonce: String
    /// Seconds until a missing receipt means unknown, 1 to 86,400; 300 when missing.
    public var leaseSeconds: Int?
    /// True asks for the salts too, to hold the arguments against the log.
    public var withSalts: Bool?

    /// Puts the value together.
    public init(nonce: String, leaseSeconds: Int? = nil, withSalts: Bool? = nil) {
        self.nonce = nonce
        self.leaseSeconds = leaseSeconds
        self.withSalts = withSalts
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        nonce = try reader.required("nonce")
        leaseSeconds = try reader.optional("lease_s")
        withSalts = try reader.optional("with_salts")
        try reader.finish()
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("nonce", nonce)
        writer.write("lease_s", leaseSeconds)
        writer.write("with_salts", withSalts)
        return writer.value
    }
}
