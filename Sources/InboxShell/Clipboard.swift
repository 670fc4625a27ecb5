import SystemClock
import CLinux
import Glibc
import Inbox
import Terminal

/// Where a text goes that a person copies with a key; nothing else ever puts anything there.
public enum Clipboard: Hashable, Sendable {
    /// Nowhere.
    case off
    /// To the clipboard of the terminal (OSC 52), also through tmux and a remote login.
    case terminal
    /// To a program and its arguments, on its standard input.
    case program([String])
}

extension InboxLoop {
    /// A longer text is not given to anything.
    static let copyBytesMax = 48 * 1_024

    func copy(_ text: String) {
        tell(.copied(outcome(ofCopying: text)))
    }

    /// Takes the ends of programs that were given a text, and says when one failed.
    func takeEndsOfCopying() {
        copying.removeAll { name, child in
            guard let end = child.endIfEnded() else { return false }
            if end != .exited(0) {
                tell(.copied(.failed("\(name) ended with status \(end.status).")))
            }
            return true
        }
    }

    private func outcome(ofCopying text: String) -> CopyOutcome {
        guard text.utf8.count <= Self.copyBytesMax else { return .failed("It is too long.") }
        switch clipboard {
        case .off: return .failed("The settings say clipboard = \"off\".")
        case .terminal:
            guard terminal.copy(text) else {
                return .failed(
                    "This terminal takes no text; name a program as clipboard in the settings.")
            }
            return .sentToTerminal
        case .program(let arguments): return give(text, to: arguments)
        }
    }

    /// Starts the program; what it does with the text is not waited for.
    private func give(_ text: String, to arguments: [String]) -> CopyOutcome {
        let input = cs_memory_file()
        let nowhere = cs_open_at(AT_FDCWD, "/dev/null", O_WRONLY | O_CLOEXEC, 0)
        defer { for file in [input, nowhere] where file >= 0 { close(file) } }
        let bytes = Array(text.utf8)
        guard input >= 0, nowhere >= 0, write(input, bytes, bytes.count) == bytes.count,
            lseek(input, 0, SEEK_SET) == 0
        else { return .failed("The system gave no room for it.") }
        do throws(ChildFailure) {
            let child = try ChildProcess(
                arguments,
                streams: ChildProcess.Streams(input: input, output: nowhere, error: nowhere),
                inOwnGroup: true)
            let name = arguments.first ?? ""
            copying.append((name, child))
            return .given(program: name)
        } catch {
            return .failed(error.sentence)
        }
    }
}
