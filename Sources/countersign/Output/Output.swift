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
    }

    /// Prints lines.
    static func lines(_ lines: [SafeText], on stream: Stream = .standardOutput) {
        guard !lines.isEmpty else { return }
        let descriptor = stream == .standardOutput ? STDOUT_FILENO : STDERR_FILENO
        write(lines.map { $0.text + "\n" }.joined(), to: descriptor)
    }

    /// Prints a JSON value on one line; what a terminal would act on is escaped in JSON's own way.
    static func json(_ value: JSONValue) {
        write(SafeText.json(value.text(.compact)).text + "\n", to: STDOUT_FILENO)
    }

    /// Prints bytes as they are; for programs that read them.
    static func bytes(_ bytes: [UInt8]) { write(bytes, to: STDOUT_FILENO) }

    /// Says something to the person on standard error.
    static func note(_ text: String) {
        write(SafeText.plain(text) + "\n", to: STDERR_FILENO)
    }

    /// Prints our own help, several lines.
    static func text(_ text: String) { write(text + "\n", to: STDOUT_FILENO) }

    /// Says several lines on standard error.
    static func note(lines text: String) { write(plainLines(text), to: STDERR_FILENO) }

    private static func plainLines(_ text: String) -> String {
        // The layout of a help page is ours; what a person typed into it is made harmless.
        text.split(separator: "\n", omittingEmptySubsequences: false).map { line -> String in
            let indent = line.prefix { $0 == " " }
            let words = SafeText.plain(String(line.dropFirst(indent.count)))
            return "\(indent)\(words)\n"
        }.joined()
    }

    /// Asks on standard error, without a line's end.
    static func ask(_ text: String) { write(SafeText.plain(text), to: STDERR_FILENO) }

    /// True when a person looks at the descriptor.
    static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

    private static func write(_ text: String, to descriptor: Int32) {
        write(Array(text.utf8), to: descriptor)
    }

    /// Writes everything; a reader that went away ends the program quietly.
    private static func write(_ bytes: [UInt8], to descriptor: Int32) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { exit(errno == EPIPE ? 0 : ExitStatus.failed.rawValue) }
            rest = rest.dropFirst(count)
        }
    }
}
