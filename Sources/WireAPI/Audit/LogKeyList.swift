public import JSONTree

/// Who signs an audit log.
public struct LogKeyList: WireValue, Hashable {
    /// The origin line of the log.
    public var origin: String
    /// The C2SP vkeys that signed or sign it, oldest first; the last one is in use.
    public var keys: [String]
    /// The events that changed the key, oldest first, each proved under the first checkpoint over
    /// it, which the old and the new key signed.
    public var changes: [EventProof]

    /// Puts the value together.
    public init(origin: String, keys: [String] = [], changes: [EventProof] = []) {
        self.origin = origin
        self.keys = keys
        self.changes = changes
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        origin = try reader.required("origin")
        keys = try reader.list("vkeys")
        changes = try reader.list("changes")
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("origin", origin)
        writer.write("vkeys", keys)
        if !changes.isEmpty { writer.write("changes", changes) }
        return writer.value
    }
}
