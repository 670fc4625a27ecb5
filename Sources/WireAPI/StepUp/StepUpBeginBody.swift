public import JSONTree

/// What lets a person begin a second factor.
public struct StepUpBeginBody: WireValue, Hashable {
    /// A code of the active one that is replaced.
    public var code: String?
    /// What an admin handed out.
    public var enrolmentCode: String?

    /// Puts the value together.
    public init(code: String? = nil, enrolmentCode: String? = nil) {
        self.code = code
        self.enrolmentCode = enrolmentCode
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        code = try reader.optional("code")
        enrolmentCode = try reader.optional("enrolment_code")
        try reader.finish()
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("code", code)
        writer.write("enrolment_code", enrolmentCode)
        return writer.value
    }
}
