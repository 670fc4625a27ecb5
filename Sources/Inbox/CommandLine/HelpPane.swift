package import Keymap

/// The key sheet of the place where somebody asked for it; what is typed narrows it, and enter runs
/// what is highlighted.
package struct HelpPane: Sendable {
    /// Where it was asked for.
    package let place: Place
    /// Only rows that hold every word of this are shown.
    package internal(set) var text = TextField(bytesMax: 100)
    /// The first line on the screen.
    package private(set) var top = 0
    /// Which of the rows is highlighted, headings not counted.
    package private(set) var choice = 0
    /// True when somebody chose a row by hand.
    private var didChoose = false

    package init(for place: Place) { self.place = place }

    /// One line of the sheet.
    package enum Line: Hashable, Sendable {
        case heading(String)
        case row(Action, keys: String)

        /// What it runs.
        package var action: Action? {
            switch self {
            case .heading: nil
            case .row(let action, _): action
            }
        }
    }

    /// The lines, from the same table as the keys themselves.
    package func lines(_ keymap: Keymap) -> [Line] {
        let words = text.text.lowercased().split(separator: " ").map { Array($0.utf8) }
        return keymap.sheet(for: place).flatMap { section -> [Line] in
            let rows = section.rows.filter { row in
                words.allSatisfy { Self.holds(row, $0) }
            }.map {
                Line.row(
                    $0.action,
                    keys: $0.keyText.isEmpty ? ":\($0.action.rawValue)" : $0.keyText)
            }
            return rows.isEmpty ? [] : [.heading(section.section.rawValue)] + rows
        }
    }

    private static func holds(_ row: SheetRow, _ word: [UInt8]) -> Bool {
        let texts = [
            row.action.rawValue, row.action.title.lowercased(), row.action.help.lowercased(),
        ]
        return texts.contains { Array($0.utf8).firstRange(of: word) != nil }
            || row.keys.contains { "\($0)".utf8.elementsEqual(word) }
    }

    /// The line that is highlighted, among all of them; nil before anything was typed or chosen.
    package func highlighted(in lines: [Line]) -> Int? {
        guard didChoose || !text.isEmpty else { return nil }
        let rows = lines.indices.filter { lines[$0].action != nil }
        return rows.isEmpty ? nil : rows[min(choice, rows.count - 1)]
    }

    /// Highlights another row and keeps it on the screen.
    mutating func choose(by step: Int, in lines: [Line], rows: Int) {
        let count = lines.count { $0.action != nil }
        guard didChoose || !text.isEmpty else {
            didChoose = step > 0
            if step > 1 { choose(by: step - 1, in: lines, rows: rows) }
            return
        }
        didChoose = true
        choice = min(max(0, choice + step), max(0, count - 1))
        scroll(lines, rows: rows)
    }

    /// Highlights the row at a line of the sheet.
    mutating func choose(line: Int, in lines: [Line]) {
        guard lines.indices.contains(line), lines[line].action != nil else { return }
        choice = lines[..<line].count { $0.action != nil }
        didChoose = true
    }

    /// Something else is typed: the first row that fits is highlighted.
    mutating func restart() {
        choice = 0
        didChoose = false
        top = 0
    }

    /// Moves what is on the screen without the highlight leaving it.
    private mutating func scroll(_ lines: [Line], rows: Int) {
        let rows = max(1, rows)
        guard let line = highlighted(in: lines) else { return top = 0 }
        // The heading of the first row of a section comes with it.
        let first = line > 0 && lines[line - 1].action == nil ? line - 1 : line
        if first < top { top = first }
        if line >= top + rows { top = line - rows + 1 }
        top = min(top, max(0, lines.count - rows))
    }
}
