import Glibc

/// How far something long has come: one line on standard error that redraws itself, and nothing
/// where no terminal shows it.
struct ProgressBar {
    private let isShown = Output.isTerminal(STDERR_FILENO)
    private var shownWidth = 0

    private static let cells = 30

    /// Draws the line anew.
    mutating func show(_ count: Int, of total: Int) {
        guard isShown, total > 0 else { return }
        let line = Self.line(count, of: total)
        Output.overwrite(line, padding: max(0, shownWidth - line.utf8.count))
        shownWidth = line.utf8.count
    }

    /// Takes the line away.
    mutating func clear() {
        guard shownWidth > 0 else { return }
        Output.overwrite("", padding: shownWidth)
        shownWidth = 0
    }

    /// The line, in ASCII.
    static func line(_ count: Int, of total: Int) -> String {
        let done = min(max(0, count), total)
        let filled = done * cells / total
        let bar =
            String(repeating: "#", count: filled) + String(repeating: "-", count: cells - filled)
        return "[\(bar)] \(done * 100 / total) %  \(done) of \(total) calls"
    }
}
