public import JSONTree

/// The answers, in the order of the decisions.
public struct BulkDecisionAnswer: WireValue, Hashable {
    /// One for each decision.
    public var items: [BulkDecisionResult]

    /// Puts the value together.
    public init(items: [BulkDecisionResult] = []) {
        self.items = items
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        items = try reader.list("items")
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("items", items)
        return writer.value
    }
}
