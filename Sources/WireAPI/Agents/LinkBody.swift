public import JSONTree

/// A titled address.
public struct LinkBody: WireValue, Hashable {
    /// What a person reads.
    public var title: String
    /// Where it leads.
    public var url: String

    /// Puts the value together.
    public init(title: String, url: String) {
        self.title = title
        self.url = url
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        title = try reader.required("title")
        url = try reader.required("url")
        try reader.finish()
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("title", title)
        writer.write("url", url)
        return writer.value
    }
}
