import JSONTree
import Keymap

extension Settings {
    /// Which keys mean what.
    struct Keys: Sendable {
        var keymap = Keymap.standard
        /// What the file says, as it says it.
        var changes: [SettingsEntry<[String]>] = []
    }
}

extension SettingsSection {
    static let keys = SettingsSection(
        "Keys", "Other keys for actions; Docs/Keys.md has the actions and how keys are written.",
        [
            SettingsOption(
                "keys", \.keys, .keys,
                help: "The name of an action and a list of its keys, which replace its own. An "
                    + "empty list unbinds the action.",
                example: "{ help = [\"f1\", \"?\"] }")
        ])
}

extension SettingsKind<Settings.Keys> {
    /// A table of actions and their keys.
    static let keys = SettingsKind(
        allowed: table.allowed,
        read: { value throws(SettingsMistake) in
            let changes = try table.read(value)
            let keys = Dictionary(changes.map { ($0.name, $0.value) }) { $1 }
            do throws(KeymapError) {
                return Settings.Keys(keymap: try Keymap(changes: keys), changes: changes)
            } catch {
                throw mistake(error)
            }
        },
        write: { table.write($0.changes) })

    private static let table = SettingsKind<[SettingsEntry<[String]>]>.table(
        of: .texts, allowed: "a table of names and lists of strings")

    private static func mistake(_ error: KeymapError) -> SettingsMistake {
        if case .unknownAction(let name) = error {
            return .unknown(name, among: Action.allCases.map(\.rawValue), noun: "action").below(
                name)
        }
        return SettingsMistake(
            names: [error.actionID], sentence: "cannot be taken: \(error.description)",
            nextStep: "Choose other keys.")
    }
}
