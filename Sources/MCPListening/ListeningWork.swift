import HTTPServer
import Logging
import MCPGateway
import WireAPI

/// The listener at work: its gateways, and the answers that come in pieces.
struct ListeningWork {
    /// Pieces that may wait for a client that reads slowly; its answer breaks off behind them.
    private static let piecesMax = 4_096

    private let words: [String]
    private let logger: Logger
    private let queue: AsyncStream<MCPListenerMessage>.Continuation
    private var listener: MCPListener
    private var workers: [Int: GatewayWorker] = [:]
    private var pieces: [Int: AsyncStream<[UInt8]>.Continuation] = [:]
    private var alarm: Task<Void, Never>?
    /// Gateways that were told to end.
    private var ending: [Task<Void, Never>] = []

    init(
        _ words: [String], _ door: MCPListenerDoor, logger: Logger,
        queue: AsyncStream<MCPListenerMessage>.Continuation
    ) {
        self.words = words
        self.logger = logger
        self.queue = queue
        listener = MCPListener(door)
    }

    /// Takes in what happened, carries out what follows, and returns the answers that begin.
    mutating func take(_ message: MCPListenerMessage) async -> [(exchange: Int, HTTPAnswer)] {
        if case .ended(let worker) = message { forget(worker) }
        var answers: [(exchange: Int, HTTPAnswer)] = []
        for effect in listener.update(message) {
            switch effect {
            case .answer(let exchange, let answer): answers.append((exchange, .whole(answer)))
            case .open(let exchange, let head):
                let (stream, pieces) = AsyncStream<[UInt8]>.makeStream(
                    bufferingPolicy: .bufferingOldest(Self.piecesMax))
                self.pieces[exchange] = pieces
                answers.append((exchange, .pieces(head, stream)))
            case .piece(let exchange, let bytes): say(bytes, to: exchange)
            case .close(let exchange): pieces.removeValue(forKey: exchange)?.finish()
            case .start(let worker): await start(worker)
            case .tell(let worker, let line): workers[worker]?.tell(line)
            case .stop(let worker):
                workers[worker]?.stop()
                forget(worker)
            case .wake(let at): wake(at: at)
            }
        }
        return answers
    }

    /// Lets every gateway withdraw what waits and end.
    mutating func end() async {
        alarm?.cancel()
        for stream in pieces.values { stream.finish() }
        for worker in workers.keys.sorted() {
            workers[worker]?.stop()
            forget(worker)
        }
        for task in ending { await task.value }
    }

    /// A client that does not read loses its connection, and comes back for what it missed.
    private mutating func say(_ bytes: [UInt8], to exchange: Int) {
        guard let stream = pieces[exchange] else { return }
        if case .dropped = stream.yield(bytes) {
            stream.finish()
            pieces[exchange] = nil
            queue.yield(.left(exchange: exchange, at: ListeningDesk.now))
        }
    }

    private mutating func start(_ worker: Int) async {
        let queue = queue
        let ears = GatewayWorker.Ears(
            line: { queue.yield(.line(worker: worker, $0, at: ListeningDesk.now)) },
            ended: { queue.yield(.ended(worker: worker)) })
        do {
            workers[worker] = try await GatewayWorker.start(
                words, lineBytesMax: MCPGateway.lineBytesMax, ears)
        } catch {
            logger.error("no gateway", metadata: ["reason": "\(error)"])
            queue.yield(.ended(worker: worker))
        }
    }

    private mutating func forget(_ worker: Int) {
        guard let gone = workers.removeValue(forKey: worker) else { return }
        ending.append(Task { await gone.end() })
        if ending.count > MCPListener.sessionsMax { ending.removeFirst() }
    }

    private mutating func wake(at time: Int64) {
        alarm?.cancel()
        guard time != .max else { return }
        let queue = queue
        alarm = Task {
            await pause(milliseconds: max(0, time - ListeningDesk.now))
            guard !Task.isCancelled else { return }
            queue.yield(.woke(at: ListeningDesk.now))
        }
    }
}
