import JSONTree
import SettingsFile
import Theming

/// A person's own theme, in the form in which the shipped ones are published.
enum ThemeFile {
    /// Reads a theme; roles it does not name look as in the dark one.
    static func read(_ path: String) throws(Complaint) -> Theme {
        let file: JSONValue?
        do {
            file = try SettingsFile.read(path: path)
        } catch {
            throw Complaint(error.description, next: "Correct the theme.", .badSettings)
        }
        guard let file else {
            throw Complaint("\(path) is not there.", next: "Correct the theme.", .badSettings)
        }
        var roles: [String: String] = [:]
        for member in file["roles"]?.objectValue?.members ?? [] {
            guard let style = member.value.stringValue else {
                throw Complaint(
                    "\(path): roles.\(member.name) must be a string.", next: "Correct the theme.",
                    .badSettings)
            }
            roles[member.name] = style
        }
        let background = file["background"]?.stringValue.flatMap { Color(notation: $0) }
        do {
            return try Theme(
                name: file["name"]?.stringValue ?? path, background: background ?? .standard,
                roles: roles, inheriting: .dark)
        } catch {
            throw Complaint(
                "\(path): \(error.description)", next: "Correct the theme.", .badSettings)
        }
    }
}
