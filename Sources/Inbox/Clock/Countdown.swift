import Approvals

/// How much time is left, as text that changes as seldom as it may.
package enum Countdown {
    /// Seconds are shown from here on.
    package static let secondsFrom: Int64 = 120_000

    /// `expired`, `0:42`, `7 min`, `3 h` or `5 d`.
    package static func text(_ milliseconds: Int64) -> String {
        guard milliseconds > 0 else { return "expired" }
        guard milliseconds > secondsFrom else {
            let seconds = (milliseconds + 999) / 1_000
            return "\(seconds / 60):\(seconds % 60 < 10 ? "0" : "")\(seconds % 60)"
        }
        let minutes = milliseconds / 60_000
        if minutes < 120 { return "\(minutes) min" }
        return minutes < 48 * 60 ? "\(minutes / 60) h" : "\(minutes / 1_440) d"
    }

    /// Milliseconds until `text` says something else; nil when it says so for good.
    package static func untilChange(_ milliseconds: Int64) -> Int64? {
        guard milliseconds > 0 else { return nil }
        guard milliseconds > secondsFrom else { return (milliseconds - 1) % 1_000 + 1 }
        let minutes = milliseconds / 60_000
        let unit: Int64 = minutes < 120 ? 60_000 : minutes < 48 * 60 ? 3_600_000 : 86_400_000
        // The next text comes one millisecond below a whole unit, or where seconds begin.
        return min(milliseconds % unit + 1, milliseconds - secondsFrom)
    }

    /// True when somebody should hurry.
    package static func isUrgent(_ milliseconds: Int64) -> Bool { milliseconds <= secondsFrom }
}

/// How long ago something was.
package enum Age {
    /// `under 1 min`, `4 min`, `3 h` or `5 d`.
    package static func text(_ milliseconds: Int64) -> String {
        let minutes = max(0, milliseconds) / 60_000
        if minutes < 1 { return "under 1 min" }
        if minutes < 120 { return "\(minutes) min" }
        return minutes < 48 * 60 ? "\(minutes / 60) h" : "\(minutes / 1_440) d"
    }

    /// Milliseconds until `text` says something else.
    package static func untilChange(_ milliseconds: Int64) -> Int64 {
        let minutes = max(0, milliseconds) / 60_000
        let unit: Int64 = minutes < 120 ? 60_000 : minutes < 48 * 60 ? 3_600_000 : 86_400_000
        return unit - max(0, milliseconds) % unit
    }
}
