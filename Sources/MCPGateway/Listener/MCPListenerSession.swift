import JSONTree
import WireAPI

/// One gateway, and whoever talks to it.
struct MCPListenerSession: Sendable {
    /// The stream of what is told without being asked.
    static let listening = 0
    /// How many streams may be open or kept.
    static let streamsMax = 256
    /// How many whole answers are kept for clients whose connection broke on the way.
    static let wholeMax = 16

    /// The name that the client repeats; nil for the gateway of all clients without a session.
    let name: String?
    /// When it was last heard of.
    var heardAt: Int64
    var streams: [Int: MCPListenerStream]
    private var lastStream = 0
    /// How many requests were given a name of ours.
    private var renamed = 0

    init(name: String?, at now: Int64) {
        self.name = name
        heardAt = now
        streams = name == nil ? [:] : [Self.listening: MCPListenerStream(.events)]
    }

    /// True when nobody listens and nothing is under way.
    var isIdle: Bool { streams.values.allSatisfy { $0.exchange == nil && $0.asked.isEmpty } }

    func isUnderWay(_ id: MCPRequestID) -> Bool {
        streams.values.contains { $0.asked[id] != nil }
    }

    /// Puts a stream in; nil when there are too many.
    mutating func add(_ stream: MCPListenerStream) -> Int? {
        guard streams.count < Self.streamsMax else { return nil }
        lastStream += 1
        streams[lastStream] = stream
        return lastStream
    }

    /// Closes a stream on which nothing is owed. Its events are kept for a while: a connection may
    /// have broken without anybody here having noticed.
    mutating func close(_ number: Int) {
        guard var stream = streams[number], number != Self.listening else { return }
        stream.exchange = nil
        streams[number] = stream.isModern || stream.form == .document ? nil : stream
        let whole = streams.filter {
            $0.key != Self.listening && $0.value.asked.isEmpty && $0.value.exchange == nil
        }
        for old in whole.keys.sorted().dropLast(Self.wholeMax) { streams[old] = nil }
    }

    /// A name that no other client's request has on this gateway.
    mutating func freshID(_ kind: Character) -> JSONValue {
        renamed += 1
        return .string("\(kind)\(renamed)")
    }

    /// The stream that an answer belongs to.
    func stream(answering id: MCPRequestID) -> Int? {
        streams.first { $0.value.asked[id] != nil }?.key
    }

    /// The stream that a message without an answer belongs to.
    func stream(of message: MCPMessage) -> Int? {
        let params = message["params"]
        if message.isMethod("notifications/progress"),
            let token = params?["progressToken"].flatMap({ MCPRequestID($0) })
        {
            return streams.first { $0.value.tokens[token] != nil }?.key
        }
        if let id = params?["_meta"]?[Self.subscription].flatMap({ MCPRequestID($0) }) {
            return stream(answering: id)
        }
        return nil
    }

    /// The member that says which subscription a message is of, since 2026-07-28.
    static let subscription = "io.modelcontextprotocol/subscriptionId"
}
