/// How much of xterm's language a terminal speaks beyond moving, erasing and colours.
///
/// A terminal that is not known for it is sent nothing of it: some print what they do not know.
enum Dialect: Hashable, Sendable {
    /// Nothing that may be relied on: the console of Linux, GNU screen, terminals of another age.
    case plain
    /// Strings, titles, questions about modes.
    case xterm
    /// The same, and what is for the terminal around it goes in an envelope.
    case tmux

    /// Decides by `TERM`, and by whether tmux says that it is there.
    init(term: String, isInTmux: Bool) {
        let speaks = Self.families.contains { term.hasPrefix($0) }
        if term.hasPrefix("tmux") || isInTmux && (speaks || term.hasPrefix("screen")) {
            self = .tmux
        } else {
            self = speaks ? .xterm : .plain
        }
    }

    private static let families = [
        "alacritty", "contour", "foot", "ghostty", "gnome", "iterm", "kitty", "konsole", "mintty",
        "putty", "rio", "rxvt", "st-", "vte", "wezterm", "xterm",
    ]

    /// A string for the terminal that shows the window, through what is between.
    func envelope(_ sequence: String) -> String? {
        switch self {
        case .plain: nil
        case .xterm: sequence
        case .tmux:
            "\u{1B}Ptmux;" + sequence.replacing("\u{1B}", with: "\u{1B}\u{1B}") + "\u{1B}\\"
        }
    }
}
