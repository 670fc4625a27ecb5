import Inbox
import InboxShell
import Terminal
import Theming

/// Settings and themes for an inbox that runs.
enum SettingsReload {
    /// Reads what `first` was read from again and again; `server` is whom the inbox asks.
    static func source(
        _ first: Settings, server: String, _ themes: ThemeLibrary, _ options: InboxOptions? = nil
    ) -> SettingsSource {
        SettingsSource(
            files: files(first, themes),
            read: { read(first, server: server, themes, options) },
            theme: { name in
                Result { () throws(Complaint) in try themes.theme(name) }.mapError(trouble)
            })
    }

    private static func read(
        _ first: Settings, server: String, _ themes: ThemeLibrary, _ options: InboxOptions?
    ) -> Result<SettingsSource.Fresh, SettingsSource.Trouble> {
        let loaded = Settings.load(first.path)
        if let problem = loaded.problems.first {
            return .failure(SettingsSource.Trouble(problem.short))
        }
        var settings = loaded.settings
        options?.apply(to: &settings)
        return Result { () throws(Complaint) in try themes.theme(settings.terminal.theme) }
            .mapError(trouble)
            .map { theme in
                SettingsSource.Fresh(
                    settings: settings.inboxSettings(server: server), theme: theme,
                    options: settings.terminalOptions,
                    clipboard: settings.terminal.clipboard, files: files(settings, themes),
                    remark: remark(first, settings))
            }
    }

    private static func files(_ settings: Settings, _ themes: ThemeLibrary) -> [String] {
        [settings.path] + [themes.path(settings.terminal.theme)].compactMap(\.self)
    }

    /// What was changed and does not count yet.
    private static func remark(_ first: Settings, _ now: Settings) -> String {
        let waiting = Settings.options.filter { option in
            option.taking == .atStart && option.value(first) != option.value(now)
        }.map(\.name)
        guard let last = waiting.last else { return "" }
        let front = waiting.dropLast().joined(separator: ", ")
        return waiting.count == 1
            ? "\(last) counts at the next start." : "\(front) and \(last) count at the next start."
    }

    private static func trouble(_ complaint: Complaint) -> SettingsSource.Trouble {
        SettingsSource.Trouble([complaint.sentence, complaint.nextStep].joined(separator: " "))
    }
}

extension Settings {
    /// What the inbox itself is told.
    func inboxSettings(server: String) -> InboxSettings {
        var told = InboxSettings(
            keymap: keys.keymap, isLowBandwidth: connection.isLowBandwidth,
            isLinear: terminal.isLinear, ringsBell: inbox.ringsBell, server: server,
            lockMinutes: safety.lockMinutes, sessionHours: safety.sessionHours, views: views.saved,
            undoSeconds: inbox.undoSeconds, rejectReasons: inbox.rejectReasons)
        told.themes = Theme.shippedNames
        told.zone = WallClock.localZone
        told.locksOnSuspend = safety.locksOnSuspend
        told.logKeys = connection.logKeys
        return told
    }
}

extension SettingsProblem {
    /// For one line of a screen: the name of the file instead of its path.
    fileprivate var short: String {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        let place = name + (line.map { ", line \($0)" } ?? "")
        return "\(place): \(key.map { $0 + " " } ?? "")\(sentence) \(nextStep)"
    }
}
