import JSONTree

/// One JSON-RPC message, as far as a gateway must understand it.
struct MCPMessage {
    let object: JSONObject
    /// The name of a request, or of the request that is answered; nil for a notification.
    let id: MCPRequestID?
    /// What is asked or told; nil for an answer.
    let method: String?

    /// Takes a message apart; nil when it is no object.
    init?(_ json: JSONValue) {
        guard let object = json.objectValue else { return nil }
        self.object = object
        id = object["id"].flatMap { MCPRequestID($0) }
        method = object["method"]?.stringValue
    }

    var isToolCall: Bool { method.map { $0.utf8.elementsEqual("tools/call".utf8) } ?? false }

    /// An answer that is a question: its client sends the request again.
    var asksBack: Bool {
        object["result"]?["resultType"]?.stringValue?.hasSameBytes(as: "input_required") == true
    }

    func isMethod(_ name: String) -> Bool {
        method.map { $0.utf8.elementsEqual(name.utf8) } ?? false
    }

    subscript(name: String) -> JSONValue? { object[name] }
}

/// The name that a request has on its connection: a text or a number.
struct MCPRequestID: Hashable {
    let json: JSONValue
    /// `1` and `"1"` are two names.
    let text: String

    init?(_ json: JSONValue) {
        switch json {
        case .string, .number:
            self.json = json
            text = json.text(.compact)
        case .null, .bool, .array, .object: return nil
        }
    }

    static func == (left: Self, right: Self) -> Bool {
        left.text.utf8.elementsEqual(right.text.utf8)
    }

    func hash(into hasher: inout Hasher) {
        for byte in text.utf8 { hasher.combine(byte) }
    }
}
