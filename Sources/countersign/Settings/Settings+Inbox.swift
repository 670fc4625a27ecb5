import Inbox
import Terminal

extension Settings {
    /// What the inbox shows and how it calls for attention.
    struct Inbox: Sendable {
        var ringsBell = true
        var offersTour = true
        var notices = NoticeChannel.off
        var undoSeconds = 0
        var rejectReasons: [String] = []
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
            SettingsOption(
                "undo_seconds", \.inbox.undoSeconds,
                .whole(in: 0...InboxSettings.undoSecondsMax),
                help: "Seconds in which a confirmed decision waits in the inbox and can be taken "
                    + "back with `u`; nothing is sent before. 0 sends at once."),
            SettingsOption(
                "reject_reasons", \.inbox.rejectReasons,
                .list(of: .text, allowed: "a list of at most 9 strings", countMax: 9),
                help: "Reasons that are offered when something is rejected, each chosen with its "
                    + "digit."),
        ])
}
