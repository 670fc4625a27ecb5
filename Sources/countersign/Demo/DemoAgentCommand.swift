import Approvals
import ArgumentParser
import CountersignGate
import CurlTransport
import Gate
import Glibc
import JSONTree
import SystemClock
import WireAPI

/// One agent of a demo; started by `countersign demo` and by nobody else.
struct DemoAgentCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo-agent", abstract: "An agent of the demo.", shouldDisplay: false)

    func run() throws {
        guard let signals = SystemSignals(blocking: [SIGINT, SIGTERM, SIGHUP]) else {
            throw Complaint("Signals cannot be read.", next: "", .failed)
        }
        let line = Array((readLine() ?? "").utf8)
        guard let order = DemoOrder(json: try InputFile.json(line, named: "the order")) else {
            throw Complaint("The order is not complete.", next: "Run `countersign demo`.", .usage)
        }
        try DemoAgent(order).work(signals)
    }
}

/// Submits calls at a human pace, waits, claims, runs and reports: a client like any other.
final class DemoAgent {
    private let order: DemoOrder
    private let driver: GateDriver
    private let ledger: DemoLedger
    private var dice: DemoDice
    private var calls = 0
    private var nextCallAt: Int64 = 0
    private var isStopping = false
    /// Tools at work: they take a moment.
    private var work: [(handle: Int, claim: ClaimAnswer, doneAt: Int64)] = []

    init(_ order: DemoOrder) throws(Complaint) {
        guard let address = ServerAddress(order.url), let token = BearerToken(order.token) else {
            throw Complaint("The order is not complete.", next: "", .usage)
        }
        self.order = order
        ledger = DemoLedger(path: order.ledger)
        dice = DemoDice(seed: order.seed)
        driver = GateDriver(
            try Session(address: address, token: token, account: "agent").transport())
    }

    /// Works until it is told to stop, or until whoever started it is gone.
    func work(_ signals: borrowing SystemSignals) throws(Complaint) {
        for _ in 0..<order.role.callsAtStart { try submit() }
        planNextCall()
        while !isStopping || driver.runningCount > 0 {
            let end = ([nextCallAt] + work.map(\.doneAt)).min() ?? .max
            for event in driver.turn(watching: watched(signals), until: end) {
                take(event, signals)
            }
            finishWork()
            try submitIfDue()
        }
    }

    /// Standard input only ever ends: then the demo itself is gone.
    private func watched(_ signals: borrowing SystemSignals) -> [Int32] {
        isStopping ? [] : [signals.descriptor, STDIN_FILENO]
    }

    private func take(_ event: GateDriver.Event, _ signals: borrowing SystemSignals) {
        switch event {
        case .run(let handle, let claim):
            let now = SystemSource.steadyMilliseconds
            work.append((handle, claim, now + Int64(dice.roll(300...1_800))))
        case .finished: return
        case .readable(let descriptor), .writable(let descriptor):
            if descriptor == STDIN_FILENO { kill(order.server, SIGTERM) }
            while signals.next() != nil {}
            stop()
        }
    }

    private func stop() {
        isStopping = true
        nextCallAt = .max
        let now = SystemSource.steadyMilliseconds
        for handle in driver.running { driver.tell(handle, .interrupted(at: now)) }
    }

    private func finishWork() {
        let now = SystemSource.steadyMilliseconds
        for run in work where run.doneAt <= now || isStopping {
            let isWritten = ledger.append(run.claim, by: order.role)
            driver.tell(
                run.handle,
                .executed(
                    isWritten ? .succeeded : .failed, summary: "written into the ledger", at: now))
        }
        work.removeAll { $0.doneAt <= now || isStopping }
    }

    private func submitIfDue() throws(Complaint) {
        guard !isStopping, SystemSource.steadyMilliseconds >= nextCallAt else { return }
        if driver.runningCount < order.role.waitingMax { try submit() }
        planNextCall()
    }

    private func planNextCall() {
        let seconds = Int64(dice.roll(order.role.pauseSeconds))
        nextCallAt = SystemSource.steadyMilliseconds + seconds * 1_000
    }

    private func submit() throws(Complaint) {
        guard let body = order.role.call(calls, &dice).submission else { throw .unreadable }
        calls += 1
        let gate: GateOrder
        do {
            gate = try GateOrder(
                body, idempotencyKey: SystemSource.uniqueName(), nonce: SystemSource.nonce())
        } catch {
            throw .unreadable
        }
        _ = driver.start(
            Gate(
                gate, patience: .asLongAsTheApproval(unansweredMilliseconds: 60_000),
                runsTool: true, seed: SystemSource.seed()))
    }
}
