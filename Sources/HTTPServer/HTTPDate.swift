import Approvals
import Synchronization

/// The `Date` header, made once a second.
final class HTTPDate: Sendable {
    private struct Made {
        var second: Int64 = .min
        var text = ""
    }

    private let made = Mutex(Made())

    /// The header's value at `now`.
    func text(at now: Timestamp) -> String {
        let second = now.milliseconds / 1_000
        return made.withLock { made in
            if made.second != second { made = Made(second: second, text: Self.format(now)) }
            return made.text
        }
    }

    private static let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// `Sun, 22 Nov 2026 16:21:04 GMT`, from the RFC 3339 form.
    static func format(_ now: Timestamp) -> String {
        let text = Array(now.rfc3339.utf8)
        func part(_ range: Range<Int>) -> String { String(decoding: text[range], as: UTF8.self) }
        let days = Int(max(0, now.milliseconds) / 86_400_000)
        let month = months[((Int(part(5..<7)) ?? 1) - 1) % 12]
        return "\(weekdays[days % 7]), \(part(8..<10)) \(month) \(part(0..<4)) \(part(11..<19)) GMT"
    }
}
