import Inbox
import SettingsFile
import Terminal
import Theming

extension InboxLoop {
    /// Takes settings that were saved since the last turn.
    func takeSettings() {
        guard let watch, watch.wasWritten() else { return }
        reloadSettings()
    }

    /// Reads the settings again; what is wrong changes nothing.
    func reloadSettings() {
        guard let source = setup.settingsSource else {
            tell(.settingsRefused("The settings of this inbox cannot be read again."))
            return
        }
        switch source.read() {
        case .failure(let trouble):
            tell(.settingsRefused("Nothing was changed. " + trouble.sentence))
        case .success(let fresh): take(fresh)
        }
    }

    private func take(_ fresh: SettingsSource.Fresh) {
        watchFiles(fresh.files)
        adopt(fresh.theme, fresh.options)
        clipboard = fresh.clipboard
        var words = "The settings were read again."
        if !fresh.remark.isEmpty { words += " " + fresh.remark }
        tell(.settingsTaken(fresh.settings, words))
        pace = KeyPace(inbox.settings.keymap)
    }

    /// Changes to a theme by its name, or to the next shipped one.
    func useTheme(_ name: String?) {
        let wanted = name ?? nextTheme
        let found =
            setup.settingsSource?.theme(wanted)
            ?? Theme.shipped(named: wanted).map { .success($0) }
            ?? .failure(SettingsSource.Trouble("There is no theme of this name."))
        switch found {
        case .failure(let trouble): tell(.settingsRefused(trouble.sentence))
        case .success(let theme):
            adopt(theme, options)
            tell(.themeTaken(theme.name))
        }
    }

    private var nextTheme: String {
        let names = Theme.shippedNames
        let place = names.firstIndex(of: theme.name) ?? names.count - 1
        return names[(place + 1) % names.count]
    }

    private func adopt(_ theme: Theme, _ options: TerminalOptions) {
        guard theme != self.theme || options != self.options else { return }
        self.theme = theme
        self.options = options
        terminal.adopt(theme: theme, options: options)
        redraw()
    }

    /// Watches these files from now on.
    func watchFiles(_ files: [String]) {
        guard watch?.paths != files else { return }
        watch = files.isEmpty ? nil : FileWatch(files)
    }
}
