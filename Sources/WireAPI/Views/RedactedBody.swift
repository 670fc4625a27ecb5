public import JSONTree

/// A handle.
public struct RedactedBody: WireValue, Hashable {
    /// Where the value stands.
    public var pointer: String
    /// `r1`, `r2` …
    public var handle: String
    /// The JSON type of the value.
    public var kind: String

    /// Puts the value together.
    public init(pointer: String, handle: String, kind: String) {
        self.pointer = pointer
        self.handle = handle
        self.kind = kind
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        pointer = try reader.required("pointer")
        handle = try reader.required("handle")
        kind = try reader.required("kind")
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("pointer", pointer)
        writer.write("handle", handle)
        writer.write("kind", kind)
        return writer.value
    }
}
