public import JSONTree

/// An event of an audit log, and the proof that it is in it.
public struct EventProof: WireValue, Hashable {
    /// The line of the event, which is what is hashed.
    public var event: String
    /// The C2SP tlog-proof, with the signed checkpoint.
    public var proof: String

    /// Puts the value together.
    public init(event: String, proof: String) {
        self.event = event
        self.proof = proof
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        event = try reader.required("event")
        proof = try reader.required("tlog_proof")
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("event", event)
        writer.write("tlog_proof", proof)
        return writer.value
    }
}
