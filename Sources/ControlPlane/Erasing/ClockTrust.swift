public import Approvals

/// Whether the wall clock may be believed when something is erased for its age.
///
/// Values that are gone do not come back when a clock is set right again. So a clock that jumped,
/// or that stands far from what the log saw last, is not believed before a day of steady time has
/// passed on the monotonic clock, in which somebody can set it right.
public struct ClockTrust: Sendable {
    private var last: (wall: Int64, steady: Int64)?
    private var doubtedAt: Int64?

    /// So far may wall and monotonic clock move apart between two looks, in milliseconds.
    public static let jumpMax: Int64 = 60_000
    /// So long after the newest event of the log a start is nothing strange, in milliseconds.
    public static let idleMax: Int64 = 86_400_000
    /// So long a doubt lasts, in milliseconds on the monotonic clock.
    public static let doubtMilliseconds: Int64 = 86_400_000

    /// Believes nothing yet.
    public init() {}

    /// Takes a look at both clocks, in milliseconds; true when the wall clock may be believed.
    ///
    /// `newest` is when the newest event of any log was written; asked for at the first look only.
    public mutating func isBelieved(
        wall: Int64, steady: Int64, newest: () throws(StoreFailure) -> Timestamp?
    ) throws(StoreFailure) -> Bool {
        if let last {
            let apart = (wall - last.wall) - (steady - last.steady)
            if abs(apart) > Self.jumpMax { doubtedAt = steady }
        } else if let newest = try newest() {
            let idle = wall - newest.milliseconds
            if !(-Self.jumpMax...Self.idleMax).contains(idle) { doubtedAt = steady }
        }
        last = (wall, steady)
        guard let doubtedAt else { return true }
        return steady - doubtedAt >= Self.doubtMilliseconds
    }
}
