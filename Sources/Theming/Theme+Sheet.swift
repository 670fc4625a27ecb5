import TextGrid

extension Theme {
    /// Every role, what it means and how it looks in the two themes most people use, as Markdown.
    public static func sheet() -> String {
        var lines = [
            "# Roles", "",
            "Generated from the table of roles. Views name roles; a theme gives each a style,",
            "in a file like those of `Themes/`, where the names of this table are the keys.", "",
            "A theme of your own is `themes/NAME.toml` beside the settings. It `inherits` from a",
            "shipped theme, `dark` if it names none, and says only what is different: colours with",
            "names in `[palette]`, styles such as `\"blood on ground bold\"` in `[roles]`.", "",
            "| Role | What it means | `dark` | `light` |", "| --- | --- | --- | --- |",
        ]
        lines += Role.allCases.map { role in
            let styles = [Theme.dark, Theme.light].map { "`\($0.style(for: role).notation)`" }
            let cells = ["`\(role.name)`", role.meaning] + styles
            return "| " + cells.joined(separator: " | ") + " |"
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
