public import WireAPI

/// What happened on the way to a server behind a URL. Times are of a clock that never jumps.
public enum MCPHTTPMessage: Hashable, Sendable {
    /// A message for the server.
    case line([UInt8], at: Int64)
    /// Bytes of the answer to a request.
    case piece(exchange: Int, status: Int, headers: [String: String], [UInt8])
    /// A request is over: its status and headers, or why there is no whole answer.
    case ended(exchange: Int, Result<HTTPResponse, TransportFailure>, at: Int64)
    /// It is the time that was asked for.
    case woke(at: Int64)
    /// The client is gone: the session may end.
    case left
}

/// What the way to a server behind a URL wants done.
public enum MCPHTTPEffect: Hashable, Sendable {
    /// Send it, streamed, and say what comes of it under this number.
    case send(exchange: Int, HTTPRequest)
    /// Nobody waits for this answer any more.
    case abort(exchange: Int)
    /// A message of the server.
    case line([UInt8])
    /// No answer to this request will come; whether the server acted on it is not known.
    case lost(requestID: [UInt8])
    /// Send `woke` then; a later order replaces an earlier one.
    case wake(at: Int64)
    /// The server has forgotten the session: nothing can be asked of it any more.
    case gone
}
