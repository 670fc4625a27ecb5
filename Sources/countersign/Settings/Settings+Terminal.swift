import Terminal

extension Settings {
    /// How the terminal is drawn on.
    struct Terminal: Sendable {
        /// A shipped theme, one of the person's own, or the path of a theme's file.
        var theme = "dark"
        var color = ColorChoice.automatic
    }
}

extension SettingsSection {
    static let terminal = SettingsSection(
        "Terminal", "How the inbox looks.",
        [
            SettingsOption(
                "theme", \.terminal.theme, .text("the name of a theme or the path of its file"),
                help: "How everything looks."),
            SettingsOption(
                "color", \.terminal.color, .choice,
                help: "How many colours are used: what the terminal offers unless NO_COLOR is set "
                    + "(auto), what it offers (always, truecolor), at most so many, or none.",
                variable: SettingsVariable("NO_COLOR", means: "never", insteadOf: "auto"),
                taking: .atStart),
        ])
}
