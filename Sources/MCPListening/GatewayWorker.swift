import CLinux
import Glibc
import NIOCore
import NIOPosix
import SystemClock

/// One gateway, a program that talks over its standard input and output.
final class GatewayWorker: Sendable {
    private let child: ChildProcess
    private let channel: any Channel

    /// What a gateway does by itself.
    struct Ears: Sendable {
        /// It wrote a line, without its end.
        var line: @Sendable ([UInt8]) -> Void
        /// It closed its output: nothing more comes.
        var ended: @Sendable () -> Void
    }

    /// Starts the program.
    static func start(
        _ words: [String], lineBytesMax: Int, _ ears: Ears
    ) async throws -> GatewayWorker {
        let (child, output, input) = try spawn(words)
        let channel: any Channel
        do {
            channel = try await NIOPipeBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(
                            LineReader(lineBytesMax: lineBytesMax, ears))
                    }
                }
                .takingOwnershipOfDescriptors(input: output, output: input).get()
        } catch {
            child.send(SIGKILL)
            _ = child.wait()
            throw error
        }
        return GatewayWorker(child, channel)
    }

    private init(_ child: ChildProcess, _ channel: any Channel) {
        self.child = child
        self.channel = channel
    }

    /// Says a line to it.
    func tell(_ line: [UInt8]) {
        channel.writeAndFlush(ByteBuffer(bytes: line + [10]), promise: nil)
    }

    /// Says nothing more: it withdraws what waits and ends by itself.
    func stop() { channel.close(mode: .output, promise: nil) }

    /// Waits for its end, and brings it about when it does not come within the time that a gateway
    /// may take to say goodbye.
    func end() async {
        for moment in 0..<140 {
            guard child.endIfEnded() == nil else { return channel.close(promise: nil) }
            if moment == 100 { child.send(SIGTERM) }
            if moment == 130 { child.send(SIGKILL) }
            await pause(milliseconds: 100)
        }
        child.send(SIGKILL)
    }

    private static func spawn(
        _ words: [String]
    ) throws -> (child: ChildProcess, output: Int32, input: Int32) {
        var toChild: [Int32] = [-1, -1]
        var fromChild: [Int32] = [-1, -1]
        guard unsafe cs_pipe(&toChild) == 0, unsafe cs_pipe(&fromChild) == 0 else {
            throw IOError(errnoCode: errno, reason: "pipe")
        }
        defer {
            close(toChild[0])
            close(fromChild[1])
        }
        do {
            let child = try ChildProcess(
                words, streams: .init(input: toChild[0], output: fromChild[1]), inOwnGroup: true)
            return (child, fromChild[0], toChild[1])
        } catch {
            close(toChild[1])
            close(fromChild[0])
            throw error
        }
    }
}

/// Takes the output of a program apart into lines.
private final class LineReader: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let lineBytesMax: Int
    private let ears: GatewayWorker.Ears
    private var line: [UInt8] = []

    init(lineBytesMax: Int, _ ears: GatewayWorker.Ears) {
        self.lineBytesMax = lineBytesMax
        self.ears = ears
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var rest = unwrapInboundIn(data).readableBytesView
        while let end = rest.firstIndex(of: 10) {
            line += rest[..<end]
            rest = rest[(end + 1)...]
            ears.line(line)
            line = []
        }
        line += rest
        // Nothing that long is a message: whoever writes it is no gateway of ours.
        if line.count > lineBytesMax { context.close(promise: nil) }
    }

    func channelInactive(context: ChannelHandlerContext) {
        ears.ended()
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}

/// Does nothing for a while; ends early when the task is cancelled.
func pause(milliseconds: Int64) async {
    do {
        try await Task.sleep(for: .milliseconds(milliseconds))
    } catch {
        // Cancelled: the caller's loop looks at what it is for and ends.
    }
}
