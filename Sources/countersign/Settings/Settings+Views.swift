import Inbox
import JSONTree

extension Settings {
    /// Queries with names.
    struct Views: Sendable {
        var saved: [SavedView] = []
    }
}

extension SettingsSection {
    static let views = SettingsSection(
        "Views", "Queries with names; Docs/Triage.md says how queries are written.",
        [
            SettingsOption(
                "views", \.views, .views,
                help: "A name and a query, which `f` and `:view` offer in the inbox.",
                example: "{ night = \"left<15m risk>=high by:tool\" }")
        ])
}

extension SettingsKind<Settings.Views> {
    /// A table of names and queries.
    static let views = SettingsKind(
        allowed: table.allowed,
        read: { value throws(SettingsMistake) in
            Settings.Views(
                saved: try table.read(value).map { SavedView(name: $0.name, query: $0.value) })
        },
        write: { views in
            table.write(views.saved.map { SettingsEntry(name: $0.name, value: $0.query) })
        })

    private static let table = SettingsKind<[SettingsEntry<String>]>.table(
        of: query, allowed: "a table: names, each with a query")

    /// A query that can be understood.
    private static let query = SettingsKind<String>(
        allowed: "a query",
        read: { value throws(SettingsMistake) in
            guard let text = value.stringValue, !text.isEmpty else {
                throw .wrong("a query", value)
            }
            if let problem = SavedView.problem(in: text) {
                throw SettingsMistake(
                    names: [], sentence: "is no query that can be understood. \(problem)",
                    nextStep: "Docs/Triage.md says how queries are written.")
            }
            return text
        },
        write: { .string($0) })
}
