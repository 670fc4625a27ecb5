import CLinux
import CNcurses
import Glibc
import TextGrid
import Theming

/// What switches a terminal to the full screen and back.
struct TerminalModes: Hashable, Sendable {
    /// Alternate screen and bracketed paste.
    let enter: String
    /// The way back from any state, even from the middle of a frame.
    let leave: String
}

/// What the environment and the terminal database say about the terminal.
enum Capabilities {
    /// Reads the description of the terminal in `TERM`, and throws when it cannot show a full
    /// screen.
    static func load() throws(TerminalFailure) {
        guard let name = environment("TERM") else { throw .unnamed }
        let safe = SafeText.plain(name)
        guard unsafe cs_setupterm(name) == 1 else { throw .unknown(safe) }
        // Every sequence we write or read back is of the family of ECMA-48.
        guard string("cup").hasPrefix("\u{1B}["), string("clear").hasPrefix("\u{1B}["),
            string("el").hasPrefix("\u{1B}[")
        else { throw .tooSimple(safe) }
    }

    /// What the character type of the process allows to draw.
    static func repertoire() -> Repertoire {
        let isSet = unsafe setlocale(LC_CTYPE, "") != nil
        let wanted = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap(environment).first ?? ""
        let name = wanted.uppercased()
        // A small machine knows no language, and can still show characters.
        if !isSet { return name.hasSuffix("UTF-8") || name.hasSuffix("UTF8") ? .unicode : .ascii }
        guard let codeset = unsafe nl_langinfo(Int32(CODESET)) else { return .ascii }
        return unsafe String(cString: codeset) == "UTF-8" ? .unicode : .ascii
    }

    /// How many colours to use; a choice never makes it more than the terminal has.
    static func depth(_ choice: ColorChoice) -> ColorDepth {
        var has = Int(unsafe cs_number("colors"))
        if has >= 256, ["truecolor", "24bit"].contains(environment("COLORTERM")) { has = 1 << 24 }
        let colors: Int =
            switch choice {
            case .never: 0
            case .automatic: environment("NO_COLOR") == nil ? has : 0
            case .always, .truecolor: has
            case .palette16: min(has, 16)
            case .palette256: min(has, 256)
            }
        return ColorDepth(colors: colors)
    }

    /// What the kernel says of the screen, or what the database says where it says nothing.
    static func screenSize() -> GridSize {
        var rows: Int32 = 0
        var columns: Int32 = 0
        if unsafe cs_winsize(STDOUT_FILENO, &rows, &columns) == 0, rows > 0, columns > 0 {
            return GridSize(columns: Int(columns), rows: Int(rows))
        }
        let fallback = (columns: unsafe cs_number("cols"), rows: unsafe cs_number("lines"))
        return GridSize(
            columns: fallback.columns > 0 ? Int(fallback.columns) : 80,
            rows: fallback.rows > 0 ? Int(fallback.rows) : 24)
    }

    /// What the terminal understands beyond a screen.
    static func dialect() -> Dialect {
        Dialect(term: environment("TERM") ?? "", isInTmux: environment("TMUX") != nil)
    }

    /// How the terminal enters and leaves the full screen.
    static func modes(_ dialect: Dialect, _ options: TerminalOptions) -> TerminalModes {
        let back = string("rmcup")
        var enter = string("smcup") + "\u{1B}[?2004h"
        // A frame that is held back goes out first.
        var leave = dialect == .plain ? "" : "\u{1B}[?2026l"
        if options.usesMouse {
            enter += "\u{1B}[?1000h\u{1B}[?1006h"
            leave += "\u{1B}[?1006l\u{1B}[?1000l"
        }
        if options.setsTitle, dialect != .plain {
            enter += WindowWords.pushTitle
            leave += WindowWords.popTitle
        }
        leave += "\u{1B}[?2004l\u{1B}[r\u{1B}[m" + string("cnorm")
        // Without a second screen the next prompt goes below the last row.
        leave += back.isEmpty ? "\u{1B}[999H\r\n" : back
        return TerminalModes(enter: enter, leave: leave)
    }

    /// What the encoder of frames must know.
    static func traits() -> FrameTraits {
        FrameTraits(
            wrapsLate: unsafe cs_flag("xenl") != 0 || cs_flag("am") == 0,
            erasesWithBackground: unsafe cs_flag("bce") != 0,
            scrolls: string("csr").hasPrefix("\u{1B}[") && string("ind") == "\n"
                && string("ri") == "\u{1B}M",
            movesInRow: string("hpa") == "\u{1B}[%i%p1%dG",
            erasesCharacters: string("ech").hasSuffix("X"),
            hideCursor: string("civis"), showCursor: string("cnorm"))
    }

    private static func string(_ capability: String) -> String {
        guard let value = unsafe cs_capability(capability) else { return "" }
        return withoutDelays(unsafe String(cString: value))
    }

    /// Leaves out `$<5>`, which asks for padding on terminals of another age.
    private static func withoutDelays(_ text: String) -> String {
        var kept = ""
        var rest = text[...]
        while let start = rest.firstIndex(of: "$"), let end = rest[start...].firstIndex(of: ">") {
            kept += rest[..<start]
            rest = rest[rest.index(after: end)...]
        }
        return kept + rest
    }

    private static func environment(_ name: String) -> String? {
        guard let value = unsafe getenv(name), unsafe value.pointee != 0 else { return nil }
        return unsafe String(cString: value)
    }
}
