public import JSONTree

/// Why an audit log of some size is the beginning of a larger one.
public struct ConsistencyView: WireValue, Hashable {
    /// The smaller size.
    public var from: Int
    /// The larger size.
    public var to: Int
    /// The proof of RFC 6962, each hash in base64.
    public var hashes: [String]
    /// The C2SP signed note of the larger size, when one was signed.
    public var checkpoint: String?

    /// Puts the value together.
    public init(from: Int, to: Int, hashes: [String] = [], checkpoint: String? = nil) {
        self.from = from
        self.to = to
        self.hashes = hashes
        self.checkpoint = checkpoint
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        from = try reader.required("from")
        to = try reader.required("to")
        hashes = try reader.list("hashes")
        checkpoint = try reader.optional("checkpoint")
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("from", from)
        writer.write("to", to)
        writer.write("hashes", hashes)
        writer.write("checkpoint", checkpoint)
        return writer.value
    }
}
