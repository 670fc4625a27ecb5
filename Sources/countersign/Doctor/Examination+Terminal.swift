import Glibc
import InboxShell
import SystemClock
import Terminal
import TextGrid
import Theming

extension Examination {
    /// The smallest screen that the inbox draws on.
    private static let sizeMin = GridSize(columns: 60, rows: 15)

    var terminal: [Finding] {
        guard Output.isTerminal(STDIN_FILENO), Output.isTerminal(STDOUT_FILENO) else {
            return [
                Finding(
                    "terminal", .warn, "Input or output is no terminal.",
                    fix: "For the inbox run it by hand; plain subcommands work.")
            ]
        }
        do throws(TerminalFailure) {
            let facts = try TerminalFacts.read(settings.terminal.color)
            let name = environment["TERM"] ?? ""
            let size = facts.size
            var findings = [
                Finding(
                    "terminal", .ok,
                    "\(name), \(size.columns)x\(size.rows), \(Self.words(facts.depth)), mouse "
                        + (settings.terminalOptions.usesMouse ? "on" : "off"))
            ]
            if size.columns < Self.sizeMin.columns || size.rows < Self.sizeMin.rows {
                let least = "\(Self.sizeMin.columns)x\(Self.sizeMin.rows)"
                findings.append(
                    Finding(
                        "terminal", .fail, "The screen is too small.",
                        fix: "Make it at least \(least)."))
            }
            return findings
        } catch {
            return [Finding("terminal", .fail, error.description, fix: "Set TERM, as to xterm.")]
        }
    }

    private static func words(_ depth: ColorDepth) -> String {
        switch depth {
        case .mono: "no colours"
        case .palette8: "8 colours"
        case .palette16: "16 colours"
        case .palette256: "256 colours"
        case .truecolor: "true colour"
        }
    }

    var locale: Finding {
        let name =
            ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { environment[$0] }.first ?? "not set"
        let isThere = setlocale(LC_CTYPE, "") != nil
        let upper = name.uppercased()
        let isUTF8 = upper.hasSuffix("UTF-8") || upper.hasSuffix("UTF8")
        if isUTF8, isThere { return Finding("locale", .ok, name) }
        if isUTF8 {
            return Finding(
                "locale", .warn, "\(name) is not installed; characters are drawn all the same.",
                fix: "C.UTF-8 is on every machine.")
        }
        return Finding(
            "locale", .warn, "\(name): frames are drawn in ASCII, other letters as marks.",
            fix: "Set LANG=C.UTF-8.")
    }

    var editor: Finding {
        let command = TextEditor(environment: environment).command
        guard let program = command.first, let path = found(program) else {
            return Finding(
                "editor", .warn, "\(command.first ?? "vi") is not to be found.",
                fix: "Set VISUAL or EDITOR; E needs it, editing in place does not.")
        }
        return Finding("editor", .ok, path)
    }

    /// Where a program is, by PATH.
    func found(_ program: String) -> String? {
        let path = environment["PATH"] ?? ""
        let folders =
            program.contains("/") ? [""] : path.split(separator: ":").map { $0 + "/" }
        return folders.map { $0 + program }.first { access($0, X_OK) == 0 }
    }

    var tmux: [Finding] {
        guard environment["TMUX"] != nil else { return [] }
        var findings: [Finding] = []
        if let pause = option("escape-time").flatMap({ Int($0) }), pause > 50 {
            findings.append(
                Finding(
                    "tmux", .warn, "It holds Escape back for \(pause) ms.",
                    fix: "`set -sg escape-time 10` in tmux.conf."))
        }
        if settings.terminalOptions.notices != .off, option("allow-passthrough") == "off" {
            findings.append(
                Finding(
                    "tmux", .warn, "Notices do not reach the terminal.",
                    fix: "`set -g allow-passthrough on` in tmux.conf."))
        }
        if option("set-clipboard") == "off" {
            findings.append(
                Finding(
                    "tmux", .warn, "Copied text does not reach the clipboard.",
                    fix: "`set -g set-clipboard on` in tmux.conf, or name a program in clipboard."))
        }
        return findings.isEmpty
            ? [Finding("tmux", .ok, "inside tmux, nothing in the way")] : findings
    }

    /// An option of tmux; nil when it cannot be asked.
    private func option(_ name: String) -> String? {
        let flag = name == "escape-time" || name == "set-clipboard" ? "-sv" : "-gv"
        do {
            return try TokenCommand(words: ["tmux", "show-options", flag, name]).run()
        } catch {
            return nil
        }
    }
}
