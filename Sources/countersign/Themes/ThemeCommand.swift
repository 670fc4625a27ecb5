import ArgumentParser
import JSONTree
import SystemClock
import Terminal
import TextGrid
import Theming

/// `countersign theme`.
struct ThemeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "theme", abstract: "List, look at and import the themes of the inbox.",
        discussion: """
            A theme is chosen with theme = "NAME" in the settings, and for a while with \
            `:theme NAME` in the inbox. Own themes are files NAME.toml in the folder themes beside \
            the settings; they inherit from a shipped one what they do not say.

              countersign theme list
              countersign theme preview ember
              countersign theme show dark > ~/.config/countersign/themes/mine.toml

            \(ExitStatus.discussion(.usage, .badInput, .badSettings))
            """,
        subcommands: [List.self, Show.self, Preview.self, Import.self])

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List the themes.",
            discussion: """
                Shipped ones first, then your own.

                \(ExitStatus.discussion())
                """)

        @OptionGroup var common: CommonOptions

        func run() throws {
            let environment = SystemEnvironment()
            let used = Settings.load(Settings.path(environment)).settings.terminal.theme
            let rows =
                Theme.shipped.map { ($0.name, $0.about) }
                + ThemeLibrary(environment).ownNames.map { ($0, "Your own.") }
            if common.json {
                return Output.json(
                    .array(
                        rows.map { name, about in
                            [
                                "name": .string(name), "about": .string(about),
                                "in_use": .bool(name == used),
                            ]
                        }))
            }
            var table = TextTable("  NAME", "WHAT IT IS FOR")
            for (name, about) in rows { table.add((name == used ? "* " : "  ") + name, about) }
            Output.lines(table.lines)
        }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "Print a theme as a file.",
            discussion: """
                What is printed is a whole theme, with every role, to begin an own one with.

                  countersign theme show dark > ~/.config/countersign/themes/mine.toml

                \(ExitStatus.discussion(.badSettings))
                """)

        @Argument(help: "The name, or the path of a file.", completion: ThemeLibrary.completion)
        var name: String

        func run() throws {
            let theme = try ThemeLibrary(SystemEnvironment()).theme(name)
            Output.bytes(Array(theme.toml.utf8))
        }
    }

    struct Preview: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "preview", abstract: "Draw a piece of the inbox in a theme.",
            discussion: """
                The approvals are made up: one is urgent, one has characters that could harm a \
                terminal. With 16 colours or NO_COLOR you see what the theme becomes there.

                  countersign theme preview light
                  countersign theme preview --all --depth always | less -R

                \(ExitStatus.discussion(.badSettings))
                """)

        @Argument(
            help: "The name, or the path of a file; else the one in use.",
            completion: ThemeLibrary.completion)
        var name: String?

        @Flag(name: .long, help: "Draw every theme, one below the other.")
        var all = false

        @Option(
            name: .customLong("depth"), help: "Colours: auto, always, never, 16, 256 or truecolor.",
            completion: .list(ColorChoice.allCases.map(\.rawValue)),
            transform: { word in
                guard let choice = ColorChoice(rawValue: word) else {
                    throw ValidationError("it is none of auto, always, never, 16, 256, truecolor")
                }
                return choice
            })
        var colors: ColorChoice?

        func run() throws {
            let environment = SystemEnvironment()
            let settings = Settings.load(Settings.path(environment)).settings
            let library = ThemeLibrary(environment)
            let names = library.ownNames
            var themes: [Theme] = []
            if all {
                themes = Theme.shipped
                for name in names { themes.append(try library.theme(name)) }
            } else {
                themes = [try library.theme(name ?? settings.terminal.theme)]
            }
            let choice = colors ?? settings.terminal.color
            let depth = PlainFrame.depth(choice)
            let screen = PlainFrame.size()
            let size = GridSize(
                columns: min(max(60, screen.columns), 120), rows: min(max(15, screen.rows - 2), 18))
            let frame = ThemePreview.frame(size: size, repertoire: PlainFrame.repertoire())
            for theme in themes {
                if all { Output.line(SafeText(escaping: "\(theme.name): \(theme.about)")) }
                Output.bytes(PlainFrame.bytes(of: frame, theme: theme, depth: depth))
            }
        }
    }

    struct Import: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "import", abstract: "Make a theme of a base16 scheme.",
            discussion: """
                A scheme is a file in YAML with base00 to base0F. Colours that could not be read \
                on the scheme's background are moved until they can, and that is said. The theme \
                is printed, or kept among your own with --save.

                  countersign theme import gruvbox-dark.yaml > mine.toml
                  countersign theme import --save ocean ocean.yaml
                  countersign theme preview ocean

                \(ExitStatus.discussion(.badInput))
                """)

        @Argument(help: "The scheme's file.", completion: .file(extensions: ["yaml", "yml"]))
        var file: String

        @Option(name: .long, help: "Keep it as your own theme of this name.")
        var save: String?

        func run() throws {
            let text = String(decoding: try InputFile.bytes(file), as: UTF8.self)
            let imported: Base16.Imported
            do {
                imported = try Base16.theme(yaml: text, name: save)
            } catch {
                throw Complaint(
                    "\(file): \(error.description)",
                    next: "A scheme has base00 to base0F, each six hexadecimal digits.", .badInput)
            }
            for remark in imported.remarks { Output.note(remark) }
            guard let save else { return Output.bytes(Array(imported.theme.toml.utf8)) }
            let path = try ThemeLibrary(SystemEnvironment()).keep(imported.theme, as: save)
            Output.note("Kept as \(path). Choose it with theme = \"\(save)\" in the settings.")
        }
    }
}
