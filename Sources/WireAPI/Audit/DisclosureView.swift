public import JSONTree

/// One field of a document that an event committed to.
public struct DisclosureView: WireValue, Hashable {
    /// The number of the event.
    public var sequence: Int
    /// The document within the event.
    public var document: String
    /// The number of the field.
    public var index: Int
    /// Where the field stands in the document.
    public var pointer: String
    /// 64 hexadecimal digits; null when the value is not told.
    public var salt: String?
    /// The value; null also when it is not told.
    public var value: JSONValue
    /// The digest of the field, 64 hexadecimal digits.
    public var digest: String
    /// Why the value is not told: `erased` or `withheld`.
    public var reason: String?

    /// Puts the value together.
    public init(
        sequence: Int, document: String, index: Int, pointer: String, salt: String? = nil,
        value: JSONValue, digest: String, reason: String? = nil
    ) {
        self.sequence = sequence
        self.document = document
        self.index = index
        self.pointer = pointer
        self.salt = salt
        self.value = value
        self.digest = digest
        self.reason = reason
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        sequence = try reader.required("seq")
        document = try reader.required("doc")
        index = try reader.required("i")
        pointer = try reader.required("ptr")
        salt = try reader.optional("salt")
        value = try reader.required("val")
        digest = try reader.required("dig")
        reason = try reader.optional("untold")
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("seq", sequence)
        writer.write("doc", document)
        writer.write("i", index)
        writer.write("ptr", pointer)
        writer.write("salt", orNull: salt)
        writer.write("val", value)
        writer.write("dig", digest)
        writer.write("untold", reason)
        return writer.value
    }
}
