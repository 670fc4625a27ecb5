import Approvals
import CountersignGate
import Gate
import Glibc
import SystemClock
import WireAPI

/// One gate from its start to its end, with the command that it may run.
final class GateRun {
    /// The signals that ask gate to stop, and the one that says that the command ended.
    static let signals = [SIGINT, SIGTERM, SIGHUP, SIGCHLD]

    private let order: GateOrder
    private let command: GatedCommand?
    /// The exit status of the command, once it ran.
    private(set) var commandStatus: Int32?

    init(order: GateOrder, command: [String]?) {
        self.order = order
        self.command = command.map { GatedCommand(arguments: $0) }
    }

    /// Waits until the gate has ended.
    func finish(
        patience: GatePatience, signals: borrowing SystemSignals, session: Session
    ) throws(Complaint) -> GateVerdict {
        let driver = GateDriver(try session.transport())
        let gate = Gate(
            order, patience: patience, runsTool: command != nil, seed: SystemSource.seed())
        let handle = driver.start(gate)
        while true {
            for event in driver.turn(watching: [signals.descriptor]) {
                switch event {
                case .finished(_, let verdict): return verdict
                case .run(_, let claim): run(claim, signals, driver, handle)
                case .readable, .writable: stopIfAsked(signals, driver, handle)
                }
            }
        }
    }

    private func run(
        _ claim: ClaimAnswer, _ signals: borrowing SystemSignals, _ driver: GateDriver,
        _ handle: Int
    ) {
        guard let command else { return }
        let run = command.run(claim, signals: signals)
        commandStatus = run.status
        let now = SystemSource.steadyMilliseconds
        driver.tell(handle, .executed(run.outcome, summary: run.summary, at: now))
    }

    private func stopIfAsked(
        _ signals: borrowing SystemSignals, _ driver: GateDriver, _ handle: Int
    ) {
        while let signal = signals.next() {
            guard signal != SIGCHLD else { continue }
            driver.tell(handle, .interrupted(at: SystemSource.steadyMilliseconds))
        }
    }
}
