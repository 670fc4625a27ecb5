import TextGrid

extension Theme {
    /// The themes that come with the program.
    public static let shipped: [Theme] = [
        .dark, .light, .mono, .highContrast, .deuteranopia, .tritanopia,
    ]

    /// The shipped theme of this name.
    public static func shipped(named name: String) -> Theme? {
        shipped.first { $0.name == name }
    }

    /// For dark terminals; the default.
    public static let dark = table(
        "dark", background: "#121212",
        [
            .text: "default",
            .dim: "#a8a8a8",
            .heading: "bold",
            .selection: "reverse",
            .selectionUnfocused: "bold underline",
            .marker: "bright-cyan bold",
            .marked: "bright-yellow bold",
            .danger: "bright-red bold",
            .warning: "bright-yellow",
            .success: "bright-green",
            .accent: "bright-cyan",
            .added: "bright-green",
            .removed: "#ff8787",
            .changed: "bright-yellow",
            .redacted: "black on #9e9e9e",
            .escaped: "black on #ff87ff",
            .agentWords: "#d7d7af italic",
            .border: "#808080",
            .bar: "#e4e4e4 on #303030",
            .barKey: "bright-cyan on #303030 bold",
            .input: "underline",
            .match: "black on bright-yellow",
            .disabled: "#8a8a8a",
            .dialog: "#e4e4e4 on #262626",
            .button: "black on #d7d7d7 bold",
            .jsonName: "bright-cyan",
            .jsonString: "default",
            .jsonNumber: "#ffd787",
            .jsonWord: "#ffafff",
        ])

    /// For light terminals.
    public static let light = table(
        "light", background: "#ffffff",
        [
            .text: "default",
            .dim: "#5f5f5f",
            .heading: "bold",
            .selection: "reverse",
            .selectionUnfocused: "bold underline",
            .marker: "#005f87 bold",
            .marked: "#875f00 bold",
            .danger: "#af0000 bold",
            .warning: "#875f00",
            .success: "#005f00",
            .accent: "#005f87",
            .added: "#005f00",
            .removed: "#af0000",
            .changed: "#875f00",
            .redacted: "#ffffff on #6c6c6c",
            .escaped: "#ffffff on #870087",
            .agentWords: "#5f5f00 italic",
            .border: "#6c6c6c",
            .bar: "#121212 on #e4e4e4",
            .barKey: "#005f87 on #e4e4e4 bold",
            .input: "underline",
            .match: "black on #ffd700",
            .disabled: "#6c6c6c",
            .dialog: "#121212 on #eeeeee",
            .button: "#ffffff on #303030 bold",
            .jsonName: "#005f87",
            .jsonString: "default",
            .jsonNumber: "#5f5f00",
            .jsonWord: "#870087",
        ])

    /// Attributes only, for terminals without colours and for `NO_COLOR`.
    public static let mono = table(
        "mono", background: "default",
        [
            .text: "default",
            .dim: "dim",
            .heading: "bold",
            .selection: "reverse",
            .selectionUnfocused: "bold underline",
            .marker: "bold",
            .marked: "bold",
            .danger: "bold underline",
            .warning: "underline",
            .success: "default",
            .accent: "bold",
            .added: "default",
            .removed: "dim",
            .changed: "bold",
            .redacted: "dim reverse",
            .escaped: "underline reverse",
            .agentWords: "italic",
            .border: "dim",
            .bar: "reverse",
            .barKey: "bold reverse",
            .input: "underline",
            .match: "bold reverse",
            .disabled: "dim",
            .dialog: "default",
            .button: "bold reverse",
            .jsonName: "bold",
            .jsonString: "default",
            .jsonNumber: "default",
            .jsonWord: "default",
        ])

