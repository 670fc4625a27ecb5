import Glibc
import Inbox
import SettingsFile
import Terminal
import Testing
import TextGrid
import Theming

@testable import countersign
@testable import InboxShell

/// Goal: what is saved while the inbox runs is noticed and taken, and what is broken is not.
struct SettingsReloadTests {
    @Test func aSavedFileIsNoticed() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/settings.toml"
        let watch = FileWatch([path])
        #expect(watch.descriptor != nil)
        #expect(!watch.wasWritten())
        try folder.write("other.toml", "", mode: 0o600)
        #expect(!watch.wasWritten())
        try folder.write("settings.toml", "bell = true", mode: 0o600)
        #expect(watch.wasWritten())
        #expect(!watch.wasWritten())
        // As editors save: a new file takes the name.
        try folder.write("draft", "bell = false", mode: 0o600)
        rename(folder.path + "/draft", path)
        #expect(watch.wasWritten())
        unlink(path)
        #expect(!watch.wasWritten())
    }

    @Test func aLinkIsFollowed() throws {
        let (own, other) = (try TemporaryFolder(), try TemporaryFolder())
        try other.write("mine.toml", "", mode: 0o600)
        symlink(other.path + "/mine.toml", own.path + "/settings.toml")
        let watch = FileWatch([own.path + "/settings.toml"])
        try other.write("mine.toml", "bell = true", mode: 0o600)
        #expect(watch.wasWritten())
    }

    @Test func aFolderThatIsNotThereIsNotWatched() {
        let watch = FileWatch(["/nowhere/at/all/settings.toml"])
        #expect(watch.descriptor == nil)
        #expect(!watch.wasWritten())
    }

    @Test func freshSettingsSayWhatWaitsForAStart() throws {
        let folder = try TemporaryFolder()
        let source = Self.source(folder)
        try folder.write(
            "settings.toml", "bell = false\ntheme = \"light\"\nplain_http = true", mode: 0o600)
        let fresh = try source.read().get()
        #expect(!fresh.settings.ringsBell)
        #expect(fresh.settings.server == "here")
        #expect(fresh.theme.name == "light")
        #expect(fresh.remark == "plain_http counts at the next start.")
        #expect(fresh.files == [folder.path + "/settings.toml"])
    }

    @Test(arguments: [
        ("bel = 1", "settings.toml, line 1: bel is no setting. Did you mean bell?"),
        ("theme = \"drak\"", "There is no theme drak."),
    ])
    func brokenSettingsAreRefused(_ text: String, _ words: String) throws {
        let folder = try TemporaryFolder()
        try folder.write("settings.toml", text, mode: 0o600)
        guard case .failure(let trouble) = Self.source(folder).read() else {
            Issue.record("broken settings were taken")
            return
        }
        #expect(trouble.sentence.hasPrefix(words), "\(trouble.sentence)")
    }

    @Test func themesOfAPersonAreWatched() throws {
        let folder = try TemporaryFolder()
        try folder.write("own.toml", "[roles]\ndanger = \"red\"", mode: 0o600)
        try folder.write("settings.toml", "theme = \"\(folder.path)/own.toml\"", mode: 0o600)
        let fresh = try Self.source(folder).read().get()
        #expect(fresh.theme.style(for: .danger).notation == "red")
        #expect(fresh.files.last == folder.path + "/own.toml")
    }

    private static func source(_ folder: TemporaryFolder) -> SettingsSource {
        SettingsReload.source(
            Settings(path: folder.path + "/settings.toml"), server: "here",
            ThemeLibrary(folder: folder.path, homeFolder: folder.path))
    }
}
