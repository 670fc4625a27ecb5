public import Approvals
public import Cryptography
public import JSONTree

/// The right to execute, and what to execute.
public struct ClaimAnswer: WireValue, Hashable {
    /// The approval.
    public var id: ApprovalID
    /// The tool.
    public var tool: String
    /// The effective arguments: run exactly these.
    public var arguments: JSONValue
    /// Their digest.
    public var effectiveDigest: Digest
    /// Goes into the receipt.
    public var fencingToken: String
    /// When a missing receipt means unknown.
    public var expiresAt: Timestamp
    /// The salt of each field in base64, in the order of the bytes of their pointers.
    public var salts: [String]?

    /// Puts the value together.
    public init(
        id: ApprovalID, tool: String, arguments: JSONValue, effectiveDigest: Digest,
        fencingToken: String, expiresAt: Timestamp, salts: [String]? = nil
    ) {
        self.id = id
        self.tool = tool
        self.arguments = arguments
        self.effectiveDigest = effectiveDigest
        self.fencingToken = fencingToken
        self.expiresAt = expiresAt
        self.salts = salts
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        id = try reader.required("id")
        tool = try reader.required("tool")
        arguments = try reader.required("arguments")
        effectiveDigest = try reader.required("effective_digest")
        fencingToken = try reader.required("fencing_token")
        expiresAt = try reader.required("expires_at")
        salts = try reader.optional("salts")
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("id", id)
        writer.write("tool", tool)
        writer.write("arguments", arguments)
        writer.write("effective_digest", effectiveDigest)
        writer.write("fencing_token", fencingToken)
        writer.write("expires_at", expiresAt)
        writer.write("salts", salts)
        return writer.value
    }
}
