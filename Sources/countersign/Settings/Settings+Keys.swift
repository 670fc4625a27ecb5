import JSONTree
import Keymap

extension Settings {
    /// Which keys mean what.
    struct Keys: Sendable {
        /// What the keys are when nothing else is said.
        private(set) var preset = KeymapPreset.vi
        /// What the file says, as it says it.
        private(set) var changes: [SettingsEntry<[String]>] = []
        private(set) var keymap = Keymap.standard

        /// The keys of the preset with the person's own on top.
        mutating func bind(
            _ preset: KeymapPreset, _ changes: [SettingsEntry<[String]>]
        ) throws(KeymapError) {
            let keys = Dictionary(changes.map { ($0.name, $0.value) }) { $1 }
            keymap = try Keymap(preset: preset, changes: keys)
            self.preset = preset
            self.changes = changes
        }
    }
}

extension SettingsSection {
    static let keys = SettingsSection(
        "Keys", "Other keys for actions; Docs/Keys.md has the actions and how keys are written.",
        [
            SettingsOption(
                "keys_preset", allowed: SettingsKind<KeymapPreset>.choice.allowed,
                help:
                    "The keys of vi, of Emacs or of mutt. Your own keys below [keys] come on top.",
                example: "\"vi\"",
                take: { value, settings throws(SettingsMistake) in
                    let preset = try SettingsKind<KeymapPreset>.choice.read(value)
                    try take(preset, settings.keys.changes, &settings)
                },
                value: { .string($0.keys.preset.rawValue) }),
            SettingsOption(
                "keys", allowed: table.allowed,
                help: "The name of an action and a list of its keys, which replace its own. An "
                    + "empty list unbinds the action. `countersign keys` prints them all.",
                example: "{ help = [\"f1\", \"?\"] }",
                take: { value, settings throws(SettingsMistake) in
                    try take(settings.keys.preset, try table.read(value), &settings)
                },
                value: { table.write($0.keys.changes) }),
        ])

    private static func take(
        _ preset: KeymapPreset, _ changes: [SettingsEntry<[String]>], _ settings: inout Settings
    ) throws(SettingsMistake) {
        do throws(KeymapError) {
            try settings.keys.bind(preset, changes)
        } catch {
            throw mistake(error)
        }
    }

    /// A table of actions and their keys.
    private static let table = SettingsKind<[SettingsEntry<[String]>]>.table(
        of: .texts, allowed: "a table of names and lists of strings")

    private static func mistake(_ error: KeymapError) -> SettingsMistake {
        if case .unknownAction(let name) = error {
            return .unknown(name, among: Action.allCases.map(\.rawValue), noun: "action").below(
                name)
        }
        return SettingsMistake(
            names: [error.actionID], sentence: "cannot be taken: \(error.description)",
            nextStep: "Choose other keys; `countersign keys` prints what is bound.")
    }
}
