import Glibc
import Inbox
import Keymap
import SystemClock
import Testing

@testable import InboxShell

/// Goal: only presses that move about are drawn together.
@Suite struct KeyPaceTests {
    @Test(arguments: [("j", true), ("k", true), ("down", true), ("a", false), ("r", false)])
    func decisionsSeeTheScreenFirst(_ notation: String, _ isNavigation: Bool) throws {
        let stroke = try #require(KeyStroke(notation: notation))
        var pace = KeyPace(.standard)
        for _ in ["first", "asked again"] {
            let moves = pace.isNavigation(stroke)
            #expect(moves == isNavigation)
        }
    }

    @Test func aMovingKeyThatWasGivenAnotherMeaningIsNotDrawnTogether() throws {
        let keymap = try Keymap(changes: [
            Action.approve.rawValue: ["j"], Action.moveDown.rawValue: ["k"],
            Action.moveUp.rawValue: ["f9"],
        ])
        let stroke = try #require(KeyStroke(notation: "j"))
        var pace = KeyPace(keymap)
        let moves = pace.isNavigation(stroke)
        #expect(!moves)
    }
}

/// Goal: the editor's file is nobody else's, comes back whole, and is gone afterwards.
@Suite struct TextEditorTests {
    @Test(
        "words are split as a shell splits them, and nothing is expanded",
        arguments: [
            ("vi", ["vi"]), ("code --wait  -n", ["code", "--wait", "-n"]),
            (#""/srv/my editor" -f"#, ["/srv/my editor", "-f"]),
            (
                #"a\ b 'c "d"' "" $HOME"#,
                ["a b", "c \"d\"", "", "$HOME"]
            ), ("  ", []),
        ] as [(String, [String])])
    func words(_ command: String, _ words: [String]) {
        #expect(TextEditor.words(of: command) == words)
    }

    @Test("what a run that is gone left behind is removed; what a living one uses stays")
    func stale() throws {
        var template = Array("/tmp/countersign-test-XXXXXX".utf8CString)
        let parent = String(cString: try #require(mkdtemp(&template)))
        defer { rmdir(parent) }
        let gone = try ChildProcess(["true"])
        _ = gone.wait()
        let left = "\(parent)/countersign-edit-\(gone.id)-abcdef"
        #expect(mkdir(left, 0o700) == 0)
        let file = open(left + "/arguments.json", O_WRONLY | O_CREAT, 0o600)
        close(file)
        let living = try #require(PrivateText.holding("{}", below: parent))
        PrivateText.removeStale(below: parent)
        #expect(access(left, F_OK) != 0)
        #expect(living.read() == "{}")
        living.discard()
    }

    private func edit(
        _ text: String, by script: (String) -> Result<ChildProcess.End, EditorFailure>
    ) -> (Result<String, EditorFailure>, String) {
        var path = ""
        let result = TextEditor(environment: SystemEnvironment()).edit(text) { arguments in
            path = arguments.last ?? ""
            return script(path)
        }
        return (result, path)
    }

    private func write(_ text: String, to path: String) {
        guard let file = fopen(path, "w") else { return }
        fwrite(Array(text.utf8), 1, text.utf8.count, file)
        fclose(file)
    }

    @Test func whatTheEditorLeftComesBack() {
        var modes: [mode_t] = []
        let (result, path) = edit("before") { path in
            var facts = stat()
            for place in [
                path, String(path.prefix(upTo: path.lastIndex(of: "/") ?? path.endIndex)),
            ] {
                if stat(place, &facts) == 0 { modes.append(facts.st_mode & 0o777) }
            }
            write("after, ünïcode", to: path)
            write("swap", to: path + "~")
            return .success(.exited(0))
        }
        #expect(result == .success("after, ünïcode"))
        #expect(modes == [0o600, 0o700])
        #expect(access(path, F_OK) != 0)
        #expect(access(path + "~", F_OK) != 0)
    }

    @Test func aFailedEditorGivesNothingBack() {
        let (result, path) = edit("secret") { _ in .success(.exited(1)) }
        guard case .failure = result else {
            Issue.record("a text came back")
            return
        }
        #expect(access(path, F_OK) != 0)
    }

    @Test func tooMuchAndNoTextAreRefused() {
        for content in [String(repeating: "x", count: PrivateText.bytesMax + 1)] {
            let (result, _) = edit("x") { path in
                write(content, to: path)
                return .success(.exited(0))
            }
            guard case .failure = result else {
                Issue.record("a text of \(content.utf8.count) bytes came back")
                return
            }
        }
    }
}
