import Glibc
import InboxShell
import MCPGateway
import SystemClock

/// A server that is a program of ours, over its standard input and output.
final class ProgramUpstream: MCPUpstream {
    private let program: UpstreamProgram
    private var source: LineSourceStream
    private var sink: LineSinkStream
    private var isOpen = true
    private var mayClose = false

    init(_ program: UpstreamProgram) {
        self.program = program
        source = LineSourceStream(program.output, lineBytesMax: MCPGateway.lineBytesMax)
        sink = LineSinkStream(program.input)
    }

    var isAtEnd: Bool { source.isAtEnd }
    var waitingCount: Int { sink.waitingCount }
    var reading: [Int32] { source.isAtEnd ? [] : [source.descriptor] }
    var writing: [Int32] { sink.waitingCount > 0 ? [sink.descriptor] : [] }
    var wakeAt: Int64 { .max }

    func send(_ line: [UInt8]) { if isOpen { sink.add(line) } }

    func readable() -> [MCPUpstreamEvent] { source.lines().map { .line($0) } }

    func writable() {
        sink.write()
        closeWhenDone()
    }

    func woke() -> [MCPUpstreamEvent] { [] }

    func leave() {
        mayClose = true
        closeWhenDone()
    }

    func terminate() { program.child.send(SIGTERM) }

    func finish() -> Int32 {
        let waitsMax = 20
        for _ in 0..<waitsMax {
            if let end = program.child.endIfEnded() { return end.status }
            program.child.send(SIGTERM)
            _ = poll(nil, 0, 100)
        }
        program.child.send(SIGKILL)
        return program.child.wait().status
    }

    private func closeWhenDone() {
        guard mayClose, isOpen, sink.waitingCount == 0 else { return }
        isOpen = false
        close(program.input)
    }
}
