import Keymap

/// The `/` line: what is typed, what is wrong with it, and what could be written next.
package struct FilterLine: Sendable {
    /// What is narrowed.
    package enum Target: Hashable, Sendable {
        case queue
        case history
        /// The arguments of one approval, in which a text is looked for.
        case arguments
    }

    package let target: Target
    package internal(set) var text: TextField
    /// What was shown before, which comes back when the line is cancelled.
    let before: String
    /// What is wrong with the text; what was found last stays on the screen so long.
    package internal(set) var problem: QueryProblem?
    package internal(set) var completion: QueryCompletion?
    /// Which earlier query is shown; nil for what is being typed.
    private var earlier: Int?

    init(_ target: Target, showing text: String) {
        self.target = target
        self.text = TextField(text, bytesMax: Self.bytesMax)
        before = text
    }

    /// A longer query is refused by the field.
    static let bytesMax = 400

    /// Brings earlier queries back; `step` is 1 for earlier ones and -1 for later ones.
    mutating func recall(_ lines: [String], step: Int) {
        let wanted = (earlier ?? -1) + step
        guard !lines.isEmpty else { return }
        guard wanted >= 0 else {
            earlier = nil
            text.replace(with: "")
            return
        }
        earlier = min(wanted, lines.count - 1)
        text.replace(with: lines[lines.count - 1 - min(wanted, lines.count - 1)])
    }
}
