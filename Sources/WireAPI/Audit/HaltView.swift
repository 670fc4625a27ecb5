public import Approvals
public import JSONTree

/// What stops every release of a tenant.
public struct HaltView: WireValue, Hashable {
    /// The e-mail of who called it.
    public var by: String
    /// Since when.
    public var at: Timestamp
    /// Why.
    public var reason: String

    /// Puts the value together.
    public init(by: String, at: Timestamp, reason: String) {
        self.by = by
        self.at = at
        self.reason = reason
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        by = try reader.required("by")
        at = try reader.required("at")
        reason = try reader.required("reason")
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("by", by)
        writer.write("at", at)
        writer.write("reason", reason)
        return writer.value
    }
}