    /// Seven to one or better, with a background of its own.
    public static let highContrast = table(
        "high-contrast", background: "#000000",
        [
            .text: "#ffffff on #000000",
            .dim: "#d0d0d0 on #000000",
            .heading: "#ffffff on #000000 bold",
            .selection: "#000000 on #ffff00 bold",
            .selectionUnfocused: "#000000 on #d0d0d0",
            .marker: "#ffff00 on #000000 bold",
            .marked: "#00ffff on #000000 bold",
            .danger: "#ffafaf on #000000 bold",
            .warning: "#ffff00 on #000000",
            .success: "#87ff87 on #000000",
            .accent: "#00ffff on #000000",
            .added: "#87ff87 on #000000",
            .removed: "#ffafaf on #000000 underline",
            .changed: "#ffff00 on #000000 underline",
            .redacted: "#000000 on #d0d0d0 bold",
            .escaped: "#000000 on #ffafff bold",
            .agentWords: "#ffffaf on #000000 italic",
            .border: "#ffffff on #000000",
            .bar: "#000000 on #ffffff",
            .barKey: "#000000 on #ffffff bold underline",
            .input: "#ffffff on #000000 underline",
            .match: "#000000 on #ffd700 bold",
            .disabled: "#b2b2b2 on #000000",
            .dialog: "#ffffff on #000000",
            .button: "#000000 on #ffff00 bold",
            .jsonName: "#00ffff on #000000",
            .jsonString: "#ffffff on #000000",
            .jsonNumber: "#ffd7af on #000000",
            .jsonWord: "#ffafff on #000000",
        ])

    /// For dark terminals, without telling red from green.
    public static let deuteranopia = table(
        "deuteranopia", background: "#121212",
        [
            .text: "default",
            .dim: "#a8a8a8",
            .heading: "bold",
            .selection: "reverse",
            .selectionUnfocused: "bold underline",
            .marker: "#87d7ff bold",
            .marked: "bright-yellow bold",
            .danger: "#ffaf00 bold",
            .warning: "#ffd75f",
            .success: "#5fafff",
            .accent: "#87d7ff",
            .added: "#5fafff",
            .removed: "#ffaf00",
            .changed: "#ffffaf",
            .redacted: "black on #9e9e9e",
            .escaped: "black on #ffd7ff",
            .agentWords: "#d7d7af italic",
            .border: "#808080",
            .bar: "#e4e4e4 on #303030",
            .barKey: "#87d7ff on #303030 bold",
            .input: "underline",
            .match: "black on bright-yellow",
            .disabled: "#8a8a8a",
            .dialog: "#e4e4e4 on #262626",
            .button: "black on #d7d7d7 bold",
            .jsonName: "#87d7ff",
            .jsonString: "default",
            .jsonNumber: "#ffd787",
            .jsonWord: "#ffafff",
        ])

    /// For dark terminals, without telling blue from yellow.
    public static let tritanopia = table(
        "tritanopia", background: "#121212",
        [
            .text: "default",
            .dim: "#a8a8a8",
            .heading: "bold",
            .selection: "reverse",
            .selectionUnfocused: "bold underline",
            .marker: "bright-cyan bold",
            .marked: "#ffafd7 bold",
            .danger: "#ff8787 bold",
            .warning: "#ffafd7",
            .success: "#5fd7d7",
            .accent: "bright-cyan",
            .added: "#5fd7d7",
            .removed: "#ff8787",
            .changed: "#ffafd7",
            .redacted: "black on #9e9e9e",
            .escaped: "black on #ff87ff",
            .agentWords: "#d7d7af italic",
            .border: "#808080",
            .bar: "#e4e4e4 on #303030",
            .barKey: "bright-cyan on #303030 bold",
            .input: "underline",
            .match: "black on #ffafd7",
            .disabled: "#8a8a8a",
            .dialog: "#e4e4e4 on #262626",
            .button: "black on #d7d7d7 bold",
            .jsonName: "bright-cyan",
            .jsonString: "default",
            .jsonNumber: "#ffd7d7",
            .jsonWord: "#ffafff",
        ])

    /// A table of this file; a mistake in it is a bug, found by the first test.
    private static func table(
        _ name: String, background: String, _ roles: KeyValuePairs<Role, String>
    ) -> Theme {
        var styles: [Style] = []
        for (role, notation) in roles {
            precondition(Int(role.rawValue) == styles.count, "a role of \(name) is out of order")
            guard let style = Style(notation: notation) else {
                preconditionFailure("the theme \(name) has a wrong style: \(notation)")
            }
            styles.append(style)
        }
        precondition(styles.count == Role.allCases.count, "a role of \(name) is missing")
        return Theme(
            name: name, background: Color(notation: background) ?? .standard, styles: styles)
    }
}
