import JSONTree
import WireAPI

// What clients ask and tell.
extension MCPListener {
    /// The revision since which a stream may begin with an event that says nothing.
    private static let markedSince = "2025-11-25"

    mutating func post(
        _ request: MCPClientRequest, _ exchange: Int, _ name: String, at now: Int64
    ) -> [MCPListenerEffect] {
        do throws(MCPListenerRefusal) {
            let form = try Self.form(for: request)
            let (json, messages) = try Self.messages(in: request.body)
            if json.objectValue != nil, let message = messages.first,
                let version = message["params"]?["_meta"]?[Self.version]?.stringValue
            {
                try Self.holdToHeaders(message, version, request)
                return try postModern(message, form, exchange, at: now)
            }
            let isHello = messages.contains { $0.isMethod("initialize") && $0.id != nil }
            let worker = try isHello ? hello(name, at: now) : self.worker(of: request).get()
            let start: [MCPListenerEffect] = isHello ? [.start(worker: worker)] : []
            let line =
                request.body.contains { $0 == 10 || $0 == 13 }
                ? MCPGateway.line(json) : request.body
            return start + (try post(messages, line, request, form, exchange, to: worker, at: now))
        } catch {
            return [.answer(exchange: exchange, error.answer)]
        }
    }

    private mutating func post(
        _ messages: [MCPMessage], _ line: [UInt8], _ request: MCPClientRequest,
        _ form: MCPListenerStream.Form, _ exchange: Int, to worker: Int, at now: Int64
    ) throws(MCPListenerRefusal) -> [MCPListenerEffect] {
        sessions[worker]?.heardAt = now
        let tell = MCPListenerEffect.tell(worker: worker, line)
        let requests = messages.filter { $0.method != nil && $0.id != nil }
        guard !requests.isEmpty else {
            let told = messages.flatMap { withdraw($0, from: worker) }
            return [tell] + told + [.answer(exchange: exchange, HTTPResponse(status: 202))]
        }
        var stream = MCPListenerStream(form)
        stream.exchange = exchange
        for message in requests {
            guard let id = message.id, sessions[worker]?.isUnderWay(id) == false else {
                throw MCPListenerRefusal(
                    400, "A request with this id is under way.", id: message.id)
            }
            stream.asked[id] = id.json
            if let token = message["params"]?["_meta"]?["progressToken"],
                let known = MCPRequestID(token)
            {
                stream.tokens[known] = token
            }
        }
        let number = try add(stream, to: worker)
        exchanges[exchange] = (worker, number)
        return open(number, of: worker, request, exchange) + [tell]
    }

    private mutating func add(
        _ stream: MCPListenerStream, to worker: Int
    ) throws(MCPListenerRefusal) -> Int {
        guard let number = sessions[worker]?.add(stream) else {
            throw MCPListenerRefusal(429, "Too many requests wait. Ask again later.")
        }
        return number
    }

    /// The head of an answer in events.
    private func open(
        _ stream: Int, of worker: Int, _ request: MCPClientRequest, _ exchange: Int
    ) -> [MCPListenerEffect] {
        guard sessions[worker]?.streams[stream]?.form == .events else { return [] }
        let open = MCPListenerEffect.open(exchange: exchange, head(for: worker))
        let version = request.headers["mcp-protocol-version"] ?? ""
        guard sessions[worker]?.name != nil, version >= Self.markedSince else { return [open] }
        return [open, .piece(exchange: exchange, MCPListenerStream.mark(of: stream))]
    }

    private func head(for worker: Int) -> HTTPResponse {
        var head = HTTPResponse(
            status: 200,
            headers: [
                "content-type": "text/event-stream", "cache-control": "no-store",
                "x-accel-buffering": "no",
            ])
        head.headers["mcp-session-id"] = sessions[worker]?.name
        return head
    }

    private mutating func hello(
        _ name: String, at now: Int64
    ) throws(MCPListenerRefusal) -> Int {
        guard let worker = begin(name, at: now) else {
            throw MCPListenerRefusal(503, "Too many sessions. Ask again later.")
        }
        return worker
    }

    /// A request that its client takes back gets no answer any more.
    private mutating func withdraw(
        _ message: MCPMessage, from worker: Int
    ) -> [MCPListenerEffect] {
        guard message.isMethod("notifications/cancelled"),
            let id = message["params"]?["requestId"].flatMap({ MCPRequestID($0) }),
            let number = sessions[worker]?.stream(answering: id)
        else { return [] }
        let isDocument = sessions[worker]?.streams[number]?.form == .document
        if isDocument {
            return hand(MCPGateway.error(id, -32_800, "It was cancelled."), to: number, of: worker)
        }
        sessions[worker]?.streams[number]?.asked[id] = nil
        return closeWhenDone(number, of: worker)
    }

