import Glibc

/// Questions to a person at the terminal.
enum Prompt {
    /// True when there is a person to ask.
    static var canAsk: Bool { Output.isTerminal(STDIN_FILENO) }

    /// Asks and reads one line; nil at the end of the input, and when nobody can read the question.
    static func line(_ question: String) -> String? {
        guard Output.ask(question) else { return nil }
        return readLine(strippingNewline: true)
    }

    /// Asks for a secret, which is not shown while it is typed.
    static func secret(_ question: String) -> String? {
        guard Output.isTerminal(STDIN_FILENO) else { return readLine(strippingNewline: true) }
        guard Output.ask(question) else { return nil }
        var before = termios()
        guard tcgetattr(STDIN_FILENO, &before) == 0 else { return nil }
        var silent = before
        silent.c_lflag &= ~tcflag_t(ECHO)
        // What was typed ahead was typed visibly: it is thrown away.
        guard tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent) == 0 else { return nil }
        defer {
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &before)
            Output.note("")
        }
        return readLine(strippingNewline: true)
    }
}
