/// What the person wants of the terminal beyond a screen and keys; all of it is off by itself.
public struct TerminalOptions: Hashable, Sendable {
    /// Which colours to use.
    public var color: ColorChoice
    /// True lets the mouse select and scroll, and takes its own selecting from the terminal.
    public var usesMouse: Bool
    /// True shows what waits in the window's title.
    public var setsTitle: Bool
    /// How notices reach the desktop.
    public var notices: NoticeChannel

    /// Puts options together.
    public init(
        color: ColorChoice = .automatic, usesMouse: Bool = false, setsTitle: Bool = false,
        notices: NoticeChannel = .off
    ) {
        self.color = color
        self.usesMouse = usesMouse
        self.setsTitle = setsTitle
        self.notices = notices
    }
}

/// How the terminal is asked to show a notice on the desktop.
public enum NoticeChannel: String, CaseIterable, Hashable, Sendable {
    /// Not at all.
    case off
    /// As iTerm2, foot, kitty, WezTerm, Windows Terminal and others take it.
    case osc9
    /// As urxvt, foot, Ghostty, WezTerm and others take it.
    case osc777
}
