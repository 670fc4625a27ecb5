import JSONTree
import Keymap
import Testing

@testable import countersign

/// Goal: what is printed is what is bound, and settings choose it.
struct KeysCommandTests {
    @Test func everyKeyIsPrinted() throws {
        let lines = KeysCommand.lines(try Keymap(preset: .emacs))
        #expect(lines.contains { $0.hasPrefix("queue") && $0.contains("alt-x  ") })
        #expect(lines.contains { $0.contains("ctrl-x ctrl-c") && $0.contains("quit") })
        #expect(KeysCommand.wire(.standard).arrayValue?.count == KeysCommand.lines(.standard).count)
    }

    /// The preset counts wherever it stands in the file, and own keys come on top of it.
    @Test(arguments: [
        "keys_preset = \"mail\"\n[keys]\nhelp = [\"f1\"]",
        "keys.help = [\"f1\"]\nkeys_preset = \"mail\"",
    ])
    func theSettingsChoose(_ text: String) throws {
        let folder = try TemporaryFolder()
        try folder.write("s.toml", text, mode: 0o600)
        let loaded = Settings.load(folder.path + "/s.toml")
        #expect(loaded.problems.isEmpty)
        let keymap = loaded.settings.keys.keymap
        #expect(keymap.key(for: .filter, in: .queue) == "l")
        #expect(keymap.key(for: .help, in: .queue) == "f1")
    }

    @Test(arguments: [
        ("keys_preset = \"vim\"", "line 1: keys_preset must be one of", "\"vi\"?"),
        (
            "keys_preset = \"emacs\"\n\n[keys]\nfilter = [\"n\"]",
            "line 4: keys.filter cannot be taken: “n” in queue means both move-down and filter.",
            "countersign keys"
        ),
        (
            "[keys]\nhelp = [\"ctrl-s\"]", "line 2: keys.help cannot be taken: “ctrl-s” belongs",
            "Choose other keys"
        ),
    ])
    func mistakesAreExplained(_ text: String, _ says: String, _ next: String) throws {
        let folder = try TemporaryFolder()
        try folder.write("s.toml", text, mode: 0o600)
        let problem = try #require(Settings.load(folder.path + "/s.toml").problems.first)
        #expect(problem.description.contains(says), "\(problem.description)")
        #expect(problem.nextStep.contains(next), "\(problem.nextStep)")
    }
}
