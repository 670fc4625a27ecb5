import JSONTree
import WireAPI

/// Offers gateways to clients over the Streamable HTTP transport, of the revisions 2025-03-26 to
/// 2026-07-28.
///
/// Every session has a gateway of its own, and so its own server behind. Clients without a session,
/// as they are since 2026-07-28, share one: their requests get names of ours on the way.
public struct MCPListener: Sendable {
    /// How many sessions there may be.
    public static let sessionsMax = 32
    /// A session that nobody uses ends after so long.
    static let idleMilliseconds: Int64 = 1_800_000
    /// How often an open stream says something, so that nothing between cuts it.
    static let remarkMilliseconds: Int64 = 15_000
    /// The gateway of all clients without a session.
    static let shared = 0

    let door: MCPListenerDoor
    var sessions: [Int: MCPListenerSession] = [:]
    /// Where an exchange that is open belongs.
    var exchanges: [Int: (worker: Int, stream: Int)] = [:]
    private var lastWorker = 0
    private var remarkAt: Int64 = .max

    /// Begins with no session.
    public init(_ door: MCPListenerDoor) { self.door = door }

    /// Takes in what happened and says what to do about it.
    public mutating func update(_ message: MCPListenerMessage) -> [MCPListenerEffect] {
        switch message {
        case .asked(let exchange, let request, let name, let now):
            take(request, exchange, name, at: now) + wake(at: now)
        case .left(let exchange, let now): leave(exchange, at: now) + wake(at: now)
        case .line(let worker, let line, let now):
            hear(line, of: worker, at: now) + wake(at: now)
        case .ended(let worker): lose(worker)
        case .woke(let now): remark(at: now) + wake(at: now)
        }
    }

    private mutating func take(
        _ request: MCPClientRequest, _ exchange: Int, _ name: String, at now: Int64
    ) -> [MCPListenerEffect] {
        if let refusal = door.refusal(of: request) { return [.answer(exchange: exchange, refusal)] }
        switch request.method {
        case "POST": return post(request, exchange, name, at: now)
        case "GET": return listen(request, exchange, at: now)
        case "DELETE": return farewell(request, exchange)
        default:
            var answer = Self.refused(405, "It takes POST, GET and DELETE.")
            answer.headers["allow"] = "POST, GET, DELETE"
            return [.answer(exchange: exchange, answer)]
        }
    }

    /// Starts a gateway for a client that says hello; nil when there are too many.
    mutating func begin(_ name: String, at now: Int64) -> Int? {
        guard sessions.keys.count(where: { $0 != Self.shared }) < Self.sessionsMax else {
            return nil
        }
        lastWorker += 1
        sessions[lastWorker] = MCPListenerSession(name: name, at: now)
        return lastWorker
    }

    /// The gateway of a session; the answer to give when there is none.
    func worker(of request: MCPClientRequest) -> Result<Int, MCPListenerRefusal> {
        guard let name = request.headers["mcp-session-id"] else {
            return .failure(MCPListenerRefusal(400, "The header Mcp-Session-Id is missing."))
        }
        let found = sessions.first { session in
            session.value.name.map { $0.utf8.elementsEqual(name.utf8) } ?? false
        }
        guard let worker = found?.key else {
            return .failure(MCPListenerRefusal(404, "There is no such session: begin anew."))
        }
        return .success(worker)
    }

    private mutating func farewell(
        _ request: MCPClientRequest, _ exchange: Int
    ) -> [MCPListenerEffect] {
        switch worker(of: request) {
        case .failure(let refusal): return [.answer(exchange: exchange, refusal.answer)]
        case .success(let worker):
            return end(worker) + [.answer(exchange: exchange, HTTPResponse(status: 204))]
        }
    }

    /// Ends a session: what waits is withdrawn by its gateway.
    private mutating func end(_ worker: Int) -> [MCPListenerEffect] {
        guard let session = sessions.removeValue(forKey: worker) else { return [] }
        return closing(session) + [.stop(worker: worker)]
    }

