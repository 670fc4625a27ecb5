import GoldenTesting
import JSONTree
import Keymap
import SettingsFile
import Terminal
import Testing

@testable import countersign

/// Goal: every setting arrives where it belongs, and a wrong one is refused with its place, what is
/// allowed and what to do. Method: small files, read as the program reads them.
struct SettingsTests {
    @Test func everythingArrives() throws {
        let loaded = try Self.take(
            """
            url = "https://a.test"
            token_command = ["pass", "show"]
            theme = "light"
            color = "256"
            bell = false
            low_bandwidth = true
            plain_http = true
            ca_file = "/a.pem"
            [keys]
            help = ["f1"]
            """)
        #expect(loaded.problems.isEmpty)
        #expect(loaded.settings.connection.url == "https://a.test")
        #expect(loaded.settings.connection.tokenCommand == ["pass", "show"])
        #expect(loaded.settings.terminal.theme == "light")
        #expect(loaded.settings.terminal.color == .palette256)
        #expect(!loaded.settings.inbox.ringsBell)
        #expect(loaded.settings.connection.isLowBandwidth == true)
        #expect(loaded.settings.connection.allowsPlainHTTP)
        #expect(loaded.settings.connection.certificates == "/a.pem")
        #expect(loaded.settings.keys.keymap.key(for: .help, in: .queue) == "f1")
    }

    struct Wrong: Sendable, CustomTestStringConvertible {
        let text: String
        let says: String
        let next: String
        var testDescription: String { text }
    }

    @Test(arguments: [
        Wrong(text: "\nbel = true", says: "s.toml, line 2: bel is no setting.", next: "bell?"),
        Wrong(text: "zebra = 1", says: "line 1: zebra is no setting.", next: "Remove it"),
        Wrong(
            text: "bell = \"no\"", says: "line 1: bell must be true or false, but is \"no\".",
            next: "Correct"),
        Wrong(text: "url = \"\"", says: "url must be an address", next: "Correct"),
        Wrong(
            text: "color = \"trucolor\"",
            says: #"must be one of "auto", "always", "never", "16", "256", "truecolor""#,
            next: "\"truecolor\"?"),
        Wrong(text: "token_command = \"pass\"", says: "must be a list of strings", next: "Correct"),
        Wrong(
            text: "[keys]\n\naprove = [\"A\"]", says: "line 3: keys.aprove is no action.",
            next: "approve?"),
        Wrong(
            text: "[keys]\nhelp = [\"f1\"]\ntheme = \"dark\"", says: "line 3: keys.theme must be",
            next: "Correct"),
        Wrong(
            text: "[keys]\nbell = [\"f1\"]", says: "line 2: keys.bell is no action.",
            next: "above the first line"),
        Wrong(
            text: "[keys]\nhelp = [\"f99\"]", says: "line 2: keys.help cannot be taken: “f99”",
            next: "Choose"),
        Wrong(text: "a = ", says: "s.toml, line 1: column", next: "Correct the file."),
    ])
    func mistakesAreExplained(_ wrong: Wrong) throws {
        let folder = try TemporaryFolder()
        try folder.write("s.toml", wrong.text, mode: 0o600)
        let problem = try #require(Settings.load(folder.path + "/s.toml").problems.first)
        #expect(problem.description.contains(wrong.says), "\(problem.description)")
        #expect(problem.nextStep.contains(wrong.next), "\(problem.nextStep)")
    }

    @Test func allMistakesAreFoundAtOnce() throws {
        let loaded = try Self.take("bel = 1\nbell = 2\ntheme = \"light\"\nurl = 3")
        #expect(loaded.problems.map(\.line) == [1, 2, 4])
        #expect(loaded.settings.terminal.theme == "light")
        #expect(loaded.settings.inbox.ringsBell)
    }

    /// Every example of the table can be read, and what was read is written the same way.
    @Test(arguments: Settings.options.map(\.name))
    func examplesAreTaken(_ name: String) throws {
        let option = try #require(Settings.options.first { $0.isNamed(name) })
        let loaded = try Self.take("\(name) = \(option.example)")
        #expect(loaded.problems == [])
        #expect(option.value(loaded.settings)?.toml == option.example)
        #expect(option.help.hasSuffix("."))
    }

    @Test func thePageIsTheTable() {
        let difference = Golden.difference(
            text: SettingsPage.markdown, at: "../../Docs/Settings.md")
        #expect(difference == nil)
    }

    /// Without its comment signs the example file is taken, and sets every setting.
    @Test func theExampleFileIsTaken() throws {
        let lines = SettingsPage.exampleFile.split(separator: "\n").map { line in
            line.hasPrefix("#") && !line.hasPrefix("# ") ? String(line.dropFirst()) : String(line)
        }
        let loaded = try Self.take(lines.joined(separator: "\n"))
        #expect(loaded.problems == [])
        #expect(Set(loaded.lines.keys) == Set(Settings.options.map(\.name)))
    }

    @Test func itIsSaidWhereAValueComesFrom() throws {
        let loaded = try Self.take(
            """
            url = "https://file.test"
            token_command = ["pass", "cs_secret"]
            bell = 7
            theme = "light"
            """)
        let environment = ["COUNTERSIGN_URL": "https://env.test", "NO_COLOR": "1"]
        let effective = EffectiveSettings(loaded) { environment[$0] }
        let rows = Dictionary(
            effective.rows.map { ($0.name, "\($0.source.words): \($0.words)") }, uniquingKeysWith: +
        )
        #expect(rows["url"] == "environment, COUNTERSIGN_URL: \"https://env.test\"")
        #expect(rows["token_command"] == "file, line 2: [\"pass\", \"(1 hidden)\"]")
        #expect(rows["bell"] == "default: true")
        #expect(rows["theme"] == "file, line 4: \"light\"")
        #expect(rows["color"] == "environment, NO_COLOR: \"never\"")
        #expect(rows["ca_file"] == "default: (none)")
        #expect(!effective.wire.text(.compact).contains("cs_secret"))
    }

    @Test func namesAreTheirs() {
        let names = Settings.options.map(\.name)
        #expect(Set(names).count == names.count)
    }

    @Test(arguments: [
        ("bel", "bell"), ("them", "theme"), ("tokencommand", "token_command"), ("colour", "color"),
        ("lwo_bandwidth", "low_bandwidth"), ("plain", "plain_http"),
    ])
    func nearest(_ typed: String, _ meant: String) {
        #expect(NearestName.of(typed, among: Settings.options.map(\.name)) == meant)
    }

    @Test(arguments: ["", "x", "zebra", "notification"])
    func nothingIsNear(_ typed: String) {
        #expect(NearestName.of(typed, among: Settings.options.map(\.name)) == nil)
    }

    private static func take(_ text: String) throws -> LoadedSettings {
        Settings.take(try SettingsFile.document(text), path: "s.toml")
    }
}
