import Approvals
import ZoneTime

/// How times and spans are written in plain output.
enum Words {
    /// The time left, as `0:42`, `12:05` or `3 h 20 min`; `over` when there is none.
    static func left(until deadline: Timestamp, at now: Timestamp) -> String {
        let milliseconds = deadline.since(now)
        guard milliseconds > 0 else { return "over" }
        let seconds = (milliseconds + 999) / 1_000
        if seconds >= 86_400 { return "\(seconds / 86_400) d \(seconds % 86_400 / 3_600) h" }
        if seconds >= 3_600 { return "\(seconds / 3_600) h \(seconds % 3_600 / 60) min" }
        let rest = seconds % 60
        return "\(seconds / 60):\(rest < 10 ? "0" : "")\(rest)"
    }

    /// A time without its fraction: `2026-11-22 09:04:11Z`.
    static func time(_ timestamp: Timestamp) -> String {
        let text = timestamp.rfc3339
        return text.prefix(10) + " " + text.dropFirst(11).prefix(8) + "Z"
    }

    /// Seconds of `90`, `90s`, `5m`, `2h`, `1d` or `1h30m`; nil for anything else.
    static func seconds(_ text: String) -> Int? { WrittenSpan.seconds(text) }
}
