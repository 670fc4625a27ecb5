import Synchronization

/// Lets one task sleep until it is rung, closed, or a time is over.
final class Bell: Sendable {
    private struct State {
        var isRung = false
        var isClosed = false
        var sleeper: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    /// True once nobody will sleep here again.
    var isClosed: Bool { state.withLock(\.isClosed) }

    /// Wakes the sleeper, or the next one who would sleep.
    func ring() {
        let sleeper = state.withLock { state in
            state.isRung = true
            defer { state.sleeper = nil }
            return state.sleeper
        }
        sleeper?.resume()
    }

    /// Wakes the sleeper and lets nobody sleep again.
    func close() {
        state.withLock { $0.isClosed = true }
        ring()
    }

    /// Sleeps until it is rung.
    func sleep() async {
        await withCheckedContinuation { continuation in
            let isNow = state.withLock { state in
                guard !state.isRung, !state.isClosed else { return true }
                state.sleeper = continuation
                return false
            }
            if isNow { continuation.resume() }
        }
        state.withLock { $0.isRung = false }
    }

    /// Sleeps until it is rung, but no longer than `time`.
    func sleep(atMost time: Duration) async {
        let timer = Task {
            do {
                try await Task.sleep(for: time)
                ring()
            } catch {
                // The bell was rung before: nothing is left to do.
            }
        }
        await sleep()
        timer.cancel()
    }
}
