public import JSONTree

/// Why a call was allowed to run, or who ended it.
public struct ProvenanceBody: WireValue, Hashable {
    /// `person`, `policy`, `tool_flag`, `grant` or `timeout`.
    public var basis: String
    /// The id of it; empty for a flag.
    public var reference: String

    /// Puts the value together.
    public init(basis: String, reference: String) {
        self.basis = basis
        self.reference = reference
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        basis = try reader.required("basis")
        reference = try reader.required("reference")
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("basis", basis)
        writer.write("reference", reference)
        return writer.value
    }
}
