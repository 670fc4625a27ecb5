public import JSONTree

/// A handle.
public struct RedactedBody: WireValue, Hashable {
    /// Where the value stands.
    public var pointer: String
    /// `r1`, `r2` …
    public var handle: String
    /// The JSON type of the value.
    public var kind: String
    /// What the scanner found there; empty when the agent declared the value.
    public var found: [String]
    /// What may be read in its place; nil when the agent declared the value.
    public var shown: String?

    /// Puts the value together.
    public init(
        pointer: String, handle: String, kind: String, found: [String] = [], shown: String? = nil
    ) {
        self.pointer = pointer
        self.handle = handle
        self.kind = kind
        self.found = found
        self.shown = shown
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        pointer = try reader.required("pointer")
        handle = try reader.required("handle")
        kind = try reader.required("kind")
        found = try reader.list("found")
        shown = try reader.optional("shown")
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("pointer", pointer)
        writer.write("handle", handle)
        writer.write("kind", kind)
        writer.write("found", found.isEmpty ? nil : found)
        writer.write("shown", shown)
        return writer.value
    }
}
