import JSONTree
import WireAPI

/// What one POST waits for, or what a session tells by itself.
///
/// What was said is kept while it may be asked for again: a client whose connection broke goes on
/// where it stopped.
struct MCPListenerStream: Sendable {
    /// So many bytes are kept to be said again.
    static let keptBytesMax = 4 << 20

    /// How the answer is written.
    enum Form: Sendable {
        /// As server-sent events.
        case events
        /// As one JSON document, for a client that takes no events.
        case document
    }

    let form: Form
    /// True when a lost connection ends it, since 2026-07-28.
    var isModern = false
    /// Requests without an answer: as the gateway knows them, and as the client named them.
    var asked: [MCPRequestID: JSONValue] = [:]
    /// Tokens of progress, likewise.
    var tokens: [MCPRequestID: JSONValue] = [:]
    /// The answers so far, where they are one document.
    var answers: [JSONValue] = []
    /// What the client's connection is; nil while it has none.
    var exchange: Int?
    private var kept: [(number: Int, event: [UInt8])] = []
    private var keptBytes = 0
    private var count = 0
    /// Up to which event everything went to a connection.
    private var saidCount = 0

    init(_ form: Form) { self.form = form }

    /// One more event, framed; it is kept unless its stream ends with its connection.
    mutating func event(_ line: [UInt8], of stream: Int) -> [UInt8] {
        count += 1
        if exchange != nil { saidCount = count }
        guard !isModern else { return Self.framed(line, id: nil) }
        let event = Self.framed(line, id: "\(stream)-\(count)")
        kept.append((count, event))
        keptBytes += event.count
        while keptBytes > Self.keptBytesMax, kept.count > 1 {
            keptBytes -= kept.removeFirst().event.count
        }
        return event
    }

    /// What was said after this event; nil when some of it is not kept any more.
    func events(after number: Int) -> [[UInt8]]? {
        let first = kept.first?.number ?? count + 1
        guard number >= first - 1, number <= count else { return nil }
        return kept.filter { $0.number > number }.map(\.event)
    }

    /// What went to no connection yet, for a client that does not say what it has.
    mutating func unsaid() -> [[UInt8]] {
        defer { saidCount = count }
        return kept.filter { $0.number > saidCount }.map(\.event)
    }

    /// An event that says nothing but where the stream is.
    static func mark(of stream: Int) -> [UInt8] { framed([], id: "\(stream)-0") }

    private static func framed(_ line: [UInt8], id: String?) -> [UInt8] {
        let name = id.map { "id: \($0)\n" } ?? ""
        return Array((name + "data: ").utf8) + line + Array("\n\n".utf8)
    }
}
