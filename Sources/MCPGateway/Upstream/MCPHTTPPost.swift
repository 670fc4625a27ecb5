import Cryptography
import JSONTree

/// One message of the client on its way, as far as its sending must understand it.
struct MCPHTTPPost: Sendable {
    let body: [UInt8]
    /// The requests that have no answer yet.
    var requests: [MCPRequestID] = []
    private(set) var isInitialize = false
    private(set) var isInitialized = false
    private(set) var isToolList = false
    /// The request that this notification takes back.
    private(set) var cancelledID: MCPRequestID?
    /// The revision that a message states of itself, since 2026-07-28.
    private(set) var statedVersion: String?
    private(set) var method: String?
    private var params: JSONValue?

    init(_ line: [UInt8]) {
        body = line
        let json: JSONValue
        do {
            json = try JSONValue(
                parsing: line, limits: JSONLimits(bytesMax: MCPGateway.lineBytesMax))
        } catch {
            return
        }
        let messages = (json.arrayValue ?? [json]).compactMap { MCPMessage($0) }
        requests = messages.filter { $0.method != nil }.compactMap(\.id)
        guard json.arrayValue == nil, let message = messages.first else { return }
        method = message.method
        params = message["params"]
        isInitialize = message.isMethod("initialize")
        isInitialized = message.isMethod("notifications/initialized")
        isToolList = message.isMethod("tools/list")
        if message.isMethod("notifications/cancelled") {
            cancelledID = params?["requestId"].flatMap { MCPRequestID($0) }
        }
        statedVersion = params?["_meta"]?["io.modelcontextprotocol/protocolVersion"]?.stringValue
    }

    /// The headers that repeat what is in the body, where the revision wants them.
    func mirrored(_ schema: (String) -> JSONValue?) -> [String: String] {
        guard let method, statedVersion != nil else { return [:] }
        var headers = ["mcp-method": Self.safe(method)]
        let name: String? =
            switch method {
            case "tools/call", "prompts/get": params?["name"]?.stringValue
            case "resources/read": params?["uri"]?.stringValue
            default: nil
            }
        if let name { headers["mcp-name"] = Self.safe(name) }
        guard method.utf8.elementsEqual("tools/call".utf8), let name, let schema = schema(name),
            let arguments = params?["arguments"]
        else { return headers }
        Self.mirror(arguments, by: schema, depth: 0, into: &headers)
        return headers
    }

    /// Arguments that the tool's schema wants in headers too (`x-mcp-header`).
    private static func mirror(
        _ arguments: JSONValue, by schema: JSONValue, depth: Int,
        into headers: inout [String: String]
    ) {
        guard depth < 32, let properties = schema["properties"]?.objectValue else { return }
        for name in properties.names {
            guard let property = properties[name], let value = arguments[name] else { continue }
            if let token = property["x-mcp-header"]?.stringValue, isToken(token),
                let text = scalar(value)
            {
                headers["mcp-param-\(token)"] = safe(text)
            }
            mirror(value, by: property, depth: depth + 1, into: &headers)
        }
    }

    private static func scalar(_ value: JSONValue) -> String? {
        switch value {
        case .bool(let flag): flag ? "true" : "false"
        case .number: value.text(.compact)
        case .string(let text): text
        case .null, .array, .object: nil
        }
    }

    private static func isToken(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                (97...122).contains(byte) || (65...90).contains(byte) || (48...57).contains(byte)
                    || byte == UInt8(ascii: "-")
            }
    }

    /// A value that ends no header line and loses no blank: as it is, or wrapped in Base64.
    static func safe(_ text: String) -> String {
        let isPlain =
            text.utf8.allSatisfy { (0x20...0x7E).contains($0) } && !text.hasPrefix(" ")
            && !text.hasSuffix(" ") && !text.hasPrefix("=?base64?")
        return isPlain ? text : "=?base64?\(Base64.encode(Array(text.utf8)))?="
    }
}
