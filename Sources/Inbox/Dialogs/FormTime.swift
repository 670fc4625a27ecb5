import Approvals
import ZoneTime

/// What is wrong with what was typed into a form, and in which field.
struct FormProblem: Error, Hashable {
    let field: Int
    let sentence: String
}

extension Zone {
    /// The instant that was typed into a field of this name.
    func instant(
        typed text: String, into name: String, field: Int, now: Timestamp
    ) throws(FormProblem) -> Timestamp {
        do {
            return try instant(written: text, now: now)
        } catch {
            switch error {
            case .unreadable:
                throw FormProblem(
                    field: field,
                    sentence: "\(name) is no time. Write now, 8h, 3d or 2026-11-30T09:00.")
            case .twice(let first, let second):
                throw FormProblem(
                    field: field,
                    sentence: "\(name) comes twice, the clock is put back: write \(first) "
                        + "or \(second).")
            }
        }
    }

    /// As in `Thu 2026-05-28 09:00 – 17:00`, with the second day where it is another one.
    func hours(_ start: Timestamp, _ end: Timestamp) -> String {
        let last = local(at: end)
        let isOneDay = local(at: start).date == last.date
        return "\(text(start)) – \(isOneDay ? last.clockText : text(end))"
    }

    /// An instant as it is typed on this wall; with its offset where the wall shows it twice.
    func typed(_ instant: Timestamp) -> String {
        let local = local(at: instant)
        if case .once = meaning(of: local) { return "\(local)" }
        return instant.rfc3339
    }
}

extension String {
    /// The text with a full stop, where it has no end of its own.
    var asSentence: String {
        guard let last = utf8.last else { return "" }
        return last == UInt8(ascii: ".") || last == UInt8(ascii: "!") ? self : self + "."
    }

    /// The text without spaces at its ends.
    var withoutOuterSpaces: String {
        let start = drop(while: \.isWhitespace)
        guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(start[...last])
    }
}