    private mutating func closing(_ session: MCPListenerSession) -> [MCPListenerEffect] {
        session.streams.sorted { $0.key < $1.key }.compactMap { _, stream in
            guard let exchange = stream.exchange else { return nil }
            exchanges[exchange] = nil
            guard stream.form == .document else { return .close(exchange: exchange) }
            return .answer(exchange: exchange, Self.refused(502, "The session ended."))
        }
    }

    private mutating func lose(_ worker: Int) -> [MCPListenerEffect] {
        guard let session = sessions[worker] else { return [] }
        var effects: [MCPListenerEffect] = []
        let sentence = "The gateway ended. Whether the call was run is not known: ask a person."
        for (number, stream) in session.streams.sorted(by: { $0.key < $1.key }) {
            for id in stream.asked.keys.sorted(by: { $0.text < $1.text }) {
                let line = MCPGateway.error(id, -32_603, sentence)
                effects += hand(line, to: number, of: worker)
            }
        }
        guard let rest = sessions.removeValue(forKey: worker) else { return effects }
        return effects + closing(rest)
    }

    /// The client of an exchange is gone. Its session goes on; a request without one is taken back.
    private mutating func leave(_ exchange: Int, at now: Int64) -> [MCPListenerEffect] {
        guard let place = exchanges.removeValue(forKey: exchange),
            let stream = sessions[place.worker]?.streams[place.stream]
        else { return [] }
        sessions[place.worker]?.heardAt = now
        sessions[place.worker]?.streams[place.stream]?.exchange = nil
        guard stream.isModern else { return [] }
        sessions[place.worker]?.streams[place.stream] = nil
        return stream.asked.keys.sorted { $0.text < $1.text }.map { id in
            .tell(worker: place.worker, Self.cancellation(of: id))
        }
    }

    private mutating func remark(at now: Int64) -> [MCPListenerEffect] {
        var effects: [MCPListenerEffect] = []
        let gone = sessions.filter {
            $0.key != Self.shared && $0.value.isIdle
                && now - $0.value.heardAt >= Self.idleMilliseconds
        }
        for worker in gone.keys.sorted() { effects += end(worker) }
        guard remarkAt <= now else { return effects }
        remarkAt = .max
        for (exchange, place) in exchanges.sorted(by: { $0.key < $1.key })
        where sessions[place.worker]?.streams[place.stream]?.form == .events {
            effects.append(.piece(exchange: exchange, Array(": open\n\n".utf8)))
        }
        return effects
    }

    /// The next time at which something is to be said or ended.
    private mutating func wake(at now: Int64) -> [MCPListenerEffect] {
        if remarkAt == .max, !exchanges.isEmpty { remarkAt = now + Self.remarkMilliseconds }
        let idle = sessions.filter { $0.key != Self.shared }.values
            .map { $0.heardAt + Self.idleMilliseconds }.filter { $0 > now }.min()
        return [.wake(at: min(remarkAt, idle ?? .max))]
    }
}

/// A request that is not taken, and why.
struct MCPListenerRefusal: Error {
    let answer: HTTPResponse

    init(_ status: Int, _ sentence: String, code: Int = -32_600, id: MCPRequestID? = nil) {
        answer = MCPListener.refused(status, sentence, code: code, id: id)
    }
}

extension MCPListener {
    /// An answer with an error of the protocol in it.
    static func refused(
        _ status: Int, _ sentence: String, code: Int = -32_600, id: MCPRequestID? = nil
    ) -> HTTPResponse {
        HTTPResponse(
            status: status, headers: ["content-type": "application/json"],
            body: MCPGateway.error(id, code, sentence))
    }

    /// What tells a gateway that nobody waits for a request any more.
    static func cancellation(of id: MCPRequestID) -> [UInt8] {
        MCPGateway.line([
            "jsonrpc": "2.0", "method": "notifications/cancelled",
            "params": ["requestId": id.json, "reason": "The client closed its connection."],
        ])
    }
}