    // MARK: - Since 2026-07-28

    static let version = "io.modelcontextprotocol/protocolVersion"

    private mutating func postModern(
        _ message: MCPMessage, _ form: MCPListenerStream.Form, _ exchange: Int, at now: Int64
    ) throws(MCPListenerRefusal) -> [MCPListenerEffect] {
        guard message.method != nil, let id = message.id else {
            // What it could say is about a request, and those are taken back by their connection.
            return [.answer(exchange: exchange, HTTPResponse(status: 202))]
        }
        let start: [MCPListenerEffect]
        if sessions[Self.shared] == nil {
            sessions[Self.shared] = MCPListenerSession(name: nil, at: now)
            start = [.start(worker: Self.shared)]
        } else {
            start = []
        }
        var stream = MCPListenerStream(form)
        stream.isModern = true
        stream.exchange = exchange
        let line = rename(message, id, &stream)
        let number = try add(stream, to: Self.shared)
        exchanges[exchange] = (Self.shared, number)
        let open: [MCPListenerEffect] =
            form == .events ? [.open(exchange: exchange, head(for: Self.shared))] : []
        return start + open + [.tell(worker: Self.shared, line)]
    }

    /// Gives a request names that no other client has.
    private mutating func rename(
        _ message: MCPMessage, _ id: MCPRequestID, _ stream: inout MCPListenerStream
    ) -> [UInt8] {
        var object = message.object
        if let fresh = sessions[Self.shared]?.freshID("c"), let known = MCPRequestID(fresh) {
            stream.asked[known] = id.json
            object["id"] = fresh
        }
        if var params = object["params"]?.objectValue, var meta = params["_meta"]?.objectValue,
            let token = meta["progressToken"], let fresh = sessions[Self.shared]?.freshID("p"),
            let known = MCPRequestID(fresh)
        {
            stream.tokens[known] = token
            meta["progressToken"] = fresh
            params["_meta"] = .object(meta)
            object["params"] = .object(params)
        }
        return MCPGateway.line(.object(object))
    }

    /// Whatever stands between may route by the headers: they say what the body says.
    private static func holdToHeaders(
        _ message: MCPMessage, _ version: String, _ request: MCPClientRequest
    ) throws(MCPListenerRefusal) {
        var wanted = ["mcp-protocol-version": version]
        if let method = message.method {
            wanted["mcp-method"] = method
            let params = message["params"]
            let name: JSONValue? =
                switch method {
                case "tools/call", "prompts/get": params?["name"]
                case "resources/read": params?["uri"]
                default: nil
                }
            wanted["mcp-name"] = name?.stringValue
        }
        for (header, value) in wanted.sorted(by: { $0.key < $1.key }) {
            let sent = request.headers[header] ?? ""
            guard sent.utf8.elementsEqual(MCPHTTPPost.safe(value).utf8) else {
                throw MCPListenerRefusal(
                    400, "The header \(header) does not say what the body says.", code: -32_020,
                    id: message.id)
            }
        }
    }

    // MARK: - Reading

    private static func messages(
        in body: [UInt8]
    ) throws(MCPListenerRefusal) -> (JSONValue, [MCPMessage]) {
        let json: JSONValue
        do {
            json = try JSONValue(
                parsing: body, limits: JSONLimits(bytesMax: MCPGateway.lineBytesMax))
        } catch {
            throw MCPListenerRefusal(400, "The body is no valid JSON.", code: -32_700)
        }
        let parts = json.arrayValue ?? [json]
        let messages = parts.compactMap { MCPMessage($0) }
        guard !parts.isEmpty, messages.count == parts.count else {
            throw MCPListenerRefusal(400, "The body is no JSON-RPC message.")
        }
        return (json, messages)
    }

    /// How the client wants its answer.
    private static func form(
        for request: MCPClientRequest
    ) throws(MCPListenerRefusal) -> MCPListenerStream.Form {
        let type = request.headers["content-type"]?.lowercased() ?? ""
        guard type.hasPrefix("application/json") else {
            throw MCPListenerRefusal(415, "The body must be application/json.")
        }
        let accept = request.headers["accept"]?.lowercased() ?? "*/*"
        if accept.contains("text/event-stream") || accept.contains("*/*") { return .events }
        guard accept.contains("application/json") || accept.contains("application/*") else {
            throw MCPListenerRefusal(406, "It answers text/event-stream and application/json.")
        }
        return .document
    }
}
