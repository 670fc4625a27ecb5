import InboxShell
import JSONTree
import Terminal

extension Settings {
    /// How the terminal is drawn on.
    struct Terminal: Sendable {
        /// A shipped theme, one of the person's own, or the path of a theme's file.
        var theme = "dark"
        var color = ColorChoice.automatic
        var isLinear = false
        var usesMouse = false
        var setsTitle = false
        var clipboard = Clipboard.terminal
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
                variable: SettingsVariable("NO_COLOR", means: "never", insteadOf: "auto")),
            SettingsOption(
                "screen_reader", \.terminal.isLinear, .flag,
                help: "True shows one thing at a time from top to bottom, its state in words, "
                    + "without lines, boxes and running clocks, for screens that are read aloud."),
            SettingsOption(
                "mouse", \.terminal.usesMouse, .flag,
                help: "True lets a click select and the wheel scroll; to select text hold Shift "
                    + "then. No click ever decides anything."),
            SettingsOption(
                "title", \.terminal.setsTitle, .flag,
                help: "True shows in the window's title how many approvals wait."),
            SettingsOption(
                "clipboard", \.terminal.clipboard, .clipboard,
                help: "Where copied text goes: to the clipboard of the terminal (osc52; in tmux "
                    + "it needs set-clipboard or allow-passthrough), nowhere (off), or to a "
                    + "program and its arguments on its standard input.",
                example: "[\"wl-copy\"]"),
        ])
}

extension SettingsKind<Clipboard> {
    /// A word, or a program.
    static let clipboard = {
        let allowed = "\"osc52\", \"off\", or a list: a program and its arguments"
        return SettingsKind(
            allowed: allowed,
            read: { value throws(SettingsMistake) in
                if value.arrayValue != nil {
                    let words = try SettingsKind<[String]>.texts.read(value)
                    guard !words.isEmpty else { throw .wrong(allowed, value) }
                    return .program(words)
                }
                switch value.stringValue {
                case "osc52": return .terminal
                case "off": return .off
                case _: throw .wrong(allowed, value)
                }
            },
            write: { clipboard in
                switch clipboard {
                case .terminal: "osc52"
                case .off: "off"
                case .program(let words): .array(words.map { .string($0) })
                }
            })
    }()
}

extension Settings {
    /// What is wanted of the terminal.
    var terminalOptions: TerminalOptions {
        TerminalOptions(
            color: terminal.color, usesMouse: terminal.usesMouse, setsTitle: terminal.setsTitle,
            notices: inbox.notices)
    }
}
