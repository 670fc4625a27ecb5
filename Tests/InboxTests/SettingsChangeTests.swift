import Inbox
import Keymap
import TextGrid
import Testing

/// Goal: settings that change under a person's hands change nothing that they decide. Method: the
/// messages that the shell sends when a file was saved.
struct SettingsChangeTests {
    @Test("settings are taken, and say so")
    func taken() throws {
        let driver = Driver([view(1)])
        var fresh = InboxSettings(
            keymap: try Keymap(changes: ["history": ["f9"]]), repertoire: .ascii,
            ringsBell: false, server: "elsewhere")
        driver.tell(.settingsTaken(fresh, "The settings were read again."))
        #expect(driver.sentence == "The settings were read again.")
        fresh.repertoire = .unicode
        fresh.server = ""
        #expect(driver.inbox.settings == fresh)
        driver.press("f9")
        #expect(driver.inbox.place == .history)
    }

    @Test("a key that was pressed before it meant this decides nothing")
    func decisionKeysAreDeafAfterwards() throws {
        let driver = Driver([view(1)])
        let fresh = InboxSettings(keymap: try Keymap(changes: ["approve": ["f12"]]))
        driver.tell(.settingsTaken(fresh, ""))
        driver.press("f12")
        #expect(driver.inbox.overlays.isEmpty)
        driver.advance(1_000)
        driver.press("f12")
        #expect(!driver.inbox.overlays.isEmpty)
    }

    @Test("broken settings change nothing")
    func refused() {
        let driver = Driver([view(1)])
        let before = driver.inbox.settings
        driver.tell(.settingsRefused("settings.toml, line 3: bel is no setting."))
        #expect(driver.inbox.settings == before)
        #expect(driver.sentence == "settings.toml, line 3: bel is no setting.")
    }

    @Test(
        "themes and settings are asked for",
        arguments: [
            ("f5", InboxEffect.reloadSettings), (#": "reload" enter"#, .reloadSettings),
            ("f6", .useTheme(nil)), (#": "theme" enter"#, .useTheme(nil)),
            (#": "theme light" enter"#, .useTheme("light")),
        ])
    func asked(_ script: String, _ effect: InboxEffect) {
        let driver = Driver([view(1)])
        driver.press(script)
        #expect(driver.effects.last == effect)
    }

    @Test("the theme's name is said")
    func theme() {
        let driver = Driver([view(1)])
        driver.tell(.themeTaken("light"))
        #expect(driver.sentence == "The theme is light.")
    }
}
