extension Settings {
    /// What protects from deciding the wrong thing, and from other eyes and hands.
    struct Safety: Sendable {
        /// True when the queue, views and drafts are kept on this machine between runs.
        var keepsCopy = true
        /// Minutes without a key after which the inbox locks; 0 for never.
        var lockMinutes = 15
        /// Hours after which whoever uses the inbox has to show again who they are; 0 for never.
        var sessionHours = 12
        /// True when stopping the program locks it.
        var locksOnSuspend = false
    }
}

extension SettingsSection {
    static let safety = SettingsSection(
        "Safety", "What protects you from deciding the wrong thing, and from other eyes and hands.",
        [
            SettingsOption(
                "cache", \.safety.keepsCopy, .flag,
                help: "False keeps nothing on this machine: the queue is fetched anew at each "
                    + "start, and drafts are lost when the inbox ends. `countersign --no-cache` "
                    + "does so once.", taking: .atStart),
            SettingsOption(
                "lock_minutes", \.safety.lockMinutes, .whole(in: 0...1_440),
                help: "After so many minutes without a key the inbox locks: its content leaves "
                    + "the screen, and the token is checked again before it comes back. 0 never "
                    + "locks."),
            SettingsOption(
                "session_hours", \.safety.sessionHours, .whole(in: 0...168),
                help: "After so many hours the inbox locks even when it was used all the time. 0 "
                    + "sets no end."),
            SettingsOption(
                "lock_on_suspend", \.safety.locksOnSuspend, .flag,
                help: "True locks the inbox when it is stopped with ctrl-z, so that whoever "
                    + "continues it must be let in again. Good on a machine that others use too."),
        ])
}
