import Approvals
import SystemClock

/// The wall clock at the start plus what a steady clock counted since: it never steps back.
struct LocalTime {
    private let clock = SystemClock()
    private let wallAtStart: Int64
    private let steadyAtStart: Int64

    init() {
        wallAtStart = clock.wallMilliseconds
        steadyAtStart = clock.bootMilliseconds
    }

    var now: Timestamp {
        Timestamp(milliseconds: wallAtStart).adding(
            milliseconds: clock.bootMilliseconds - steadyAtStart)
    }
}
