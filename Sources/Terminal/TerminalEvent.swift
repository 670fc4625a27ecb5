public import Keymap
public import TextGrid

/// Something the terminal or the system tells the program.
public enum TerminalEvent: Hashable, Sendable {
    /// A key press.
    case key(KeyStroke)
    /// Pasted text, never a command.
    case paste(String)
    /// A paste of so many bytes, too long to be taken.
    case pasteRefused(Int)
    /// The mouse, when it was asked for.
    case mouse(MouseEvent)
    /// A byte takes so long to the terminal and back, as it measured; it never answers a key.
    case lineMeasured(milliseconds: Int)
    /// The screen has another size; draw everything again.
    case resized(GridSize)
    /// Another process asks this one to stop (`kill -TSTP`); answer with `Terminal.suspend()`.
    case suspendRequested
    /// The terminal is gone; nothing can be drawn any more.
    case hangup
    /// This signal asks the program to end: finish with `Terminal.end(by:)`.
    case terminated(signal: Int32)
}

/// Why no full screen can be opened.
public enum TerminalFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// Standard input or output is no terminal.
    case notATerminal
    /// `TERM` is not set.
    case unnamed
    /// The terminal database does not know this terminal.
    case unknown(String)
    /// The terminal cannot move its cursor, such as `dumb`.
    case tooSimple(String)
    /// The system refused something.
    case system(String)

    /// One plain sentence for standard error; the program then ends with status 2.
    public var description: String {
        let advice = "use “countersign list” and “countersign show” instead."
        let sentence =
            switch self {
            case .notATerminal: "The inbox needs a terminal for input and output; \(advice)"
            case .unnamed: "TERM is not set, so the terminal is unknown; set it, or \(advice)"
            case .unknown(let name):
                "The terminal database does not know “\(name)”; set TERM to another, or \(advice)"
            case .tooSimple(let name): "The terminal “\(name)” cannot show a full screen; \(advice)"
            case .system(let what): "The terminal could not be opened: \(what)."
            }
        return sentence.replacing("“", with: "\"").replacing("”", with: "\"")
    }
}

/// Which colours to use, when it is not left to the terminal.
public enum ColorChoice: String, CaseIterable, Hashable, Sendable {
    /// What the terminal offers; none when `NO_COLOR` is set.
    case automatic = "auto"
    /// What the terminal offers, whatever `NO_COLOR` says.
    case always
    /// None.
    case never
    /// At most sixteen.
    case palette16 = "16"
    /// At most the palette of xterm.
    case palette256 = "256"
    /// Any, where the terminal's description allows it.
    case truecolor
}
