import TextGrid

extension Theme {
    /// The names of the themes that come with the program.
    public static let shippedNames = [
        "dark", "light", "high-contrast", "high-contrast-light", "deuteranopia", "tritanopia",
        "mono", "ember", "harbor", "harbor-day", "fjord", "orchard",
    ]

    /// The themes that come with the program.
    public static var shipped: [Theme] { shippedNames.compactMap { shipped(named: $0) } }

    /// The shipped theme of this name; only this one is made.
    public static func shipped(named name: String) -> Theme? {
        switch name {
        case "dark": .dark
        case "light": .light
        case "high-contrast": .highContrast
        case "high-contrast-light": .highContrastLight
        case "deuteranopia": .deuteranopia
        case "tritanopia": .tritanopia
        case "mono": .mono
        case "ember": .ember
        case "harbor": .harbor
        case "harbor-day": .harborDay
        case "fjord": .fjord
        case "orchard": .orchard
        default: nil
        }
    }

    /// For dark terminals; the default.
    public static let dark = table(
        "dark", background: "#121212",
        about: "For dark terminals; the one that is used when nothing is said.",
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
        about: "For light terminals.",
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
        about: "No colours, only bold, dim, underlined and reversed.",
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
        about: "Seven to one or better, on black.",
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
        about: "For dark terminals, without telling red from green.",
        [
            .text: "default",
            .dim: "#a8a8a8",
            .heading: "bold",
            .selection: "reverse",
            .selectionUnfocused: "bold underline",
            .marker: "#87d7ff bold",
            .marked: "bright-yellow bold",
            .danger: "#ff8700 bold",
            .warning: "#ffff5f",
            .success: "#5fafff",
            .accent: "#87d7ff",
            .added: "#5fafff",
            .removed: "#ff8700",
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
        about: "For dark terminals, without telling blue from yellow.",
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
}
