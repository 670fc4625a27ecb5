public import Approvals
public import JSONTree

/// A page of the change feed.
public struct InboxAnswer: WireValue, Hashable {
    /// In the order of the changes.
    public var items: [InboxChange]
    /// The cursor for the next call; opaque.
    public var next: String
    /// True when the next page is ready now.
    public var hasMore: Bool
    /// The server's clock.
    public var serverTime: Timestamp

    /// Puts the value together.
    public init(items: [InboxChange] = [], next: String, hasMore: Bool, serverTime: Timestamp) {
        self.items = items
        self.next = next
        self.hasMore = hasMore
        self.serverTime = serverTime
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        items = try reader.list("items")
        next = try reader.required("next")
        hasMore = try reader.required("more")
        serverTime = try reader.required("server_time")
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("items", items)
        writer.write("next", next)
        writer.write("more", hasMore)
        writer.write("server_time", serverTime)
        return writer.value
    }
}
