public import Approvals
public import JSONTree

/// The claim.
public struct ClaimView: WireValue, Hashable {
    /// When.
    public var at: Timestamp
    /// When a missing receipt means unknown.
    public var leaseUntil: Timestamp

    /// Puts the value together.
    public init(at: Timestamp, leaseUntil: Timestamp) {
        self.at = at
        self.leaseUntil = leaseUntil
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        at = try reader.required("at")
        leaseUntil = try reader.required("lease_until")
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("at", at)
        writer.write("lease_until", leaseUntil)
        return writer.value
    }
}
