public import WireAPI

/// What happened, as far as a listener cares. Times are milliseconds of a clock that never jumps.
public enum MCPListenerMessage: Sendable {
    /// A client asks; the exchange is what the answer goes to, and `freshName` cannot be guessed.
    case asked(exchange: Int, MCPClientRequest, freshName: String, at: Int64)
    /// The client of an exchange went away before the end of its answer.
    case left(exchange: Int, at: Int64)
    /// A line of a gateway, without its end.
    case line(worker: Int, [UInt8], at: Int64)
    /// A gateway ended, or could not be started.
    case ended(worker: Int)
    /// It is the time that was asked for.
    case woke(at: Int64)
}

/// What a listener wants done.
public enum MCPListenerEffect: Hashable, Sendable {
    /// Start a gateway.
    case start(worker: Int)
    /// A line for a gateway, without its end.
    case tell(worker: Int, [UInt8])
    /// Nothing more is said to this gateway: it withdraws what waits and ends.
    case stop(worker: Int)
    /// The whole answer.
    case answer(exchange: Int, HTTPResponse)
    /// The head of an answer whose body comes in pieces.
    case open(exchange: Int, HTTPResponse)
    /// A piece of such a body.
    case piece(exchange: Int, [UInt8])
    /// The end of such a body.
    case close(exchange: Int)
    /// Send `woke` then; a later order replaces an earlier one.
    case wake(at: Int64)
}

/// What a client asks over HTTP.
public struct MCPClientRequest: Hashable, Sendable {
    /// As sent; it may be none of ours.
    public var method: String
    /// Path and query as sent.
    public var target: String
    /// Names in lower case; a header that came twice has its values joined by `, `.
    public var headers: [String: String]
    public var body: [UInt8]

    /// Puts a request together.
    public init(
        method: String, target: String, headers: [String: String] = [:], body: [UInt8] = []
    ) {
        self.method = method
        self.target = target
        self.headers = headers
        self.body = body
    }
}
