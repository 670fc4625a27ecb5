import ServiceLifecycle
import SystemClock

/// Ends waits when their time is over, and all of them when the server shuts down.
struct HubService: Service {
    let hub: WaitHub
    let clock: SystemClock

    func run() async throws {
        await withTaskCancellationOrGracefulShutdownHandler {
            while !hub.bell.isClosed {
                if hub.count == 0 { await hub.bell.sleep() }
                await pause(milliseconds: WaitHub.tickMilliseconds)
                hub.tick(at: clock.monotonicMilliseconds)
            }
        } onCancelOrGracefulShutdown: {
            hub.close()
            hub.bell.close()
        }
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
