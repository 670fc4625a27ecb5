import CurlTransport
import MCPGateway
import WireAPI

/// A server behind a URL.
final class URLUpstream: MCPUpstream {
    private let transport: CurlTransport
    private var way: MCPHTTPUpstream
    private var underWay = 0
    private var hasLeft = false
    private(set) var isAtEnd = false
    private(set) var wakeAt: Int64 = .max
    private var events: [MCPUpstreamEvent] = []

    init(_ url: UpstreamURL) throws(Complaint) {
        var options = TransportOptions(userAgent: "countersign-mcp-gateway")
        options.connectionsMax = CurlTransport.transfersMax
        guard
            let transport = CurlTransport(to: url.address, token: url.token, options: options)
        else {
            throw Complaint(
                "No more files can be opened.", next: "Raise the limit (ulimit -n).", .failed)
        }
        self.transport = transport
        way = MCPHTTPUpstream(target: url.target)
    }

    var waitingCount: Int { 0 }
    var reading: [Int32] { isAtEnd ? [] : [transport.descriptor] }
    var writing: [Int32] { [] }

    /// What comes of it at once is told with the next thing that comes.
    func send(_ line: [UInt8]) {
        tell(.line(line, at: SystemSource.steadyMilliseconds))
        if !events.isEmpty { wakeAt = 0 }
    }

    func readable() -> [MCPUpstreamEvent] {
        let (pieces, answers) = transport.drainAll()
        for piece in pieces {
            tell(
                .piece(
                    exchange: piece.id.rawValue, status: piece.status, headers: piece.headers,
                    piece.bytes))
        }
        for answer in answers {
            underWay -= 1
            tell(
                .ended(
                    exchange: answer.id.rawValue, answer.outcome,
                    at: SystemSource.steadyMilliseconds))
        }
        if hasLeft, underWay == 0 { isAtEnd = true }
        return taken()
    }

    func writable() {}

    func woke() -> [MCPUpstreamEvent] {
        wakeAt = .max
        tell(.woke(at: SystemSource.steadyMilliseconds))
        return taken()
    }

    func leave() {
        hasLeft = true
        tell(.left)
        if underWay == 0 { isAtEnd = true }
    }

    func terminate() {}

    func finish() -> Int32 {
        transport.stop()
        return ExitStatus.done.rawValue
    }

    private func taken() -> [MCPUpstreamEvent] {
        defer { events = [] }
        return events
    }

    private func tell(_ message: MCPHTTPMessage) {
        for effect in way.update(message) {
            switch effect {
            case .send(let number, let request):
                underWay += 1
                transport.start(TransferID(number), request)
            case .abort(let number): transport.cancel(TransferID(number))
            case .line(let line): events.append(.line(line))
            case .lost(let id): events.append(.lost(id))
            case .wake(let at): wakeAt = at
            case .gone: isAtEnd = true
            }
        }
    }
}
