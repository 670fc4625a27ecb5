import JSONTree
import Keymap
import SettingsFile
import SystemClock
import Terminal
import Theming

/// What `settings.toml` says. Every key is known, or the file is refused with the key's name.
struct Settings: Sendable {
    /// The address of the control plane.
    var url: String?
    /// A program, and its arguments, that prints the token.
    var tokenCommand: [String] = []
    /// A shipped theme, or the path of a theme's file.
    var theme: String?
    /// Whether colours are used.
    var color = ColorChoice.automatic
    /// Other keys for actions.
    var keymap = Keymap.standard
    var ringsBell = true
    var isLowBandwidth = false
    /// True when a token may travel unencrypted to another machine.
    var allowsPlainHTTP = false
    /// A file with the certificates to trust instead of the system's.
    var certificates: String?
    /// Where it was read from.
    let path: String

    /// The keys of the file, with what they are for: the help page and the documents show this.
    static let keys: [(name: String, help: String)] = [
        ("url", "the address of the control plane"),
        ("token_command", "a program and its arguments that prints the token: a list of strings"),
        ("theme", "dark, light, mono …, or the path of a theme's file"),
        ("color", "auto, always, never, 16, 256 or truecolor"),
        ("bell", "false never rings the bell"),
        ("low_bandwidth", "true spares bytes on slow lines"),
        ("plain_http", "true lets the token travel unencrypted to another machine"),
        ("ca_file", "a file with the certificates to trust instead of the system's, in PEM"),
        ("keys", "a table: the name of an action, and a list of its keys"),
    ]

    /// Reads the settings; without a file everything has its usual value.
    static func read(_ environment: SystemEnvironment) throws(Complaint) -> Settings {
        let path = environment.settingsFolder + "/settings.toml"
        var settings = Settings(path: path)
        let file: JSONValue?
        do {
            file = try SettingsFile.read(path: path)
        } catch {
            throw Complaint(error.description, next: "Correct the settings.", .badSettings)
        }
        for member in file?.objectValue?.members ?? [] {
            try settings.take(member.name, member.value)
        }
        return settings
    }

    private init(path: String) { self.path = path }

    private mutating func take(_ name: String, _ value: JSONValue) throws(Complaint) {
        switch name {
        case "url": url = try text(value, name)
        case "token_command": tokenCommand = try texts(value, name)
        case "theme": theme = try text(value, name)
        case "color":
            guard let choice = ColorChoice(rawValue: try text(value, name)) else {
                throw wrong(name, "is none of auto, always, never, 16, 256 and truecolor")
            }
            color = choice
        case "bell": ringsBell = try flag(value, name)
        case "low_bandwidth": isLowBandwidth = try flag(value, name)
        case "plain_http": allowsPlainHTTP = try flag(value, name)
        case "ca_file": certificates = try text(value, name)
        case "keys": keymap = try keys(value)
        default:
            let known = Self.keys.map(\.name).joined(separator: ", ")
            throw wrong(name, "is not known; known are \(known)")
        }
    }

    private func keys(_ value: JSONValue) throws(Complaint) -> Keymap {
        var changes: [String: [String]] = [:]
        for member in value.objectValue?.members ?? [] {
            changes[member.name] = try texts(member.value, "keys.\(member.name)")
        }
        do {
            return try Keymap(changes: changes)
        } catch {
            throw wrong("keys", error.description)
        }
    }

    private func text(_ value: JSONValue, _ name: String) throws(Complaint) -> String {
        guard let text = value.stringValue, !text.isEmpty else {
            throw wrong(name, "must be a string")
        }
        return text
    }

    private func texts(_ value: JSONValue, _ name: String) throws(Complaint) -> [String] {
        var texts: [String] = []
        guard let elements = value.arrayValue else {
            throw wrong(name, "must be a list of strings")
        }
        for element in elements { texts.append(try text(element, name)) }
        return texts
    }

    private func flag(_ value: JSONValue, _ name: String) throws(Complaint) -> Bool {
        guard let flag = value.boolValue else { throw wrong(name, "must be true or false") }
        return flag
    }

    private func wrong(_ name: String, _ what: String) -> Complaint {
        Complaint("\(path): \(name) \(what).", next: "Correct the settings.", .badSettings)
    }
}
