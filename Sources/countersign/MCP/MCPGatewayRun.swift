import Approvals
import CountersignGate
import Gate
import Glibc
import InboxShell
import MCPGateway
import SystemClock
import WireAPI

/// A gateway at work between standard input and output and the server behind.
final class MCPGatewayRun {
    /// How much may wait for one side before the other one is not read any more.
    private static let waitingBytesMax = 4 << 20
    /// How long the server behind has to end by itself once the client is gone.
    private static let farewellMilliseconds: Int64 = 5_000

    private let call: CallOptions
    private let prefix: String
    /// Names this run: the ids of requests count from 1 on every connection.
    private let name = SystemSource.uniqueName()
    private let upstream: any MCPUpstream
    private let driver: GateDriver
    private var gateway = MCPGateway()
    private var client: LineSourceStream
    private var toClient: LineSinkStream
    private var handles: [Int: Int] = [:]
    private var numbers: [Int: Int] = [:]
    private var interrupted: Set<Int> = []
    /// Calls that went on to the server and have no answer yet.
    private var runs: Set<Int> = []
    private var wakeAt: Int64 = .max
    /// When what is left is ended by force; nil while the client is there.
    private var endsAt: Int64?
    private var isUpstreamTold = false

    init(
        _ upstream: any MCPUpstream, _ call: CallOptions, prefix: String, session: Session
    ) throws(Complaint) {
        self.upstream = upstream
        self.call = call
        self.prefix = prefix
        driver = GateDriver(try session.transport())
        client = LineSourceStream(STDIN_FILENO, lineBytesMax: MCPGateway.lineBytesMax)
        toClient = LineSinkStream(STDOUT_FILENO)
    }

    /// Runs until both sides are gone, and returns the status of the server behind.
    func run(_ signals: borrowing SystemSignals) -> Int32 {
        while isAtWork {
            let now = SystemSource.steadyMilliseconds
            let end = min(wakeAt, upstream.wakeAt, endsAt ?? .max)
            for event in driver.turn(
                watching: [signals.descriptor] + reading, writing: writing, until: end)
            {
                take(event, signals)
            }
            if SystemSource.steadyMilliseconds >= wakeAt { tell(.woke(at: now)) }
            if SystemSource.steadyMilliseconds >= upstream.wakeAt { hear(upstream.woke()) }
            if client.isAtEnd || toClient.isBroken { leave() }
        }
        return upstream.finish()
    }

    private var isAtWork: Bool {
        if let endsAt, SystemSource.steadyMilliseconds >= endsAt { return false }
        let isClientOwed = toClient.waitingCount > 0 && !toClient.isBroken
        // Of calls that ran when the server went away nothing will be heard any more.
        return !upstream.isAtEnd || isClientOwed || driver.runningCount > runs.count
    }

    private var reading: [Int32] {
        var open: [Int32] = []
        if !client.isAtEnd, upstream.waitingCount < Self.waitingBytesMax {
            open.append(client.descriptor)
        }
        if toClient.waitingCount < Self.waitingBytesMax { open += upstream.reading }
        return open
    }

    private var writing: [Int32] {
        (toClient.waitingCount > 0 ? [toClient.descriptor] : []) + upstream.writing
    }

    private func take(_ event: GateDriver.Event, _ signals: borrowing SystemSignals) {
        switch event {
        case .run(let handle, let claim):
            guard let number = numbers[handle] else { return }
            runs.insert(number)
            tell(.claimed(call: number, claim))
        case .finished(let handle, let verdict):
            guard let number = numbers.removeValue(forKey: handle) else { return }
            handles[number] = nil
            tell(.ended(call: number, verdict))
        case .writable(let descriptor):
            if descriptor == toClient.descriptor {
                toClient.write()
            } else {
                upstream.writable()
            }
        case .readable(let descriptor):
            if descriptor == client.descriptor {
                readClient()
            } else if upstream.reading.contains(descriptor) {
                hear(upstream.readable())
            } else {
                while let signal = signals.next() { take(signal) }
            }
        }
    }

    private func readClient() {
        let now = SystemSource.steadyMilliseconds
        for line in client.lines() { tell(.fromClient(line, at: now)) }
    }

    private func hear(_ events: [MCPUpstreamEvent]) {
        for event in events {
            switch event {
            case .line(let line): tell(.fromUpstream(line))
            case .lost(let id): tell(.upstreamLost(requestID: id))
            }
        }
        guard upstream.isAtEnd, !isUpstreamTold else { return }
        isUpstreamTold = true
        // What waits for a decision is withdrawn before anything else is ended.
        tell(.upstreamEnded)
        leave()
    }

    private func take(_ signal: Int32) {
        guard signal != SIGCHLD else { return }
        upstream.terminate()
        leave()
    }

    /// The client is gone: nothing is asked any more, what waits is withdrawn, the server may end.
    private func leave() {
        guard endsAt == nil else { return }
        endsAt = SystemSource.steadyMilliseconds + Self.farewellMilliseconds
        for handle in driver.running { interrupt(handle) }
        upstream.leave()
    }

    private func tell(_ message: MCPGatewayMessage) {
        for effect in gateway.update(message) { carryOut(effect) }
    }

    private func carryOut(_ effect: MCPGatewayEffect) {
        let now = SystemSource.steadyMilliseconds
        switch effect {
        case .toClient(let line): toClient.add(line)
        case .toUpstream(let line): upstream.send(line)
        case .hold(let number, let held): hold(number, held)
        case .withdraw(let number):
            if let handle = handles[number] { interrupt(handle) }
        case .report(let number, let outcome, let summary):
            guard let handle = handles[number] else { return }
            runs.remove(number)
            driver.tell(handle, .executed(outcome, summary: summary, at: now))
        case .abandon(let number):
            // Its lease ends by itself, and the approval says that nobody knows.
            runs.remove(number)
            if let handle = handles.removeValue(forKey: number) {
                numbers[handle] = nil
                driver.forget(handle)
            }
        case .wake(let at): wakeAt = at
        }
    }

    /// Asks a gate to stop, once: asked twice it would not wait for its cancellation to arrive.
    private func interrupt(_ handle: Int) {
        guard interrupted.insert(handle).inserted else { return }
        driver.tell(handle, .interrupted(at: SystemSource.steadyMilliseconds))
    }

    private func hold(_ number: Int, _ held: HeldCall) {
        guard endsAt == nil else { return }
        do throws(Complaint) {
            var submission = try call.submission(
                tool: prefix + held.tool, arguments: held.arguments,
                origin: OriginBody(framework: "mcp", runID: name, callID: held.requestID),
                timeoutSeconds: try call.timeout.map { text throws(Complaint) in
                    try Parsed.seconds(text, for: "--timeout")
                })
            submission.schema = submission.schema ?? held.schema
            let order = try call.order(submission, key: "mcp:\(name):\(held.requestID)")
            let gate = Gate(
                order, patience: try call.patience(), runsTool: true, seed: SystemSource.seed())
            let handle = driver.start(gate)
            handles[number] = handle
            numbers[handle] = number
        } catch {
            let verdict = GateVerdict.refused(
                status: 0, detail: error.sentence, nextStep: error.nextStep)
            tell(.ended(call: number, verdict))
        }
    }
}
