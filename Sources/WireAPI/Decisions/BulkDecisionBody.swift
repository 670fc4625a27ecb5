public import JSONTree

/// Many decisions, answered one by one.
public struct BulkDecisionBody: WireValue, Hashable {
    /// 1 to 100 decisions.
    public var items: [BulkDecisionItem]

    /// Puts the value together.
    public init(items: [BulkDecisionItem] = []) {
        self.items = items
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        items = try reader.list("items")
        try reader.finish()
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("items", items)
        return writer.value
    }
}
