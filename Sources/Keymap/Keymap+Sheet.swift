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
                $0.section == section && $0.isKnown(in: context)
            }.map { SheetRow(action: $0, keys: keys(for: $0, in: context)) }
            return rows.isEmpty ? nil : SheetSection(section: section, rows: rows)
        }
    }

    /// The reference of all presets as Markdown.
    public static func markdown() throws(KeymapError) -> String {
        var keymaps: [Keymap] = []
        for preset in KeymapPreset.allCases { keymaps.append(try Keymap(preset: preset)) }
        let names = KeymapPreset.allCases.map(\.rawValue)
        var lines = introduction
        for section in Action.Section.allCases {
            lines += ["## \(section.rawValue)", ""]
            lines.append("| " + names.joined(separator: " | ") + " | Id | What it does | Where |")
            lines.append(String(repeating: "| --- ", count: names.count + 3) + "|")
            for action in Action.allCases where action.section == section {
                lines += rows(for: action, keymaps)
            }
            lines.append("")
        }
        return lines.dropLast().joined(separator: "\n") + "\n"
    }

    private static let introduction = """
        # Keys

        Generated from the action table and the tables of the presets. `?` shows the keys that
        work where you are and is searched by typing; `:` finds any action by a few letters of
        its id, also one without a key, and says why it cannot be done now. After the first key
        of a sequence such as `* a` a list shows how it can go on.

        `keys_preset` in the settings chooses `vi` (the default), `emacs` or `mail`. To bind
        other keys on top of it, name actions by id in `[keys]`; the keys given replace all keys
        of the action, and an empty list leaves it to the palette. Two actions on one key, an
        unknown id and an unknown key are refused with the line. `ctrl-z` suspends and `ctrl-c`
        leaves, always; `ctrl-s` and `ctrl-q` belong to the terminal. `countersign keys` prints
        what is bound in the end.

        """.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }

    /// One row for every set of keys that the action has somewhere.
    private static func rows(for action: Action, _ keymaps: [Keymap]) -> [String] {
        var groups: [(keys: [[KeySequence]], contexts: [Context])] = []
        for context in action.contexts {
            let keys = keymaps.map { $0.keys(for: action, in: context) }
            if let index = groups.firstIndex(where: { $0.keys == keys }) {
                groups[index].contexts.append(context)
            } else {
                groups.append((keys, [context]))
            }
        }
        return groups.map { group in
            let cells = group.keys.map { keys in
                keys.isEmpty ? "–" : keys.map { "`\(cell("\($0)"))`" }.joined(separator: " ")
            }
            let isEverywhere = group.contexts.count == Context.allCases.count
            let places = group.contexts.map { $0.title.lowercased() }.joined(separator: ", ")
            return "| " + cells.joined(separator: " | ")
                + " | `\(action.rawValue)` | \(action.help) "
                + "| \(isEverywhere ? "everywhere" : places) |"
        }
    }

    /// A bar would end the cell of a Markdown table.
    private static func cell(_ text: String) -> String {
        text == "|" ? "\\|" : text
    }
}
