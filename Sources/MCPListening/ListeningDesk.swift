import ControlPlaneAPI
import Cryptography
import HTTPServer
import Logging
import MCPGateway
import ServiceLifecycle
import Synchronization
import SystemClock
import WireAPI

/// Takes what clients ask and what gateways say, one after another, and carries out what follows.
final class ListeningDesk: Service {
    private let words: [String]
    private let door: MCPListenerDoor
    private let logger: Logger
    private let messages: AsyncStream<MCPListenerMessage>
    private let queue: AsyncStream<MCPListenerMessage>.Continuation
    private let open = Mutex(Open())

    /// The exchanges that have no answer yet.
    private struct Open {
        var count = 0
        var isClosed = false
        var waiting: [Int: CheckedContinuation<HTTPAnswer, Never>] = [:]
    }

    init(_ words: [String], _ door: MCPListenerDoor, logger: Logger) {
        self.words = words
        self.door = door
        self.logger = logger
        (messages, queue) = AsyncStream.makeStream()
    }

    /// Answers one request of a client.
    func answer(_ call: APICall, from caller: Caller) async -> HTTPAnswer {
        let exchange: Int? = open.withLock { open in
            guard !open.isClosed else { return nil }
            open.count += 1
            return open.count
        }
        guard let exchange else { return .whole(HTTPResponse(status: 503)) }
        let request = MCPClientRequest(
            method: call.method, target: call.target, headers: call.headers, body: call.body)
        let answer = await withCheckedContinuation { continuation in
            open.withLock { $0.waiting[exchange] = continuation }
            let name = Hexadecimal.encode(SystemEntropy().bytes(24))
            queue.yield(.asked(exchange: exchange, request, freshName: name, at: Self.now))
        }
        await caller.whenGone { [queue] in queue.yield(.left(exchange: exchange, at: Self.now)) }
        return answer
    }

    /// Works until it is told to shut down; then gateways withdraw what waits.
    func run() async throws {
        var work = ListeningWork(words, door, logger: logger, queue: queue)
        await withTaskCancellationOrGracefulShutdownHandler {
            for await message in messages {
                for (exchange, answer) in await work.take(message) {
                    open.withLock { $0.waiting.removeValue(forKey: exchange) }?
                        .resume(returning: answer)
                }
            }
        } onCancelOrGracefulShutdown: {
            self.queue.finish()
        }
        let left = open.withLock { open in
            open.isClosed = true
            defer { open.waiting = [:] }
            return open.waiting.values.map(\.self)
        }
        for continuation in left {
            continuation.resume(returning: .whole(HTTPResponse(status: 503)))
        }
        await work.end()
    }

    static var now: Int64 { SystemClock().monotonicMilliseconds }
}
