public import Approvals
import Synchronization

/// A wall clock that is stepped now and then, over a monotonic clock that is not.
public final class JumpingClock: Sendable {
    private let state: Mutex<(elapsed: Int64, offset: Int64)>

    /// Begins on 2026-11-22 at 09:00 UTC.
    public init() { state = Mutex((elapsed: 0, offset: 1_795_338_000_000)) }

    /// What a process reads from its wall clock.
    public var wall: Timestamp {
        state.withLock { Timestamp(milliseconds: $0.elapsed + $0.offset) }
    }

    /// What a process reads from its monotonic clock, in milliseconds.
    public var monotonic: Int64 { state.withLock { $0.elapsed } }

    /// Moves both on to the agenda's true time.
    public func advance(to elapsed: Int64) { state.withLock { $0.elapsed = elapsed } }

    /// Steps the wall clock alone.
    public func jump(by milliseconds: Int64) { state.withLock { $0.offset += milliseconds } }
}
