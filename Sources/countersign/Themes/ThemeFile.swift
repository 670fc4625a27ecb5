import JSONTree
import SettingsFile
import TextGrid
import Theming

/// A person's own theme, in the form in which the shipped ones are published.
enum ThemeFile {
    /// Reads a theme; what it does not say is as in the theme it inherits, `dark` if it names none.
    static func read(_ path: String) throws(Complaint) -> Theme {
        let document: SettingsDocument?
        do {
            document = try SettingsFile.document(path: path)
        } catch {
            throw Complaint(error.description, next: "Correct the theme.", .badSettings)
        }
        guard let document else {
            throw Complaint("\(path) is not there.", next: "Correct the path.", .badSettings)
        }
        return try read(document, path: path)
    }

    private static let names = ["name", "about", "background", "inherits", "palette", "roles"]

    private static func read(
        _ document: SettingsDocument, path: String
    ) throws(Complaint) -> Theme {
        for member in document.value.objectValue?.members ?? []
        where !names.contains(where: { $0.utf8.elementsEqual(member.name.utf8) }) {
            let nearest = NearestName.of(member.name, among: names)
            throw wrong(
                path, document, [member.name], "is no part of a theme",
                next: nearest.map { "Did you mean \($0)?" } ?? "Remove it.")
        }
        let inherited = document.value["inherits"]?.stringValue ?? Theme.dark.name
        guard let parent = Theme.shipped(named: inherited) else {
            throw wrong(
                path, document, ["inherits"], "names no shipped theme",
                next: "Shipped are \(Theme.shipped.map(\.name).joined(separator: ", ")).")
        }
        let palette = try texts("palette", document, path)
        let roles = try texts("roles", document, path)
        do {
            return try Theme(
                name: document.value["name"]?.stringValue ?? path,
                background: document.value["background"]?.stringValue,
                about: document.value["about"]?.stringValue ?? "", palette: palette, roles: roles,
                inheriting: parent)
        } catch {
            throw explained(error, document, path)
        }
    }

    /// The members of a table, which are all strings.
    private static func texts(
        _ table: String, _ document: SettingsDocument, _ path: String
    ) throws(Complaint) -> [(String, String)] {
        var texts: [(String, String)] = []
        for member in document.value[table]?.objectValue?.members ?? [] {
            guard let text = member.value.stringValue else {
                throw wrong(path, document, [table, member.name], "must be a string")
            }
            texts.append((member.name, text))
        }
        return texts
    }

    private static func explained(
        _ error: ThemeError, _ document: SettingsDocument, _ path: String
    ) -> Complaint {
        switch error {
        case .unknownRole(let name):
            let nearest = NearestName.of(name, among: Role.allCases.map(\.name))
            return wrong(
                path, document, ["roles", name], "is no role",
                next: nearest.map { "Did you mean \($0)?" } ?? "Docs/Roles.md has the roles.")
        case .badStyle(let role, let text):
            return wrong(
                path, document, ["roles", role.name],
                "is “\(text)”, but must be a style such as \"red on black bold\"")
        case .badColor(let name, let text):
            let names = name == "background" ? [name] : ["palette", name]
            return wrong(
                path, document, names, "is “\(text)”, but must be a colour such as \"#ff8700\"")
        case .missingRole:
            return Complaint("\(path): \(error.description)", next: "Name it.", .badSettings)
        }
    }

    private static func wrong(
        _ path: String, _ document: SettingsDocument, _ names: [String], _ what: String,
        next: String = "Correct the theme."
    ) -> Complaint {
        let place = document.place(of: names).map { ", line \($0.line)" } ?? ""
        let name = names.joined(separator: ".")
        return Complaint("\(path)\(place): \(name) \(what).", next: next, .badSettings)
    }
}
