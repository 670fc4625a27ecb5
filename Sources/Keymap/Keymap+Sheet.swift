/// One row of the key sheet.
public struct SheetRow: Hashable, Sendable {
    /// What it does.
    public let action: Action
    /// Its keys here, the most important first; empty when it is unbound.
    public let keys: [KeySequence]

    /// The keys as the sheet prints them.
    public var keyText: String { keys.map(\.description).joined(separator: ", ") }
}

/// The rows of one section of the key sheet.
public struct SheetSection: Hashable, Sendable {
    /// Which section.
    public let section: Action.Section
    /// Its rows, in the order of the action table.
    public let rows: [SheetRow]
}

extension Keymap {
    /// What works where `context` has the focus, for `?`; empty sections are left out.
    public func sheet(for context: Context) -> [SheetSection] {
        Action.Section.allCases.compactMap { section in
            let rows = Action.allCases.filter {
                $0.section == section && $0.contexts.contains(context)
            }.map { SheetRow(action: $0, keys: keys(for: $0, in: context)) }
            return rows.isEmpty ? nil : SheetSection(section: section, rows: rows)
        }
    }

    /// The reference of keys as Markdown.
    public func markdown() -> String {
        var lines = [
            "# Keys", "",
            "Generated from the action table. `?` shows the keys that work where you are, and",
            "`:` runs any action by its id. To bind other keys, name actions by id in the",
            "settings file; the keys given replace all keys of the action.", "",
        ]
        for section in Action.Section.allCases {
            lines += ["## \(section.rawValue)", "", "| Keys | Id | What it does | Where |"]
            lines += ["| --- | --- | --- | --- |"]
            for action in Action.allCases where action.section == section {
                lines += rows(for: action)
            }
            lines.append("")
        }
        return lines.dropLast().joined(separator: "\n") + "\n"
    }

    /// One row for every set of keys that the action has somewhere.
    private func rows(for action: Action) -> [String] {
        var groups: [(keys: [KeySequence], contexts: [Context])] = []
        for context in action.contexts {
            let keys = keys(for: action, in: context)
            if let index = groups.firstIndex(where: { $0.keys == keys }) {
                groups[index].contexts.append(context)
            } else {
                groups.append((keys, [context]))
            }
        }
        return groups.map { group in
            let keys = group.keys.map { "`\(Self.cell("\($0)"))`" }.joined(separator: " ")
            let isEverywhere = group.contexts.count == Context.allCases.count
            let places = group.contexts.map { $0.title.lowercased() }.joined(separator: ", ")
            return "| \(keys) | `\(action.rawValue)` | \(action.help) "
                + "| \(isEverywhere ? "everywhere" : places) |"
        }
    }

    /// A bar would end the cell of a Markdown table.
    private static func cell(_ text: String) -> String {
        text == "|" ? "\\|" : text
    }
}
