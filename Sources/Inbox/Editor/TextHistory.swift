/// What a text was before each change, and after those that were taken back.
struct TextHistory: Hashable, Sendable {
    /// The text and the cursor at one time; lines that did not change are shared.
    struct Moment: Hashable, Sendable {
        let lines: [[Unicode.Scalar]]
        let row: Int
        let column: Int
        let bytes: Int
    }

    fileprivate var done: [Moment] = []
    fileprivate var undone: [Moment] = []
    /// True while characters are typed one after the other: they are taken back together.
    var isTyping = false

    /// So many changes can be taken back, and fewer of a text of many lines.
    fileprivate static let momentsMax = 200
    fileprivate static let linesMax = 200_000
}

extension TextDocument {
    var canUndo: Bool { !history.done.isEmpty }
    var canRedo: Bool { !history.undone.isEmpty }

    private var moment: TextHistory.Moment {
        TextHistory.Moment(lines: lines, row: row, column: column, bytes: bytes)
    }

    /// A change follows.
    mutating func remember(isTyping: Bool) {
        defer { history.isTyping = isTyping }
        history.undone = []
        if isTyping, history.isTyping { return }
        history.done.append(moment)
        let most = min(TextHistory.momentsMax, max(1, TextHistory.linesMax / lines.count))
        if history.done.count > most { history.done.removeFirst(history.done.count - most) }
    }

    mutating func undo() {
        guard let before = history.done.popLast() else { return }
        history.undone.append(moment)
        history.isTyping = false
        restore(before)
    }

    mutating func redo() {
        guard let after = history.undone.popLast() else { return }
        history.done.append(moment)
        history.isTyping = false
        restore(after)
    }
}
