import Glibc
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
            let names = Theme.shipped.map(\.name)
            let nearest = NearestName.of(name, among: names).map { "Did you mean \($0)? " } ?? ""
            throw Complaint(
                "There is no theme \(name).",
                next: nearest + "Shipped are \(names.joined(separator: ", ")).", .badSettings)
        }
        return try ThemeFile.read(path)
    }

    /// The file that a name stands for; nil for a shipped theme.
    func path(_ name: String) -> String? {
        if Theme.shipped(named: name) != nil { return nil }
        if name.hasPrefix("~/") { return homeFolder + name.dropFirst() }
        return name.contains("/") ? name : "\(folder)/\(name).toml"
    }
}

extension ThemeLibrary {
    /// The themes of this user.
    init(_ environment: SystemEnvironment) {
        self.init(
            folder: environment.settingsFolder + "/themes", homeFolder: environment.homeFolder)
    }
}
