extension Settings {
    /// What protects from deciding the wrong thing.
    struct Safety: Sendable {
    }
}

extension SettingsSection {
    static let safety = SettingsSection(
        "Safety", "What protects you from deciding the wrong thing.", [])
}
