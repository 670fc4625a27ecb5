package import Keymap

/// The key sheet of the place where somebody asked for it.
package struct HelpPane: Sendable {
    /// Where it was asked for.
    package let place: Place
    /// The first line on the screen.
    package internal(set) var top = 0
    /// Shows only rows that hold this text.
    package internal(set) var filter: String?

    package init(for place: Place) { self.place = place }

    /// One line of the sheet.
    package enum Line: Hashable, Sendable {
        case heading(String)
        case row(keys: String, title: String, help: String)
    }

    /// The lines, from the same table as the keys themselves.
    package func lines(_ keymap: Keymap) -> [Line] {
        let filter = filter?.lowercased() ?? ""
        return keymap.sheet(for: place).flatMap { section -> [Line] in
            let rows = section.rows.filter {
                filter.isEmpty || $0.action.title.lowercased().contains(filter)
                    || $0.action.help.lowercased().contains(filter)
                    || $0.keyText.contains(filter)
            }.map {
                Line.row(
                    keys: $0.keyText.isEmpty ? ":\($0.action.rawValue)" : $0.keyText,
                    title: $0.action.title, help: $0.action.help)
            }
            return rows.isEmpty ? [] : [.heading(section.section.rawValue)] + rows
        }
    }

    mutating func scroll(to line: Int, count: Int, rows: Int) {
        top = min(max(0, line), max(0, count - max(1, rows)))
    }
}
