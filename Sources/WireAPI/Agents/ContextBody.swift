public import JSONTree

/// What the agent says about its call: its words, never facts.
public struct ContextBody: WireValue, Hashable {
    /// One line, at most 500 bytes.
    public var summary: String?
    /// Why, at most 4,000 bytes.
    public var reason: String?
    /// What would happen, at most 16,000 bytes.
    public var preview: String?
    /// At most 10 addresses.
    public var links: [LinkBody]

    /// Puts the value together.
    public init(
        summary: String? = nil, reason: String? = nil, preview: String? = nil,
        links: [LinkBody] = []
    ) {
        self.summary = summary
        self.reason = reason
        self.preview = preview
        self.links = links
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        summary = try reader.optional("summary")
        reason = try reader.optional("reason")
        preview = try reader.optional("preview")
        links = try reader.list("links")
        try reader.finish()
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("summary", summary)
        writer.write("reason", reason)
        writer.write("preview", preview)
        writer.write("links", links)
        return writer.value
    }
}
