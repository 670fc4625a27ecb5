import Approvals
import CurlTransport
import Gate
import SystemClock

/// Runs the gates of one process on a thread of its own, so that no task of the caller blocks.
final class GateWorker: Sendable {
    private let mailbox: GateMailbox

    /// Nil when the process may open no more descriptors. The thread starts with the first call.
    init?(_ transport: CurlTransport) {
        guard let mailbox = GateMailbox(transport) else { return nil }
        self.mailbox = mailbox
    }

    deinit { mailbox.order(.stop) }

    /// Begins a gate that leaves the tool to its caller, and names it.
    func start(_ order: GateOrder, patience: GatePatience) -> Int {
        let gate = Gate(order, patience: patience, runsTool: true, seed: FreshNames.seed())
        return mailbox.start(gate)
    }

    /// What happens next with a gate: the tool is to run, or it ended. One caller waits at a time.
    func next(of number: Int) async -> GateMailbox.Step {
        await withCheckedContinuation { mailbox.wait(for: number, $0) }
    }

    /// Asks a gate to stop in good order; without effect once the tool runs.
    func interrupt(_ number: Int) {
        mailbox.order(.tell(number, .interrupted(at: SystemClock().bootMilliseconds)))
    }

    /// Reports the end of the tool, and waits until the control plane knows or cannot be told.
    func report(_ number: Int, _ outcome: Outcome, _ summary: String) async {
        mailbox.order(
            .tell(
                number, .executed(outcome, summary: summary, at: SystemClock().bootMilliseconds)))
        _ = await next(of: number)
    }
}
