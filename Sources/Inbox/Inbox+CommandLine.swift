import Approvals
import Keymap
import TextGrid

extension Inbox {
    // MARK: Help

    mutating func performInHelp(_ action: Action, _ help: HelpPane) {
        var help = help
        let rows = helpRows(layout)
        let lines = help.lines(settings.keymap)
        if action == .accept {
            overlays.removeLast()
            if let line = help.highlighted(in: lines), let action = lines[line].action {
                run(action, from: help)
            }
            return
        }
        if action == .cancel {
            guard !help.text.isEmpty else {
                overlays.removeLast()
                return
            }
            help.text.replace(with: "")
            help.restart()
        } else if let step = Self.step(action, rows: rows) {
            help.choose(by: step, in: lines, rows: rows)
        } else {
            _ = performTyping(action)
            return
        }
        overlays[overlays.count - 1] = .help(help)
    }

    /// Runs what somebody chose in the key sheet. A question is answered where it is read.
    private mutating func run(_ action: Action, from help: HelpPane) {
        guard help.place != .dialog || !action.isDecision else {
            say(.info, "Answer the question itself: \(key(for: action)) does it there.")
            return
        }
        perform(action)
    }

    /// The rows of the key sheet below its title.
    package func helpRows(_ layout: InboxLayout) -> Int { max(1, layout.body.rows - 1) }
}
