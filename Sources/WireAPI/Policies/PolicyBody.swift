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
    /// `draft`, `shadow`, `canary`, `enforced` or `retired`.
    public var status: String
    /// Out of a hundred calls, how many a canary decides.
    public var share: Int?
    /// Why it cannot be watched first.
    public var ack: String?

    /// Puts the value together.
    public init(version: Int, status: String, share: Int? = nil, ack: String? = nil) {
        self.version = version
        self.status = status
        self.share = share
        self.ack = ack
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        version = try reader.required("version")
        status = try reader.required("status")
        share = try reader.optional("share")
        ack = try reader.optional("ack")
        try reader.finish()
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("version", version)
        writer.write("status", status)
        writer.write("share", share)
        writer.write("ack", ack)
        return writer.value
    }
}
