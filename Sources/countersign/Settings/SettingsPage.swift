import JSONTree
import SettingsFile

/// The documents that are made from the table of settings.
enum SettingsPage {
    /// The page of all settings, in Markdown.
    static var markdown: String {
        var lines = [
            "# Settings", "",
            "Generated from the table of settings. `countersign` reads",
            "`~/.config/countersign/settings.toml` (below `XDG_CONFIG_HOME` when that is set), in",
            "[TOML](https://toml.io). Nothing has to be in it. It must belong to you or to root,",
            "and nobody else may write it. A key that is not of this page is refused, with the",
            "nearest name that is.", "",
            "`countersign settings check` says everything that is wrong with it, `countersign",
            "settings show` what each setting is and where that comes from. A running inbox takes",
            "a change as soon as the file is saved; what is broken leaves everything as it was.",
            "",
        ]
        for section in Settings.sections where !section.options.isEmpty {
            lines += ["## \(section.title)", "", section.abstract, ""]
            for option in section.options { lines += self.lines(of: option) }
        }
        lines += ["## An example file", "", "`countersign settings example` prints it.", ""]
        return (lines + ["```toml", exampleFile, "```"]).joined(separator: "\n") + "\n"
    }

    private static func lines(of option: SettingsOption) -> [String] {
        let usual = option.value(Settings()).map { "`\($0.toml)`" } ?? "none"
        var lines = ["### `\(option.name)`", ""] + wrapped(option.help, columns: 96) + [""]
        lines += wrapped("Allowed: \(option.allowed)", columns: 94, indent: "  ", first: "- ")
        lines += ["- Default: \(usual)", "- Counts: \(option.taking.rawValue)"]
        if let variable = option.variable {
            let words =
                variable.meaning.map { " stands for `\"\($0)\"`" } ?? " goes before the file"
            lines.append("- Environment: `\(variable.name)`\(words)")
        }
        return lines + ["", "```toml"] + example(of: option) + ["```", ""]
    }

    /// A file with every setting, each commented out.
    static var exampleFile: String {
        var lines = ["# Settings of countersign. What stands behind # is an example."]
        // What follows the line of a table belongs to the table.
        let options = Settings.options
        for option in options.filter({ !$0.isTable }) + options.filter(\.isTable) {
            lines += [""] + wrapped(option.help, columns: 76).map { "# \($0)" }
            lines += wrapped("Allowed: \(option.allowed).", columns: 76).map { "# \($0)" }
            lines += example(of: option).map { "#\($0)" }
        }
        return lines.joined(separator: "\n")
    }

    /// The lines that set an option to its example.
    static func example(of option: SettingsOption) -> [String] {
        guard option.isTable else { return ["\(option.name) = \(option.example)"] }
        do throws(SettingsError) {
            let document = try SettingsFile.document("\(option.name) = \(option.example)")
            let members = document.value[option.name]?.objectValue?.members ?? []
            return ["[\(option.name)]"]
                + members.map { "\(JSONValue.tomlName($0.name)) = \($0.value.toml)" }
        } catch {
            preconditionFailure("the example of \(option.name) is wrong: \(error)")
        }
    }

    /// Lines of at most so many columns, broken between words.
    static func wrapped(
        _ text: String, columns: Int, indent: String = "", first: String = ""
    ) -> [String] {
        var lines: [String] = []
        var line = first
        for word in text.split(separator: " ") {
            let isEmpty = line == indent || line == first
            if !isEmpty, line.count + word.count + 1 > columns {
                lines.append(line)
                line = indent + word
            } else {
                line += isEmpty ? String(word) : " " + word
            }
        }
        return lines + [line]
    }
}
