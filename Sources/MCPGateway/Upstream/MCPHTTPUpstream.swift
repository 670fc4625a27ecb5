import JSONTree
import WireAPI

/// The way to an MCP server over its Streamable HTTP transport, of the revisions 2025-03-26 to
/// 2026-07-28.
///
/// Messages go to the server one POST each. Answers come as JSON or as a stream of events, which
/// is taken up again where it broke off; what the server tells by itself comes over a GET.
public struct MCPHTTPUpstream: Sendable {
    /// How many messages may wait for the handshake or a notification before them.
    static let queuedMax = 1_000
    /// How often a stream that broke off is taken up again without anything new on it.
    static let resumesMax = 5
    static let retryMilliseconds: Int64 = 1_000
    static let retryMillisecondsMax: Int64 = 30_000
    /// The longest that an answer may take.
    static let waitSeconds = 3_600

    enum Kind: Sendable {
        /// A message of the client, and the requests in it that want answers.
        case post(MCPHTTPPost)
        /// What the server tells by itself.
        case listen
        /// The end of the session.
        case farewell
    }

    struct Exchange: Sendable {
        var kind: Kind
        var status = 0
        var headers: [String: String] = [:]
        var body: [UInt8] = []
        var stream: EventStream?
        var resumes = 0
    }

    /// Something to be sent again later.
    struct Later: Sendable {
        var at: Int64
        var exchange: Exchange
    }

    let target: String
    var exchanges: [Int: Exchange] = [:]
    var later: [Later] = []
    var session: String?
    var version: String?
    private var count = 0
    private var queue: [[UInt8]] = []
    private var hasLeft = false
    var isGone = false
    var tools = MCPToolList()

    /// Begins with nothing sent; `target` is the path of the server's URL, with its query.
    public init(target: String) { self.target = target }

    /// Takes in what happened and says what to do about it.
    public mutating func update(_ message: MCPHTTPMessage) -> [MCPHTTPEffect] {
        switch message {
        case .line(let line, _): return queue(line)
        case .piece(let number, let status, let headers, let bytes):
            return take(bytes, of: number, status, headers)
        case .ended(let number, let result, let now):
            return end(number, result, at: now) + sendQueued() + wake()
        case .woke(let now): return sendLater(at: now)
        case .left: return leave()
        }
    }

    private mutating func queue(_ line: [UInt8]) -> [MCPHTTPEffect] {
        guard !hasLeft, !isGone else { return lost(MCPHTTPPost(line)) }
        guard queue.count < Self.queuedMax else { return lost(MCPHTTPPost(line)) }
        queue.append(line)
        return sendQueued()
    }

    /// The handshake and notifications are over before what stands behind them is sent.
    private mutating func sendQueued() -> [MCPHTTPEffect] {
        var effects: [MCPHTTPEffect] = []
        while !queue.isEmpty, !exchanges.values.contains(where: \.holdsOthersBack) {
            let post = MCPHTTPPost(queue.removeFirst())
            if let known = abandoned(by: post) {
                effects += known
                continue
            }
            for id in post.requests where post.isToolList { tools.asked(by: id) }
            effects += send(Exchange(kind: .post(post)))
            guard post.isInitialized else { continue }
            effects += send(Exchange(kind: .listen))
        }
        return effects
    }

    /// Since 2026-07-28 a request is cancelled by closing its answer; no message is sent.
    private mutating func abandoned(by post: MCPHTTPPost) -> [MCPHTTPEffect]? {
        guard let id = post.cancelledID, session == nil,
            let (number, exchange) = exchanges.first(where: { $0.value.isModern(asking: id) })
        else { return nil }
        exchanges[number] = nil
        return [.abort(exchange: number)] + lost(exchange.post)
    }

    mutating func send(_ exchange: Exchange) -> [MCPHTTPEffect] {
        count += 1
        exchanges[count] = exchange
        return [.send(exchange: count, request(for: exchange))]
    }

    private mutating func sendLater(at now: Int64) -> [MCPHTTPEffect] {
        let due = later.filter { $0.at <= now }
        later.removeAll { $0.at <= now }
        var effects: [MCPHTTPEffect] = []
        for item in due { effects += send(item.exchange) }
        return effects + wake()
    }

    func wake() -> [MCPHTTPEffect] { [.wake(at: later.map(\.at).min() ?? .max)] }

    func lost(_ post: MCPHTTPPost?) -> [MCPHTTPEffect] {
        (post?.requests ?? []).map { .lost(requestID: Array($0.text.utf8)) }
    }

    private mutating func leave() -> [MCPHTTPEffect] {
        guard !hasLeft else { return [] }
        hasLeft = true
        later = []
        let listening = exchanges.filter { if case .listen = $0.value.kind { true } else { false } }
        for number in listening.keys { exchanges[number] = nil }
        let aborts = listening.keys.sorted().map { MCPHTTPEffect.abort(exchange: $0) }
        guard session != nil, !isGone else { return aborts }
        return aborts + send(Exchange(kind: .farewell))
    }
}

extension MCPHTTPUpstream.Exchange {
    var post: MCPHTTPPost? {
        if case .post(let post) = kind { post } else { nil }
    }

    /// True while nothing may overtake it.
    var holdsOthersBack: Bool {
        guard let post, resumes == 0 else { return false }
        return post.isInitialize || post.requests.isEmpty
    }

    func isModern(asking id: MCPRequestID) -> Bool {
        guard let post, post.statedVersion != nil else { return false }
        return post.requests.contains(id)
    }
}
