import Keymap

/// Counts presses in quick succession on one cell.
struct MouseClicks: Hashable, Sendable {
    static let pauseNanoseconds: UInt64 = 400_000_000

    private var last: MouseEvent?
    private var at: UInt64 = 0

    /// The event with its number of clicks.
    mutating func count(_ event: MouseEvent, at now: UInt64) -> MouseEvent {
        guard event.kind == .press else { return event }
        var clicks = 1
        if let last, last.column == event.column, last.row == event.row,
            now &- at <= Self.pauseNanoseconds
        {
            clicks = last.clicks + 1
        }
        let counted = MouseEvent(
            event.kind, column: event.column, row: event.row, clicks: clicks)
        last = counted
        at = now
        return counted
    }
}
