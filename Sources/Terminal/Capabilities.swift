import CLinux
import CNcurses
import Glibc
import TextGrid
import Theming

/// What the environment and the terminal database say about the terminal.
enum Capabilities {
    /// The name in `TERM`, when the terminal can show a full screen.
    static func terminalName() throws(TerminalFailure) -> String {
        guard let name = environment("TERM") else { throw .unnamed }
        let safe = SafeText.plain(name)
        guard unsafe cs_setupterm(name) == 1 else { throw .unknown(safe) }
        // Every sequence we write or read back is of the family of ECMA-48.
        guard string("cup").hasPrefix("\u{1B}["), string("clear").hasPrefix("\u{1B}[") else {
            throw .tooSimple(safe)
        }
        return name
    }

    /// Sets the character type of the process, and says what it allows to draw.
    static func setLocale() -> Repertoire {
        let isSet = unsafe setlocale(LC_CTYPE, "") != nil
        let wanted = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap(environment).first ?? ""
        if !isSet, wanted.uppercased().hasSuffix("UTF-8") || wanted.uppercased().hasSuffix("UTF8") {
            // A small machine knows no language but can still show characters.
            _ = unsafe setlocale(LC_CTYPE, "C.UTF-8")
        }
        guard let codeset = unsafe nl_langinfo(Int32(CODESET)) else { return .ascii }
        return unsafe String(cString: codeset) == "UTF-8" ? .unicode : .ascii
    }

    /// How many colours to use; a choice never makes it more than the terminal has.
    static func depth(_ choice: ColorChoice) -> ColorDepth {
        guard has_colors() else { return .mono }
        let has = max(8, unsafe Int(tigetnum("colors")))
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

    /// What the kernel says of the screen, or what ncurses found where it says nothing.
    static func screenSize() -> GridSize {
        var rows: Int32 = 0
        var columns: Int32 = 0
        if unsafe cs_winsize(STDOUT_FILENO, &rows, &columns) == 0, rows > 0, columns > 0 {
            return GridSize(columns: Int(columns), rows: Int(rows))
        }
        return GridSize(columns: Int(cs_cols()), rows: Int(cs_lines()))
    }

    /// What gives the screen back when ncurses cannot be asked any more.
    static func leaveSequence() -> String {
        string("sgr0") + string("cnorm") + string("rmcup")
    }

    private static func string(_ capability: String) -> String {
        guard let value = unsafe cs_capability(capability) else { return "" }
        return unsafe withoutDelays(String(cString: value))
    }

    /// Leaves out `$<5>`, which asks for padding on terminals of another age.
    private static func withoutDelays(_ text: String) -> String {
        var kept = ""
        var rest = text[...]
        while let start = rest.firstIndex(of: "$"),
            let end = rest[start...].firstIndex(of: ">")
        {
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
