extension Settings {
    /// What the inbox shows and how it calls for attention.
    struct Inbox: Sendable {
        var ringsBell = true
    }
}

extension SettingsSection {
    static let inbox = SettingsSection(
        "Inbox", "What the inbox shows, and how it calls for attention.",
        [
            SettingsOption(
                "bell", \.inbox.ringsBell, .flag,
                help: "Rings the terminal's bell when something urgent arrives.")
        ])
}
