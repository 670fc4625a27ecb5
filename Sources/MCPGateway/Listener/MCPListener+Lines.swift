import JSONTree
import WireAPI

// What gateways answer and tell.
extension MCPListener {
    mutating func hear(_ line: [UInt8], of worker: Int, at now: Int64) -> [MCPListenerEffect] {
        guard let session = sessions[worker], let json = Self.parsed(line) else { return [] }
        sessions[worker]?.heardAt = now
        let messages = (json.arrayValue ?? [json]).compactMap { MCPMessage($0) }
        if let answer = messages.first(where: { $0.method == nil && $0.id != nil }) {
            guard let id = answer.id, let stream = session.stream(answering: id) else { return [] }
            return hand(line, to: stream, of: worker)
        }
        guard let message = messages.first else { return [] }
        if let stream = session.stream(of: message) {
            return say(restored(message, line, in: session.streams[stream]), on: stream, of: worker)
        }
        guard session.name != nil else {
            // Nobody knows whose it is, and it must not reach another client.
            return []
        }
        return say(line, on: place(in: session), of: worker)
    }

    /// Where something is told that nobody asked for: to whoever listens, or to who asked last.
    private func place(in session: MCPListenerSession) -> Int {
        let listening = MCPListenerSession.listening
        guard session.streams[listening]?.exchange == nil else { return listening }
        let open = session.streams.filter { $0.value.exchange != nil && $0.value.form == .events }
        return open.keys.max() ?? listening
    }

    /// Hands an answer to the client that waits for it.
    mutating func hand(_ line: [UInt8], to number: Int, of worker: Int) -> [MCPListenerEffect] {
        guard var stream = sessions[worker]?.streams[number], let json = Self.parsed(line) else {
            return []
        }
        var named = line
        for message in (json.arrayValue ?? [json]).compactMap({ MCPMessage($0) }) {
            guard let id = message.id, let original = stream.asked.removeValue(forKey: id) else {
                continue
            }
            if stream.isModern {
                var object = message.object
                object["id"] = original
                named = MCPGateway.line(.object(object))
            }
        }
        guard stream.form == .document else {
            sessions[worker]?.streams[number] = stream
            return say(named, on: number, of: worker) + closeWhenDone(number, of: worker)
        }
        stream.answers.append(Self.parsed(named) ?? json)
        sessions[worker]?.streams[number] = stream
        return closeWhenDone(number, of: worker)
    }

    /// Says something on a stream; without a connection it is kept until there is one.
    private mutating func say(
        _ line: [UInt8], on number: Int, of worker: Int
    ) -> [MCPListenerEffect] {
        guard var stream = sessions[worker]?.streams[number], stream.form == .events else {
            return []
        }
        let event = stream.event(line, of: number)
        sessions[worker]?.streams[number] = stream
        return stream.exchange.map { [.piece(exchange: $0, event)] } ?? []
    }

    /// Ends the answer of a stream once nothing is owed on it.
    mutating func closeWhenDone(_ number: Int, of worker: Int) -> [MCPListenerEffect] {
        guard let stream = sessions[worker]?.streams[number], stream.asked.isEmpty,
            number != MCPListenerSession.listening
        else { return [] }
        sessions[worker]?.close(number)
        // What nobody took is kept: the client comes back for it.
        guard let exchange = stream.exchange else { return [] }
        exchanges[exchange] = nil
        guard stream.form == .document else { return [.close(exchange: exchange)] }
        let body: JSONValue =
            stream.answers.count == 1 ? stream.answers[0] : .array(stream.answers)
        var answer = HTTPResponse(
            status: 200, headers: ["content-type": "application/json"],
            body: MCPGateway.line(body))
        answer.headers["mcp-session-id"] = sessions[worker]?.name
        return [.answer(exchange: exchange, answer)]
    }

    /// A message under the names that the client gave.
    private func restored(
        _ message: MCPMessage, _ line: [UInt8], in stream: MCPListenerStream?
    ) -> [UInt8] {
        guard let stream, stream.isModern, var params = message["params"]?.objectValue else {
            return line
        }
        var object = message.object
        if let token = params["progressToken"].flatMap({ MCPRequestID($0) }) {
            params["progressToken"] = stream.tokens[token]
        }
        if var meta = params["_meta"]?.objectValue,
            let id = meta[MCPListenerSession.subscription].flatMap({ MCPRequestID($0) })
        {
            meta[MCPListenerSession.subscription] = stream.asked[id]
            params["_meta"] = .object(meta)
        }
        object["params"] = .object(params)
        return MCPGateway.line(.object(object))
    }

    // MARK: - Listening

    /// Takes a client that wants to hear what is told, or goes on with what broke off.
    mutating func listen(
        _ request: MCPClientRequest, _ exchange: Int, at now: Int64
    ) -> [MCPListenerEffect] {
        guard request.headers["accept"]?.lowercased().contains("text/event-stream") ?? false else {
            let refusal = Self.refused(406, "It answers a GET with text/event-stream.")
            return [.answer(exchange: exchange, refusal)]
        }
        switch worker(of: request) {
        case .failure(let refusal): return [.answer(exchange: exchange, refusal.answer)]
        case .success(let worker):
            sessions[worker]?.heardAt = now
            return listen(from: request.headers["last-event-id"], exchange, to: worker)
        }
    }

    private mutating func listen(
        from place: String?, _ exchange: Int, to worker: Int
    ) -> [MCPListenerEffect] {
        let listening = MCPListenerSession.listening
        guard let (number, last) = Self.place(place ?? "\(listening)-0"),
            var stream = sessions[worker]?.streams[number], stream.form == .events,
            let missed = place == nil ? stream.unsaid() : stream.events(after: last)
        else {
            let refusal = Self.refused(400, "What came after this event is not kept any more.")
            return [.answer(exchange: exchange, refusal)]
        }
        guard place != nil || stream.exchange == nil else {
            let refusal = Self.refused(409, "This session is listened to already.")
            return [.answer(exchange: exchange, refusal)]
        }
        var effects: [MCPListenerEffect] = []
        if let old = stream.exchange {
            exchanges[old] = nil
            effects.append(.close(exchange: old))
        }
        stream.exchange = exchange
        sessions[worker]?.streams[number] = stream
        exchanges[exchange] = (worker, number)
        let head = HTTPResponse(
            status: 200,
            headers: ["content-type": "text/event-stream", "cache-control": "no-store"])
        effects.append(.open(exchange: exchange, head))
        effects += missed.map { .piece(exchange: exchange, $0) }
        return effects + closeWhenDone(number, of: worker)
    }

    /// The stream and the event that an id names.
    private static func place(_ id: String) -> (stream: Int, event: Int)? {
        let parts = id.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, let stream = Int(parts[0]), let event = Int(parts[1]), stream >= 0,
            event >= 0
        else { return nil }
        return (stream, event)
    }

    private static func parsed(_ line: [UInt8]) -> JSONValue? {
        do {
            return try JSONValue(
                parsing: line, limits: JSONLimits(bytesMax: MCPGateway.lineBytesMax))
        } catch {
            return nil
        }
    }
}
