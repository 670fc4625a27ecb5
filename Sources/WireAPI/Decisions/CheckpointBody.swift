public import Cryptography
public import JSONTree

/// The checkpoint of the audit log that the approver's inbox saw last.
public struct CheckpointBody: WireValue, Hashable {
    /// How many events it speaks for.
    public var size: Int
    /// The root over them.
    public var root: Digest

    /// Puts the value together.
    public init(size: Int, root: Digest) {
        self.size = size
        self.root = root
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        size = try reader.required("size")
        root = try reader.required("root")
        try reader.finish()
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("size", size)
        writer.write("root", root)
        return writer.value
    }
}
