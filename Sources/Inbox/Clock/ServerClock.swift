package import Approvals

/// Estimates the server's clock from its answers and the local time that passed since.
///
/// An answer travels for a while, so what it says is always a little old: of two estimates the
/// later one is nearer to the truth. Only a server whose clock was set makes the estimate go back.
package struct ServerClock: Hashable, Sendable {
    /// Server time minus local time in milliseconds; nil before the first answer.
    package private(set) var offset: Int64?

    /// An estimate further behind than this means that somebody set the server's clock.
    static let stepMilliseconds: Int64 = 2_000

    package init() {}

    /// Takes the server's time as an answer gave it at the local time `now`.
    package mutating func heard(_ serverTime: Timestamp, at now: Timestamp) {
        let fresh = serverTime.since(now)
        guard let offset, fresh < offset, fresh.distance(to: offset) < Self.stepMilliseconds else {
            offset = fresh
            return
        }
    }

    /// The server's time at the local time `now`; local time while nothing is known.
    package func serverTime(at now: Timestamp) -> Timestamp {
        now.adding(milliseconds: offset ?? 0)
    }

    /// The local time at which the server's clock will show `instant`.
    package func localTime(of instant: Timestamp) -> Timestamp {
        instant.adding(milliseconds: -(offset ?? 0))
    }
}
