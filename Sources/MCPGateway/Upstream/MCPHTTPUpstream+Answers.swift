import JSONTree
import WireAPI

// What comes back from a server behind a URL.
extension MCPHTTPUpstream {
    func request(for exchange: Exchange) -> HTTPRequest {
        var headers: [String: String] = [:]
        if let session { headers["mcp-session-id"] = session }
        if let version { headers["mcp-protocol-version"] = version }
        if let stream = exchange.stream, !stream.lastID.isEmpty {
            headers["last-event-id"] = MCPHTTPPost.safe(stream.lastID)
        }
        let isResumed = exchange.stream != nil
        var request: HTTPRequest
        switch exchange.kind {
        case .post(let post) where !isResumed:
            headers["accept"] = "application/json, text/event-stream"
            headers["content-type"] = "application/json"
            if let stated = post.statedVersion {
                headers["mcp-protocol-version"] = MCPHTTPPost.safe(stated)
            }
            headers.merge(post.mirrored(tools.schema)) { _, mirrored in mirrored }
            request = HTTPRequest(.post, target, headers: headers, body: post.body)
            // What asks nothing is answered at once, and what stands behind it must not wait long.
            request.waitSeconds = post.requests.isEmpty ? 0 : Self.waitSeconds
        case .post, .listen:
            headers["accept"] = "text/event-stream"
            request = HTTPRequest(.get, target, headers: headers, waitSeconds: Self.waitSeconds)
        case .farewell: request = HTTPRequest(.delete, target, headers: headers)
        }
        request.isStreamed = true
        return request
    }

    mutating func take(
        _ bytes: [UInt8], of number: Int, _ status: Int, _ headers: [String: String]
    ) -> [MCPHTTPEffect] {
        guard var exchange = exchanges[number] else { return [] }
        exchange.status = status
        exchange.headers = headers
        keepSession(headers, of: exchange)
        defer { if exchanges[number] != nil { exchanges[number] = exchange } }
        guard status == 200, Self.isStream(headers) else {
            exchange.body += bytes
            guard exchange.body.count <= MCPGateway.lineBytesMax else {
                exchanges[number] = nil
                return [.abort(exchange: number)] + lost(exchange.post)
            }
            return []
        }
        var stream = exchange.stream ?? EventStream(bytesMax: MCPGateway.lineBytesMax)
        var effects: [MCPHTTPEffect] = []
        for event in stream.take(bytes) {
            exchange.resumes = 0
            effects += hand(event.data, &exchange)
        }
        exchange.stream = stream
        guard !stream.isTooLong else {
            exchanges[number] = nil
            return effects + [.abort(exchange: number)] + lost(exchange.post)
        }
        return effects
    }

    /// Passes a message of the server on, and strikes the requests that it answers.
    private mutating func hand(_ bytes: [UInt8], _ exchange: inout Exchange) -> [MCPHTTPEffect] {
        let json: JSONValue
        do {
            json = try JSONValue(
                parsing: bytes, limits: JSONLimits(bytesMax: MCPGateway.lineBytesMax))
        } catch {
            return []
        }
        if case .post(var post) = exchange.kind {
            for message in (json.arrayValue ?? [json]).compactMap({ MCPMessage($0) })
            where message.method == nil {
                guard let id = message.id else { continue }
                post.requests.removeAll { $0 == id }
                tools.take(message, answering: id)
                if post.isInitialize {
                    version = message["result"]?["protocolVersion"]?.stringValue ?? version
                }
            }
            exchange.kind = .post(post)
        }
        // A body of several lines would be several messages to the client.
        let isOneLine = !bytes.contains { $0 == 10 || $0 == 13 }
        return [.line(isOneLine ? bytes : MCPGateway.line(json))]
    }

