import JSONTree
import SettingsFile
import SystemClock

/// What `settings.toml` says. Every key is known, or the file is refused with the key's name.
///
/// A key is one declaration in the file of its topic; the page of all settings, the checks and
/// what is shown are made from these declarations.
struct Settings: Sendable {
    var connection = Connection()
    var inbox = Inbox()
    var terminal = Terminal()
    var safety = Safety()
    var views = Views()
    var keys = Keys()
    /// Where they were read from.
    var path = ""

    /// Every section, in the order of the documents; tables come last, as TOML wants it.
    static let sections: [SettingsSection] = [
        .connection, .inbox, .terminal, .safety, .views, .keys,
    ]

    /// Every key.
    static let options: [SettingsOption] = sections.flatMap(\.options)

    /// Where the settings of this user are.
    static func path(_ environment: SystemEnvironment) -> String {
        environment.settingsFolder + "/settings.toml"
    }

    /// Reads the settings; without a file everything has its usual value.
    static func read(_ environment: SystemEnvironment) throws(Complaint) -> Settings {
        let loaded = load(path(environment))
        let problems = loaded.problems
        guard let first = problems.first else { return loaded.settings }
        let more = problems.count - 1
        throw Complaint(
            first.description + (more == 0 ? "" : " (And \(more) more.)"),
            next: more == 0 ? first.nextStep : "`countersign settings check` says them all.",
            .badSettings)
    }

    /// The settings of a file and everything that is wrong with it; what is wrong has its usual
    /// value.
    static func load(_ path: String) -> LoadedSettings {
        do throws(SettingsError) {
            guard let document = try SettingsFile.document(path: path) else {
                return LoadedSettings(settings: Settings(path: path))
            }
            return take(document, path: path)
        } catch {
            return LoadedSettings(
                settings: Settings(path: path), problems: [SettingsProblem(error, path: path)],
                isThere: true)
        }
    }

    /// Takes every key of a document.
    static func take(_ document: SettingsDocument, path: String) -> LoadedSettings {
        var loaded = LoadedSettings(settings: Settings(path: path), isThere: true)
        let members = document.value.objectValue?.members ?? []
        // Tables come last wherever they stand: the person's keys come on top of a preset.
        for member in members.filter({ !$0.value.isTable }) + members.filter(\.value.isTable) {
            loaded.lines[member.name] = document.place(of: [member.name])?.line ?? 0
            do throws(SettingsMistake) {
                try loaded.settings.take(member)
            } catch {
                loaded.problems.append(
                    SettingsProblem(error.below(member.name), document, path: path))
            }
        }
        loaded.problems.sort { $0.line ?? 0 < $1.line ?? 0 }
        return loaded
    }

    private mutating func take(_ member: JSONObject.Member) throws(SettingsMistake) {
        guard let option = Self.options.first(where: { $0.isNamed(member.name) }) else {
            throw .unknown(member.name, among: Self.options.map(\.name), noun: "setting")
        }
        try option.take(member.value, &self)
    }
}

extension JSONValue {
    fileprivate var isTable: Bool { objectValue != nil }
}

/// A file of settings, taken in as far as it can be.
struct LoadedSettings: Sendable {
    var settings: Settings
    /// What is wrong, by line.
    var problems: [SettingsProblem] = []
    /// The lines of the keys that the file has.
    var lines: [String: Int] = [:]
    /// False when there is no such file.
    var isThere = false
}
