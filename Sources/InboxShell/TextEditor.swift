public import Inbox
public import SystemClock

/// The person's own editor, started without a shell on a file that nobody else can read.
public struct TextEditor: Sendable {
    /// The program and its first arguments.
    public let command: [String]
    private let folder: String

    /// `$VISUAL`, else `$EDITOR`, else `vi`; split into words as by a shell, with nothing expanded.
    public init(environment: SystemEnvironment) {
        let named = [environment["VISUAL"], environment["EDITOR"]].compactMap { $0 }
        command = named.map { Self.words(of: $0) }.first { !$0.isEmpty } ?? ["vi"]
        folder = environment["XDG_RUNTIME_DIR"] ?? environment["TMPDIR"] ?? "/tmp"
    }

    /// Removes what runs that did not end well left behind.
    public func removeStale() { PrivateText.removeStale(below: folder) }

    /// The words of a command: split at spaces, but not within quotes or behind a backslash.
    static func words(of command: String) -> [String] {
        var words: [String] = []
        var word: String?
        var quote: Character?
        var isEscaped = false
        for character in command {
            if isEscaped {
                word = (word ?? "") + String(character)
                isEscaped = false
            } else if character == "\\", quote != "'" {
                isEscaped = true
            } else if let open = quote {
                if character == open {
                    quote = nil
                } else {
                    word = (word ?? "") + String(character)
                }
            } else if character == "'" || character == "\"" {
                quote = character
                word = word ?? ""
            } else if character == " " || character == "\t" {
                if let done = word { words.append(done) }
                word = nil
            } else {
                word = (word ?? "") + String(character)
            }
        }
        if let word { words.append(word) }
        return words
    }

    /// Lets the person change `text`; the editor has the terminal until it ends.
    public func edit(_ text: String) -> Result<String, EditorFailure> {
        edit(text) { arguments in
            do throws(ChildFailure) {
                return .success(try ChildProcess(arguments).wait())
            } catch {
                return .failure(EditorFailure(error.sentence))
            }
        }
    }

    /// Like `edit(_:)` where somebody else owns the terminal and starts the program.
    func edit(
        _ text: String, running run: ([String]) -> Result<ChildProcess.End, EditorFailure>
    ) -> Result<String, EditorFailure> {
        guard let file = PrivateText.holding(text, below: folder) else {
            return .failure(EditorFailure("No private file could be made in \(folder)."))
        }
        let end = run(command + [file.path])
        let edited = file.read()
        file.discard()
        switch end {
        case .failure(let failure): return .failure(failure)
        case .success(.exited(0)): break
        case .success(let end):
            return .failure(EditorFailure("\(command[0]) ended with status \(end.status)."))
        }
        guard let edited else {
            return .failure(EditorFailure("What the editor left is too long or is not UTF-8."))
        }
        return .success(edited)
    }
}
