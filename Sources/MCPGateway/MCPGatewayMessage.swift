public import Approvals
public import Gate
public import JSONTree
public import WireAPI

/// What happened, as far as a gateway cares. Times are milliseconds of a clock that never jumps.
public enum MCPGatewayMessage: Hashable, Sendable {
    /// A line of the client, without its end.
    case fromClient([UInt8], at: Int64)
    /// A line of the server behind, without its end.
    case fromUpstream([UInt8])
    /// A held call was claimed: it shall run once, with these arguments.
    case claimed(call: Int, ClaimAnswer)
    /// The gate of a held call ended.
    case ended(call: Int, GateVerdict)
    /// It is the time that was asked for.
    case woke(at: Int64)
    /// No answer to this request will come, and whether the server acted on it is not known.
    case upstreamLost(requestID: [UInt8])
    /// The server behind is gone.
    case upstreamEnded
}

/// What a gateway wants done.
public enum MCPGatewayEffect: Hashable, Sendable {
    /// A line for the client, without its end.
    case toClient([UInt8])
    /// A line for the server behind, without its end.
    case toUpstream([UInt8])
    /// Submit the call, and say what comes of it under this number.
    case hold(call: Int, HeldCall)
    /// Nobody waits for this call any more.
    case withdraw(call: Int)
    /// The call ran, or did not: the receipt.
    case report(call: Int, Outcome, summary: String)
    /// The call went on, and its end will never be known: no receipt.
    case abandon(call: Int)
    /// Send `woke` then; a later order replaces an earlier one.
    case wake(at: Int64)
}

/// One call of a tool that a person may have to approve.
public struct HeldCall: Hashable, Sendable {
    /// The tool, as its server names it.
    public let tool: String
    /// The arguments as the client sent them.
    public let arguments: JSONValue
    /// The JSON Schema that the server lists for the tool.
    public let schema: JSONValue?
    /// The name of the request on its connection, as JSON.
    public let requestID: String
}
