import JSONTree

/// The schemas of the tools, as far as the client had them listed.
struct MCPToolList {
    /// How many schemas are kept; the tools behind them are submitted without one.
    static let toolsMax = 1_000

    private var schemas: [[UInt8]: JSONValue] = [:]
    private var requests: Set<MCPRequestID> = []

    /// The client wants a list.
    mutating func asked(by id: MCPRequestID) {
        guard requests.count < Self.toolsMax else { return }
        requests.insert(id)
    }

    /// Learns from an answer, when it is one of the lists.
    mutating func take(_ message: MCPMessage, answering id: MCPRequestID) {
        guard requests.remove(id) != nil else { return }
        for tool in message["result"]?["tools"]?.arrayValue ?? [] {
            guard let name = tool["name"]?.stringValue, let schema = tool["inputSchema"],
                schema.objectValue != nil
            else { continue }
            let key = Array(name.utf8)
            guard schemas.count < Self.toolsMax || schemas[key] != nil else { continue }
            schemas[key] = schema
        }
    }

    /// The list changed; the client will ask again.
    mutating func forget() { schemas = [:] }

    func schema(of tool: String) -> JSONValue? { schemas[Array(tool.utf8)] }
}
