import ArgumentParser
import Glibc
import JSONTree
import SettingsFile
import SystemClock
import Theming

/// Where themes are found: shipped ones, the person's own, and files by their path.
struct ThemeLibrary: Sendable {
    /// The folder of the person's own themes, `NAME.toml` each.
    let folder: String
    let homeFolder: String

    /// The theme of this name. A shipped name is always the shipped one.
    func theme(_ name: String) throws(Complaint) -> Theme {
        if let shipped = Theme.shipped(named: name) { return shipped }
        let path = path(name) ?? name
        guard name.contains("/") || access(path, F_OK) == 0 else {
            let names = Theme.shippedNames + ownNames
            let nearest = NearestName.of(name, among: names).map { "Did you mean \($0)? " } ?? ""
            throw Complaint(
                "There is no theme \(name).",
                next: nearest + "There are \(names.joined(separator: ", ")).", .badSettings)
        }
        return try ThemeFile.read(path)
    }

    /// The file that a name stands for; nil for a shipped theme.
    func path(_ name: String) -> String? {
        if Theme.shippedNames.contains(name) { return nil }
        if name.hasPrefix("~/") { return homeFolder + name.dropFirst() }
        return name.contains("/") ? name : "\(folder)/\(name).toml"
    }

    /// The names of the person's own themes.
    var ownNames: [String] {
        guard let open = opendir(folder) else { return [] }
        defer { closedir(open) }
        var names: [String] = []
        while let entry = readdir(open) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name.hasSuffix(".toml"), !name.hasPrefix(".") {
                names.append(String(name.dropLast(5)))
            }
        }
        return names.sorted()
    }

    /// Keeps a theme among the person's own and says where; a name is never taken twice.
    func keep(_ theme: Theme, as name: String) throws(Complaint) -> String {
        let isPlain = name.utf8.allSatisfy { byte in
            (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte) || byte == 0x2D
                || byte == 0x5F
        }
        guard isPlain, !name.isEmpty, name.utf8.count <= 64 else {
            throw Complaint(
                "\(name) cannot be the name of a theme.",
                next: "Use letters, digits and hyphens.", .badInput)
        }
        let path = "\(folder)/\(name).toml"
        guard !Theme.shippedNames.contains(name), access(path, F_OK) != 0 else {
            throw Complaint(
                "There is a theme \(name) already.", next: "Choose another name.", .badInput)
        }
        do {
            try SecretFile.write(path, Array(theme.toml.utf8))
        } catch {
            throw Complaint("\(path): \(error.sentence).", next: "Nothing was kept.", .failed)
        }
        return path
    }

    /// Names of themes, for the shell.
    static let completion = CompletionKind.custom { _, _, _ in
        Theme.shippedNames + ThemeLibrary(SystemEnvironment()).ownNames
    }
}

extension ThemeLibrary {
    /// The themes of this user.
    init(_ environment: SystemEnvironment) {
        self.init(
            folder: environment.settingsFolder + "/themes", homeFolder: environment.homeFolder)
    }
}
