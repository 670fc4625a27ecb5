public import Approvals

/// Why what somebody wrote is no instant.
public enum WrittenTimeProblem: Error, Hashable, Sendable {
    /// It is no time in any of the forms.
    case unreadable
    /// The clock is put back over it: how each of the two instants is written.
    case twice(first: String, second: String)
}

/// Spans of time as people write them.
public enum WrittenSpan {
    /// Seconds of `90`, `90s`, `5m`, `2h`, `1d` or `1h30m`; nil for anything else.
    public static func seconds(_ text: String) -> Int? {
        var total = 0
        var number: Int?
        for character in text.utf8 {
            if (48...57).contains(character) {
                let digit = Int(character - 48)
                guard let grown = (number ?? 0).checked(times: 10, plus: digit) else { return nil }
                number = grown
            } else {
                guard let count = number, let unit = unitSeconds(character) else { return nil }
                guard let sum = count.checked(times: unit, plus: total) else { return nil }
                total = sum
                number = nil
            }
        }
        guard let number else { return text.isEmpty ? nil : total }
        return total == 0 ? number : nil
    }

    private static func unitSeconds(_ letter: UInt8) -> Int? {
        switch letter {
        case UInt8(ascii: "s"): 1
        case UInt8(ascii: "m"): 60
        case UInt8(ascii: "h"): 3_600
        case UInt8(ascii: "d"): 86_400
        default: nil
        }
    }
}

extension Zone {
    /// The instant that is written: `now`, a span from now (`8h`, `3d`), a time on this wall
    /// (`2026-11-30T09:00`), or one with an offset (RFC 3339).
    public func instant(
        written text: String, now: Timestamp
    ) throws(WrittenTimeProblem) -> Timestamp {
        if text.utf8.elementsEqual("now".utf8) { return now }
        if let instant = Timestamp(rfc3339: text) { return instant }
        if let local = LocalTime(text) {
            switch meaning(of: local) {
            case .once(let instant), .skipped(let instant): return instant
            case .twice(let first, let last):
                throw .twice(first: offsetText(first), second: offsetText(last))
            }
        }
        guard let seconds = WrittenSpan.seconds(text), seconds > 0 else { throw .unreadable }
        return now.adding(seconds: seconds)
    }

    /// The past instant that is written: as above, but a span is so long ago, and a day
    /// (`2026-11-30`) is its beginning.
    public func pastInstant(
        written text: String, now: Timestamp
    ) throws(WrittenTimeProblem) -> Timestamp {
        if let seconds = WrittenSpan.seconds(text), seconds > 0 {
            guard seconds <= Self.spanSecondsMax else { throw .unreadable }
            return now.adding(seconds: -seconds)
        }
        let isDay = LocalTime(text + "T00:00") != nil
        return try instant(written: isDay ? text + "T00:00" : text, now: now)
    }

    /// Nobody looks back further: a hundred years.
    private static let spanSecondsMax = 36_525 * 86_400

    /// As in `Fri 2026-11-27 18:00`.
    public func text(_ instant: Timestamp) -> String {
        let local = local(at: instant)
        return "\(local.date.weekday.shortName) \(local.date) \(local.clockText)"
    }

    /// As in `Fri 2026-11-27 18:00 – Mon 2026-11-30 09:00 Europe/Berlin`.
    public func text(from start: Timestamp, to end: Timestamp) -> String {
        "\(text(start)) – \(text(end)) \(name)"
    }

    /// A time on this wall with its offset.
    private func offsetText(_ instant: Timestamp) -> String {
        let offset = offset(at: instant)
        let clock = LocalTime(seconds: abs(offset)).clockText
        let local = local(at: instant)
        return "\(local.date)T\(local.clockText):00\(offset < 0 ? "-" : "+")\(clock)"
    }
}

extension Int {
    fileprivate func checked(times factor: Int, plus addend: Int) -> Int? {
        let (product, overflow) = multipliedReportingOverflow(by: factor)
        let (sum, isTooMuch) = product.addingReportingOverflow(addend)
        return overflow || isTooMuch ? nil : sum
    }
}