    mutating func end(
        _ number: Int, _ result: Result<HTTPResponse, TransportFailure>, at now: Int64
    ) -> [MCPHTTPEffect] {
        guard var exchange = exchanges.removeValue(forKey: number) else { return [] }
        if case .success(let response) = result {
            exchange.status = response.status
            exchange.headers = response.headers
            keepSession(response.headers, of: exchange)
        }
        switch exchange.kind {
        case .post(let post): return end(post, exchange, result, at: now)
        case .listen:
            listenAgain(exchange, at: now)
            return []
        case .farewell: return []
        }
    }

    private mutating func end(
        _ post: MCPHTTPPost, _ exchange: Exchange, _ result: Result<HTTPResponse, TransportFailure>,
        at now: Int64
    ) -> [MCPHTTPEffect] {
        var exchange = exchange
        if case .failure(let failure) = result, exchange.stream == nil {
            guard !failure.wasSent else { return lost(post) }
            return refusals(of: post, "The server cannot be reached. \(failure.sentence)")
        }
        if exchange.stream != nil { return resume(post, exchange, at: now) }
        switch exchange.status {
        case 200...299:
            let effects = exchange.body.isEmpty ? [] : hand(exchange.body, &exchange)
            return effects + lost(exchange.post)
        case 300...399:
            return refusals(
                of: post, "The server wants another URL: give --upstream the one it points to.")
        case 404 where session != nil:
            isGone = true
            return lost(post) + [.gone]
        case 400...499:
            let said = refusal(in: exchange.body, of: post)
            return said ?? refusals(of: post, "The server refused it: HTTP \(exchange.status).")
        default: return lost(post)
        }
    }

    /// An answer with an error of the protocol in it says more than its status does.
    private func refusal(in body: [UInt8], of post: MCPHTTPPost) -> [MCPHTTPEffect]? {
        guard post.requests.count == 1, let id = post.requests.first else { return nil }
        do {
            let json = try JSONValue(
                parsing: body, limits: JSONLimits(bytesMax: MCPGateway.lineBytesMax))
            guard var message = json.objectValue, message["error"]?.objectValue != nil else {
                return nil
            }
            message["id"] = id.json
            return [.line(MCPGateway.line(.object(message)))]
        } catch {
            return nil
        }
    }

    private func refusals(of post: MCPHTTPPost, _ sentence: String) -> [MCPHTTPEffect] {
        post.requests.map { .line(MCPGateway.error($0, -32_603, sentence)) }
    }

    /// Takes a stream up again where it broke off; without the name of a place that cannot be.
    private mutating func resume(
        _ post: MCPHTTPPost, _ exchange: Exchange, at now: Int64
    ) -> [MCPHTTPEffect] {
        guard !post.requests.isEmpty else { return [] }
        guard let stream = exchange.stream, !stream.lastID.isEmpty,
            exchange.resumes < Self.resumesMax, exchange.status != 404
        else { return lost(post) }
        postpone(exchange, stream.retryMilliseconds, at: now)
        return []
    }

    private mutating func listenAgain(_ exchange: Exchange, at now: Int64) {
        // Not every server tells something by itself.
        guard !(400...499).contains(exchange.status), !isGone else { return }
        postpone(exchange, exchange.stream?.retryMilliseconds, at: now)
    }

    private mutating func postpone(_ exchange: Exchange, _ wanted: Int64?, at now: Int64) {
        var next = exchange
        next.resumes += 1
        next.status = 0
        next.body = []
        let usual = Self.retryMilliseconds << Int64(min(exchange.resumes, 5))
        let delay = min(max(wanted ?? usual, 10), Self.retryMillisecondsMax)
        later.append(Later(at: now + delay, exchange: next))
    }

    private mutating func keepSession(_ headers: [String: String], of exchange: Exchange) {
        guard let post = exchange.post, post.isInitialize, session == nil,
            let id = headers["mcp-session-id"], id.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
            !id.isEmpty
        else { return }
        session = id
    }

    private static func isStream(_ headers: [String: String]) -> Bool {
        let type = headers["content-type"] ?? ""
        return type.lowercased().hasPrefix("text/event-stream")
    }
}
