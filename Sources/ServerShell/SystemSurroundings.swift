import Approvals
import ControlPlane
import SystemClock

/// Reads the clocks for one transaction.
struct SystemSurroundings: Sendable {
    private let clock = SystemClock()
    private let boot: String

    init() { boot = SystemClock().bootID ?? "unknown" }

    /// What a command is given besides the store.
    func read() -> Surroundings {
        Surroundings(
            now: Timestamp(milliseconds: clock.wallMilliseconds),
            monotonicMilliseconds: clock.bootMilliseconds, boot: boot, entropy: SystemEntropy())
    }
}
