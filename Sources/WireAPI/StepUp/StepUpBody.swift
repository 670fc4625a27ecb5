public import JSONTree

/// A code of the asker's second factor.
public struct StepUpBody: WireValue, Hashable {
    /// The six digits that the authenticator shows.
    public var code: String

    /// Puts the value together.
    public init(code: String) {
        self.code = code
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        code = try reader.required("code")
        try reader.finish()
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("code", code)
        return writer.value
    }
}
