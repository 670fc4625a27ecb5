import GoldenTesting
import TextGrid
import Testing
import Theming

/// Goal: every role can be read in every theme on every terminal.
struct ThemeTests {
    @Test(arguments: Theme.shipped.map(\.name))
    func theFileOfAThemeIsItsTable(_ name: String) throws {
        let theme = try #require(Theme.shipped(named: name))
        #expect(Golden.difference(text: theme.toml, at: "../../Themes/\(name).toml") == nil)
    }

    @Test func theSheetOfRolesIsTheirTable() {
        #expect(Golden.difference(text: Theme.sheet(), at: "../../Docs/Roles.md") == nil)
    }

    @Test func shippedThemes() {
        let names = Theme.shipped.map(\.name)
        #expect(names == Theme.shippedNames)
        #expect(names.count >= 8 && Set(names).count == names.count)
        #expect(Theme.shipped.allSatisfy { $0.about.hasSuffix(".") })
        #expect(Theme.shipped(named: "neon") == nil)
    }

    /// Colours are taken as xterm shows them, on the background the theme was made for.
    @Test(arguments: Theme.shipped.map(\.name))
    func contrast(_ name: String) throws {
        let theme = try #require(Theme.shipped(named: name))
        for depth in [ColorDepth.truecolor, .palette256] {
            for role in Role.allCases {
                let wanted = role == .border ? 3 : name.hasPrefix("high-contrast") ? 7 : 4.5
                let style = theme.style(for: role, at: depth)
                let contrast = Contrast.of(style, on: theme.background.reduced(to: depth))
                #expect(contrast >= wanted, "\(name) \(role.name) at \(depth): \(contrast)")
            }
        }
    }

    /// With fewer colours than it was written for, letters never vanish.
    @Test(arguments: Theme.shipped.map(\.name))
    func readableAtEveryDepth(_ name: String) throws {
        let theme = try #require(Theme.shipped(named: name))
        for depth in [ColorDepth.palette8, .palette16, .palette256, .truecolor] {
            for role in Role.allCases {
                let style = theme.style(for: role, at: depth)
                let contrast = Contrast.of(style, on: theme.background)
                #expect(contrast >= 2.5, "\(name) \(role.name) at \(depth): \(style.notation)")
            }
        }
    }

    /// What must be told apart without colours, is.
    @Test(arguments: Theme.shipped.map(\.name))
    func attributesAloneTellRolesApart(_ name: String) throws {
        let theme = try #require(Theme.shipped(named: name))
        let roles: [Role] = [
            .text, .selection, .escaped, .danger, .redacted, .match, .warning, .dim,
        ]
        let styles = roles.map { theme.style(for: $0, at: .mono) }
        #expect(Set(styles).count == roles.count)
        #expect(styles.allSatisfy { $0.foreground == .standard && $0.background == .standard })
    }

    @Test func inheritingChangesOnlyWhatIsNamed() throws {
        let own = try Theme(
            name: "own", roles: [("danger", "#ff0000 on black bold underline")], inheriting: .dark)
        #expect(own.style(for: .danger).notation == "#ff0000 on black bold underline")
        #expect(own.style(for: .warning) == Theme.dark.style(for: .warning))
    }

    @Test func wrongThemesAreExplained() {
        #expect(throws: ThemeError.unknownRole("dangr")) {
            try Theme(
                name: "x", roles: [("dangr", "red")], inheriting: .dark)
        }
        #expect(throws: ThemeError.badStyle(.danger, "blood")) {
            try Theme(
                name: "x", roles: [("danger", "blood")], inheriting: .dark)
        }
        #expect(throws: ThemeError.missingRole(.text)) {
            try Theme(name: "x", roles: [("danger", "red")])
        }
    }

    @Test func palettesAreInherited() throws {
        let own = try Theme(
            name: "own", background: "ground",
            palette: [("ground", "#000000"), ("blood", "#ff0000")],
            roles: [("danger", "blood on ground bold"), ("warning", "straw")], inheriting: .ember)
        #expect(own.style(for: .danger).notation == "#ff0000 on #000000 bold")
        #expect(
            own.style(for: .warning).foreground == Theme.ember.style(for: .jsonNumber).foreground)
        #expect(own.background == .rgb(0, 0, 0))
        #expect(own.toml.contains("danger = \"blood on ground bold\""))
        #expect(throws: ThemeError.badColor("blood", "rde")) {
            try Theme(name: "x", palette: [("blood", "rde")], roles: [], inheriting: .dark)
        }
        #expect(throws: ThemeError.badColor("bold", "red")) {
            try Theme(name: "x", palette: [("bold", "red")], roles: [], inheriting: .dark)
        }
    }

    @Test(arguments: [
        "default", "red", "bright-cyan", "214", "#1e90ff", "on blue", "red on #000000",
        "bold", "black on bright-yellow bold dim italic underline reverse",
    ])
    func stylesAreReadBack(_ notation: String) throws {
        #expect(try #require(Style(notation: notation)).notation == notation)
    }

    @Test(arguments: ["rde", "#12345", "#gggggg", "256", "-1", "red on", "bright-", "blink"])
    func otherStylesAreRefused(_ notation: String) {
        #expect(Style(notation: notation) == nil)
    }

    struct Reduction: Sendable {
        let from: String
        let depth: ColorDepth
        let to: String
    }

    @Test(arguments: [
        Reduction(from: "#ff0000", depth: .palette256, to: "196"),
        Reduction(from: "#a8a8a8", depth: .truecolor, to: "248"),
        Reduction(from: "#a8a8a9", depth: .truecolor, to: "#a8a8a9"),
        Reduction(from: "#fe0101", depth: .palette16, to: "bright-red"),
        Reduction(from: "#fe0101", depth: .palette8, to: "red"),
        Reduction(from: "bright-red", depth: .palette8, to: "red"),
        Reduction(from: "bright-red", depth: .palette256, to: "bright-red"),
        Reduction(from: "#ff0000", depth: .mono, to: "default"),
        Reduction(from: "default", depth: .palette8, to: "default"),
    ])
    func reduces(_ reduction: Reduction) throws {
        let color = try #require(Color(notation: reduction.from))
        #expect(color.reduced(to: reduction.depth).notation == reduction.to)
    }

    @Test(arguments: [
        (-1, ColorDepth.mono), (2, .mono), (8, .palette8), (16, .palette16), (88, .palette16),
        (256, .palette256), (1 << 24, .truecolor),
    ])
    func depths(_ colors: Int, _ depth: ColorDepth) {
        #expect(ColorDepth(colors: colors) == depth)
    }
}
