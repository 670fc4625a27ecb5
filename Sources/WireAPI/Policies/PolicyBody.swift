public import JSONTree

/// A policy, as sent: one whole document.
public struct PolicyBody: WireValue, Hashable {
    /// The document as JSON.
    public var document: JSONValue

    /// Puts the value together.
    public init(document: JSONValue) { self.document = document }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        document = try reader.required("document")
        try reader.finish()
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("document", document)
        return writer.value
    }
}

/// Into which status a version of a policy shall come.
public struct PolicyModeBody: WireValue, Hashable {
    /// Which version.
    public var version: Int
    /// `draft`, `shadow`, `enforced` or `retired`.
    public var status: String

    /// Puts the value together.
    public init(version: Int, status: String) {
        self.version = version
        self.status = status
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        version = try reader.required("version")
        status = try reader.required("status")
        try reader.finish()
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("version", version)
        writer.write("status", status)
        return writer.value
    }
}
