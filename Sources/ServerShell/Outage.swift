import ControlPlane
import ServiceLifecycle
import Synchronization

/// Ends the program in good order once the store says that it writes no more.
final class Outage: Service {
    /// Why the program ends.
    struct Ended: Error {
        let failure: StoreFailure
    }

    private let reason = Mutex<StoreFailure?>(nil)
    private let bell = Bell()

    /// What the store said, if it stopped.
    var failure: StoreFailure? { reason.withLock { $0 } }

    /// The store stopped.
    func report(_ failure: StoreFailure) {
        reason.withLock { $0 = $0 ?? failure }
        bell.ring()
    }

    func run() async throws {
        try await withTaskCancellationOrGracefulShutdownHandler {
            await bell.sleep()
            if let failure { throw Ended(failure: failure) }
        } onCancelOrGracefulShutdown: {
            self.bell.close()
        }
    }
}
