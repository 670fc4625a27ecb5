import Keymap

/// Tells the key presses that may be drawn together from those that need the screen to be true.
struct KeyPace {
    private let keymap: Keymap
    /// What was said of the last press; held keys repeat.
    private var last: (stroke: KeyStroke, moves: Bool)?

    init(_ keymap: Keymap) { self.keymap = keymap }

    /// True when the press moves about somewhere and decides nothing anywhere.
    ///
    /// Every other press acts on what is on the screen, so all before it is drawn first.
    mutating func isNavigation(_ stroke: KeyStroke) -> Bool {
        if let last, last.stroke == stroke { return last.moves }
        let moves = movesOnly(stroke)
        last = (stroke, moves)
        return moves
    }

    private func movesOnly(_ stroke: KeyStroke) -> Bool {
        var moves = false
        for context in Context.allCases {
            switch keymap.resolve(stroke, in: context) {
            case .action(let action):
                guard !action.isDecision else { return false }
                moves = moves || action.kind == .navigation
            case .pending: return false
            case .none: continue
            }
        }
        return moves
    }
}
