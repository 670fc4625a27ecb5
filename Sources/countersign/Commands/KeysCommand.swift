import ArgumentParser
import JSONTree
import Keymap
import SystemClock

/// `countersign keys`.
struct KeysCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys", abstract: "Print which keys mean what in the inbox.",
        discussion: """
            One line for every key in every place: the place, the key, the id of the action and \
            what it does. These are the keys of the settings: of keys_preset, with [keys] on top. \
            An action without a key is run by its id after : in the inbox.

            \(ExitStatus.ordinary)
            """)

    @Option(
        name: .long, help: "The keys of vi, emacs or mail alone, without the settings.",
        transform: { word in
            guard let preset = KeymapPreset(rawValue: word) else {
                throw ValidationError("it is none of vi, emacs and mail")
            }
            return preset
        })
    var preset: KeymapPreset?

    @OptionGroup var common: CommonOptions

    func run() throws {
        let keymap = try keymap()
        if common.json { return Output.json(Self.wire(keymap)) }
        Output.text(Self.lines(keymap).joined(separator: "\n"))
    }

    private func keymap() throws -> Keymap {
        if let preset { return try Keymap(preset: preset) }
        return try Settings.read(SystemEnvironment()).keys.keymap
    }

    /// One line for every key, in columns.
    static func lines(_ keymap: Keymap) -> [String] {
        let rows = rows(keymap)
        func width(_ text: (Row) -> String) -> Int { rows.map { text($0).count }.max() ?? 0 }
        let widths = (width(\.place), width(\.key), width(\.action.rawValue))
        return rows.map { row in
            padded(row.place, widths.0) + padded(row.key, widths.1)
                + padded(row.action.rawValue, widths.2) + row.action.help
        }
    }

    /// The same for programs.
    static func wire(_ keymap: Keymap) -> JSONValue {
        .array(
            rows(keymap).map { row in
                [
                    "place": .string(row.place), "key": .string(row.key),
                    "action": .string(row.action.rawValue), "title": .string(row.action.title),
                    "help": .string(row.action.help),
                ]
            })
    }

    private struct Row {
        let place: String
        let key: String
        let action: Action
    }

    private static func rows(_ keymap: Keymap) -> [Row] {
        Context.allCases.flatMap { context in
            keymap.sheet(for: context).flatMap(\.rows).flatMap { row in
                row.keys.map { Row(place: context.rawValue, key: "\($0)", action: row.action) }
            }
        }
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count) + 2)
    }
}
