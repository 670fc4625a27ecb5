import Terminal

extension Settings {
    /// What the inbox shows and how it calls for attention.
    struct Inbox: Sendable {
        var ringsBell = true
        var offersTour = true
        var notices = NoticeChannel.off
    }
}

extension SettingsSection {
    static let inbox = SettingsSection(
        "Inbox", "What the inbox shows, and how it calls for attention.",
        [
            SettingsOption(
                "bell", \.inbox.ringsBell, .flag,
                help: "Rings the terminal's bell when something urgent arrives."),
            SettingsOption(
                "tour", \.inbox.offersTour, .flag,
                help: "Offers a tour of two minutes at the first start; `:tour` starts it any "
                    + "time.",
                taking: .atStart),
            SettingsOption(
                "notify", \.inbox.notices, .choice,
                help: "Asks the terminal to show a notice on the desktop when something arrives: "
                    + "how many, and how many of high risk, and nothing else. osc9 is for iTerm2, "
                    + "kitty, foot, WezTerm and Windows Terminal, osc777 for urxvt, Ghostty, foot "
                    + "and WezTerm. In tmux it needs allow-passthrough."),
        ])
}
