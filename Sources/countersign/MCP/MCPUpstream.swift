/// The server behind a gateway, however it is reached.
protocol MCPUpstream: AnyObject {
    /// What it says, in order.
    typealias Event = MCPUpstreamEvent

    /// True when nothing will come from it any more.
    var isAtEnd: Bool { get }
    /// How many bytes wait for it.
    var waitingCount: Int { get }
    /// Descriptors to be read from, unless nobody takes what it says.
    var reading: [Int32] { get }
    var writing: [Int32] { get }
    /// When it wants to be woken, on the clock that never jumps.
    var wakeAt: Int64 { get }
    func send(_ line: [UInt8])
    /// Takes what is there on one of its descriptors.
    func readable() -> [Event]
    func writable()
    func woke() -> [Event]
    /// The client is gone: it may end when it has taken what waits.
    func leave()
    /// Asks it to end now.
    func terminate()
    /// Ends it, which had its time, and says with which status.
    func finish() -> Int32
}

/// What came from a server behind.
enum MCPUpstreamEvent {
    case line([UInt8])
    /// No answer to this request will come.
    case lost([UInt8])
}
