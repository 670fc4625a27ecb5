import Approvals
import Keymap

extension Inbox {
    /// Opens the `:` line over what has the focus.
    mutating func openPalette() {
        var line = CommandLine(in: place, about: subject)
        line.offer(paletteRows(line))
        overlays.append(.commandLine(line))
    }

    /// What fits what was typed, the best first. The order stays while nothing is typed: what can
    /// be done may change under the cursor, which row is where may not.
    func paletteRows(_ line: CommandLine) -> [CommandLine.Row] {
        if let (action, typed) = line.argument { return argumentRows(action, typed) }
        guard !line.text.isEmpty else { return untypedRows(line) }
        let typed = line.text.text
        let scored = Action.allCases.compactMap { action -> (action: Action, score: Int)? in
            let byName = FuzzyMatch.score(typed, in: action.rawValue)
            let byTitle = FuzzyMatch.score(typed, in: action.title).map { $0 - 1 }
            guard let score = [byName, byTitle].compactMap(\.self).max() else { return nil }
            let isHere = action.isKnown(in: line.place)
            return (action, score + (isHere ? Self.herePoints : 0))
        }
        return Self.stablySorted(scored).map { CommandLine.Row(action: $0) }
    }

    /// So much better fits what works where somebody is.
    private static let herePoints = 24

    /// Equal scores keep the order of the action table.
    private static func stablySorted<Element>(
        _ scored: [(action: Element, score: Int)]
    ) -> [Element] {
        scored.enumerated().sorted {
            ($1.element.score, $0.offset) < ($0.element.score, $1.offset)
        }.map(\.element.action)
    }

    private func argumentRows(_ action: Action, _ typed: String) -> [CommandLine.Row] {
        let choices = CommandArgument.of(action)?.choices(self) ?? []
        let scored = choices.compactMap { choice in
            FuzzyMatch.score(typed, in: choice).map { (action: choice, score: $0) }
        }
        return Self.stablySorted(scored).map { CommandLine.Row(action: action, argument: $0) }
    }

    /// Before anything is typed: what was run last, what can be done here, what else there is.
    private func untypedRows(_ line: CommandLine) -> [CommandLine.Row] {
        var rows: [CommandLine.Row] = []
        for typed in typedLines.reversed() where rows.count < Self.recentMax {
            guard let action = Action.allCases.first(where: { $0.rawValue.isSame(as: typed) })
            else { continue }
            if !rows.contains(where: { $0.action == action }) {
                rows.append(CommandLine.Row(action: action))
            }
        }
        let recent = rows.map(\.action)
        let others = Self.sections.flatMap { section in
            Action.allCases.filter { $0.section == section && !recent.contains($0) }
        }
        let here = Action.palette(in: line.place)
        let groups = [
            others.filter { here.contains($0) && whyNot($0, in: line.place) == nil },
            others.filter { here.contains($0) && whyNot($0, in: line.place) != nil },
            others.filter { !here.contains($0) },
        ]
        return rows + groups.joined().map { CommandLine.Row(action: $0) }
    }

    /// What is needed most stands first.
    private static let sections: [Action.Section] = [
        .deciding, .editing, .looking, .program, .moving, .typing,
    ]

    private static let recentMax = 3

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
        if let step = Self.step(action, rows: Self.paletteRowsMax) {
            chooseOrRecall(&line, step)
        } else if action == .complete {
            line.complete()
            line.offer(paletteRows(line))
        } else if action == .earlierEntry || action == .laterEntry {
            line.recall(typedLines, step: action == .earlierEntry ? 1 : -1)
            line.offer(paletteRows(line))
        } else {
            _ = performTyping(action)
            return
        }
        overlays[overlays.count - 1] = .commandLine(line)
    }

    /// So many rows of the palette are shown at once.
    package static let paletteRowsMax = 10

    /// Above the first row stand the lines that were typed before.
    private func chooseOrRecall(_ line: inout CommandLine, _ step: Int) {
        if line.isRecalling, step < 0 || line.choice == 0 {
            line.recall(typedLines, step: step < 0 ? 1 : -1)
        } else if line.choose(by: step) || step > 0 {
            return
        } else {
            line.recall(typedLines, step: 1)
        }
        line.offer(paletteRows(line))
    }

    private mutating func run(_ line: CommandLine) {
        overlays.removeLast()
        let typed = line.text.text
        if let (action, text) = line.argument, line.rows.isEmpty || !text.isEmpty {
            remember(typed)
            run(action, with: text, line)
            return
        }
        guard let row = line.chosen else {
            guard !line.text.isEmpty else { return }
            remember(typed)
            say(.warning, "There is nothing called \"\(SafeWords.name(typed))\".")
            return
        }
        remember(row.text)
        if let argument = row.argument {
            run(row.action, with: argument, line)
        } else if isStill(line, row.action) {
            perform(row.action)
        }
    }

    private mutating func run(_ action: Action, with text: String, _ line: CommandLine) {
        guard let argument = CommandArgument.of(action), isStill(line, action) else { return }
        let chosen = line.chosen?.argument ?? text
        if let reason = whyNot(action) {
            refuse(action, reason)
        } else if argument.takesText || line.rows.contains(where: { $0.argument == chosen }) {
            argument.run(&self, chosen)
        } else {
            let choices = argument.choices(self).joined(separator: ", ")
            say(.warning, "\(action.rawValue) takes one of \(choices).")
        }
    }

    /// A decision is about what was under the cursor when somebody began to type it.
    private mutating func isStill(_ line: CommandLine, _ action: Action) -> Bool {
        guard action.section == .deciding, line.subject != subject else { return true }
        say(.warning, "Another approval is under the cursor now; nothing was done.")
        return false
    }

    private mutating func remember(_ line: String) {
        typedLines.removeAll { $0.isSame(as: line) }
        typedLines.append(line)
        if typedLines.count > Self.typedLinesMax { typedLines.removeFirst() }
    }

    static let typedLinesMax = 100

    /// Fills the first field of the form that just opened.
    mutating func fillForm(with text: String) {
        switch overlays.last {
        case .decision(var dialog) where dialog.verdict == .reject:
            dialog.comment.replace(with: text)
            overlays[overlays.count - 1] = .decision(dialog)
        case .bulk: bulk?.reason.replace(with: text)
        case .note(var note) where !note.fields.isEmpty:
            note.fields[0].text.replace(with: text)
            overlays[overlays.count - 1] = .note(note)
        case .editor, .diff, .decision, .note, .question, .revealed, .help, .page, .commandLine,
            .filter,
            .views, nil:
            return
        }
    }
}
