import TextGrid

extension Theme {
    // Themes that paint their own ground: one table of roles over the palette of each.

    /// Warm and low for the night: no blue light, nothing bright.
    public static let ember = table(
        "ember", background: "ground",
        about: "Warm and low for the night: no blue light, nothing bright.",
        palette: [
            "ground": "#1a1310", "panel": "#33251c", "text": "#dcc3a1",
            "faint": "#ae937a", "line": "#8a6d55", "red": "#ff7a59",
            "yellow": "#e8a94a", "green": "#b3b35c", "accent": "#e2905f",
            "straw": "#cfae7d", "rose": "#e08e7c",
        ],
        painted)

    /// Teal water after dark; harbor-day is its light side.
    public static let harbor = table(
        "harbor", background: "ground",
        about: "Teal water after dark; harbor-day is its light side.",
        palette: [
            "ground": "#06262e", "panel": "#0f3a45", "text": "#c5d3d2",
            "faint": "#93aaa9", "line": "#6b8a8c", "red": "#ff7b72",
            "yellow": "#d9ad4a", "green": "#a3b82c", "accent": "#4bb6c8",
            "straw": "#c6bd93", "rose": "#e394c4",
        ],
        painted)

    /// Sand and sea in daylight; harbor is its dark side.
    public static let harborDay = table(
        "harbor-day", background: "ground",
        about: "Sand and sea in daylight; harbor is its dark side.",
        palette: [
            "ground": "#fbf4e0", "panel": "#e8dfc6", "text": "#2b4047",
            "faint": "#566a70", "line": "#7f8b85", "red": "#b8261f",
            "yellow": "#8a6100", "green": "#5a6a00", "accent": "#10688d",
            "straw": "#6b5a18", "rose": "#9c2b6e",
        ],
        painted)

    /// Cold slate and northern light.
    public static let fjord = table(
        "fjord", background: "ground",
        about: "Cold slate and northern light.",
        palette: [
            "ground": "#262c38", "panel": "#39424f", "text": "#dde3ec",
            "faint": "#a8b3c4", "line": "#7d8ba1", "red": "#f08a94",
            "yellow": "#ebcb83", "green": "#a9c58d", "accent": "#86c4d5",
            "straw": "#d3c3a6", "rose": "#c7a2cf",
        ],
        painted)

    /// Bark, moss and ripe fruit.
    public static let orchard = table(
        "orchard", background: "ground",
        about: "Bark, moss and ripe fruit.",
        palette: [
            "ground": "#25221e", "panel": "#3b352d", "text": "#ead9b0",
            "faint": "#b5a489", "line": "#8d7f6a", "red": "#fb6a4e",
            "yellow": "#f2b632", "green": "#b6b92b", "accent": "#8dbf86",
            "straw": "#dcc58f", "rose": "#d78fa2",
        ],
        painted)

    /// Seven to one or better, on white.
    public static let highContrastLight = table(
        "high-contrast-light", background: "ground",
        about: "Seven to one or better, on white.",
        palette: [
            "ground": "#ffffff", "panel": "#e4e4e4", "text": "#000000",
            "faint": "#3a3a3a", "line": "#000000", "red": "#8b0000",
            "yellow": "#4b3500", "green": "#004d00", "accent": "#003254",
            "straw": "#423800", "rose": "#6a0060",
        ],
        painted)

    /// How the roles look over a palette with these eleven names.
    static let painted: KeyValuePairs<Role, String> = [
        .text: "text on ground",
        .dim: "faint on ground",
        .heading: "text on ground bold",
        .selection: "ground on text",
        .selectionUnfocused: "text on ground bold underline",
        .marker: "accent on ground bold",
        .marked: "yellow on ground bold",
        .danger: "red on ground bold",
        .warning: "yellow on ground",
        .success: "green on ground",
        .accent: "accent on ground",
        .added: "green on ground",
        .removed: "red on ground",
        .changed: "yellow on ground",
        .redacted: "ground on faint",
        .escaped: "ground on rose bold",
        .agentWords: "straw on ground italic",
        .border: "line on ground",
        .bar: "text on panel",
        .barKey: "accent on panel bold",
        .input: "text on ground underline",
        .match: "ground on yellow bold",
        .disabled: "faint on ground",
        .dialog: "text on ground",
        .button: "ground on text bold",
        .jsonName: "accent on ground",
        .jsonString: "text on ground",
        .jsonNumber: "straw on ground",
        .jsonWord: "rose on ground",
    ]

    /// A table of the shipped themes; a mistake in it is a bug, found by the first test.
    static func table(
        _ name: String, background: String, about: String,
        palette: KeyValuePairs<String, String> = [:], _ roles: KeyValuePairs<Role, String>
    ) -> Theme {
        precondition(roles.map(\.key) == Role.allCases, "a role of \(name) is out of order")
        do {
            return try Theme(
                name: name, background: background, about: about,
                palette: palette.map { ($0.key, $0.value) },
                styles: roles.map { ($0.key, $0.value) })
        } catch {
            preconditionFailure("the theme \(name) is wrong: \(error)")
        }
    }
}
