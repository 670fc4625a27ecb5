import Glibc
import JSONTree
import TextGrid

/// What the program prints. Text from outside comes in as `SafeText`, so it is inert on a terminal.
enum Output {
    /// Prints a line.
    static func line(_ text: SafeText) { write(text.text + "\n", to: STDOUT_FILENO) }

    /// Where lines go: the answer itself, or what is said beside it.
    enum Stream {
        case standardOutput, standardError
        /// The terminal of the person who is asked, wherever the other two go.
        case person

        /// Where somebody who is asked reads; the answer itself stays apart from it.
        static func asking(isJSON: Bool) -> Stream {
            if !Prompt.canAsk { return .standardError }
            return isJSON || !Output.isTerminal(STDOUT_FILENO) ? .person : .standardOutput
        }
    }

    /// Prints lines.
    static func lines(_ lines: [SafeText], on stream: Stream = .standardOutput) {
        guard !lines.isEmpty else { return }
        let text = lines.map { $0.text + "\n" }.joined()
        switch stream {
        case .standardOutput: write(text, to: STDOUT_FILENO)
        case .standardError, .person: say(text)
        }
    }

    /// Prints a JSON value on one line; what a terminal would act on is escaped in JSON's own way.
    static func json(_ value: JSONValue) {
        write(SafeText.json(value.text(.compact)).text + "\n", to: STDOUT_FILENO)
    }

    /// Prints bytes as they are; for programs that read them.
    static func bytes(_ bytes: [UInt8]) { write(bytes, to: STDOUT_FILENO) }

    /// Says something to the person on standard error.
    ///
    /// When nobody can read it there, the exit status has to say it alone.
    static func note(_ text: String) { say(SafeText.plain(text) + "\n") }

    /// Writes a line of our own over the one that stands on the terminal of standard error, and
    /// leaves the cursor at its start.
    static func overwrite(_ line: String, padding: Int) {
        let gap = String(repeating: " ", count: padding)
        _ = wrote(Array("\r\(line)\(gap)\r".utf8), to: STDERR_FILENO)
    }

    /// Prints our own help, several lines.
    static func text(_ text: String) { write(text + "\n", to: STDOUT_FILENO) }

    /// Says several lines on standard error.
    static func note(lines text: String) { say(plainLines(text)) }

    /// Shows what is about to be decided; throws when it cannot have been read, because nobody
    /// decides on what was not shown.
    static func show(_ lines: [SafeText], on stream: Stream) throws(Complaint) {
        let text = lines.map { $0.text + "\n" }.joined()
        let descriptor = stream == .standardOutput ? STDOUT_FILENO : STDERR_FILENO
        let isWritten =
            stream == .person
            ? Terminal.write(Array(text.utf8)) : wrote(Array(text.utf8), to: descriptor)
        guard isWritten else {
            throw Complaint(
                "What is decided could not be shown; nothing was decided.",
                next: "Look at where the output goes.", .failed)
        }
    }

    private static func say(_ text: String) {
        let bytes = Array(text.utf8)
        if !wrote(bytes, to: STDERR_FILENO), isTerminal(STDOUT_FILENO) {
            _ = wrote(bytes, to: STDOUT_FILENO)
        }
    }

    private static func plainLines(_ text: String) -> String {
        // The layout of a help page is ours; what a person typed into it is made harmless.
        text.split(separator: "\n", omittingEmptySubsequences: false).map { line -> String in
            let indent = line.prefix { $0 == " " }
            let words = SafeText.plain(String(line.dropFirst(indent.count)))
            return "\(indent)\(words)\n"
        }.joined()
    }

    /// Asks at the terminal, without a line's end; false when nobody can have read it.
    static func ask(_ text: String) -> Bool { Terminal.write(Array(SafeText.plain(text).utf8)) }

    /// Where a person at standard input reads.
    private enum Terminal {
        /// Standard error, or the terminal itself when that goes elsewhere.
        static func write(_ bytes: [UInt8]) -> Bool {
            if isTerminal(STDERR_FILENO) { return wrote(bytes, to: STDERR_FILENO) }
            let terminal = open("/dev/tty", O_WRONLY | O_NOCTTY | O_CLOEXEC)
            guard terminal >= 0 else { return wrote(bytes, to: STDERR_FILENO) }
            defer { close(terminal) }
            return wrote(bytes, to: terminal)
        }
    }

    /// True when a person looks at the descriptor.
    static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

    private static func write(_ text: String, to descriptor: Int32) {
        write(Array(text.utf8), to: descriptor)
    }

    /// Writes everything; a reader that went away ends the program quietly.
    private static func write(_ bytes: [UInt8], to descriptor: Int32) {
        guard !wrote(bytes, to: descriptor) else { return }
        exit(errno == EPIPE ? 0 : ExitStatus.failed.rawValue)
    }

    /// Writes everything; false when that failed.
    private static func wrote(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }
}
