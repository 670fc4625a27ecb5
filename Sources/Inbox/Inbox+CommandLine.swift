import TextGrid
import Approvals
import Keymap

extension Inbox {
    mutating func performInCommandLine(_ action: Action, _ line: CommandLine) {
        var line = line
        if action == .cancel {
            overlays.removeLast()
            return
        }
        if action == .accept {
            run(line)
            return
        }
        if action == .complete {
            line.complete()
        } else if action == .earlierEntry || action == .laterEntry {
            line.recall(typedLines, step: action == .earlierEntry ? 1 : -1)
        } else {
            if performTyping(action) { return }
            return
        }
        overlays[overlays.count - 1] = .commandLine(line)
    }

    private mutating func run(_ line: CommandLine) {
        overlays.removeLast()
        let typed = line.text.text
        guard !typed.isEmpty else { return }
        typedLines.append(typed)
        if typedLines.count > Self.typedLinesMax { typedLines.removeFirst() }
        guard let action = line.chosen else {
            say(.warning, "There is nothing called \"\(SafeWords.name(typed))\" here.")
            return
        }
        perform(action)
    }

    static let typedLinesMax = 100

    // MARK: Filter

    /// Shows what matches while it is being typed, in the list or in the key sheet.
    mutating func showMatches(of text: String) {
        if case .help(var help) = overlays.last {
            help.filter = text.isEmpty ? nil : text
            help.top = 0
            overlays[overlays.count - 1] = .help(help)
            return
        }
        if !text.isEmpty { loadAll() }
        queue.show(onlyMatching: text)
        queue.scroll(rows: layout.listRows)
    }

    mutating func performInFilter(_ action: Action, _ field: TextField, _ before: String?) {
        if action == .accept {
            overlays.removeLast()
            if field.isEmpty { showMatches(of: "") }
        } else if action == .cancel {
            overlays.removeLast()
            showMatches(of: before ?? "")
        } else {
            _ = performTyping(action)
        }
    }

    // MARK: Help

    mutating func performInHelp(_ action: Action, _ help: HelpPane) {
        var help = help
        let rows = max(1, layout.body.rows - 1)
        let count = help.lines(settings.keymap).count
        if action == .back {
            overlays.removeLast()
            return
        }
        if action == .filter {
            overlays.append(
                .filter(TextField(help.filter ?? "", bytesMax: 100), before: help.filter))
            return
        }
        if action == .clearFilter {
            help.filter = nil
            help.top = 0
        } else if action == .top {
            help.scroll(to: 0, count: count, rows: rows)
        } else if action == .bottom {
            help.scroll(to: count, count: count, rows: rows)
        } else if let step = Self.step(action, rows: rows) {
            help.scroll(to: help.top + step, count: count, rows: rows)
        }
        overlays[overlays.count - 1] = .help(help)
    }
}
