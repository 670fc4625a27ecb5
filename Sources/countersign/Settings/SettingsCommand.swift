import ArgumentParser
import JSONTree
import SystemClock
import TextGrid

/// `countersign settings`.
struct SettingsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "settings", abstract: "Check and show the settings.",
        discussion: """
            Settings are one file in TOML, settings.toml in ~/.config/countersign (below \
            XDG_CONFIG_HOME when that is set). Nothing has to be in it. A running inbox takes a \
            change as soon as the file is saved.

              countersign settings example > ~/.config/countersign/settings.toml
              countersign settings check
              countersign settings show

            \(ExitStatus.discussion(.badSettings))
            """,
        subcommands: [Check.self, Show.self, Path.self, Example.self])

    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "check", abstract: "Say everything that is wrong with the settings.",
            discussion: """
                Each mistake is said with its line, what is allowed and what to do; the theme that \
                the settings name is read as well. The status is 0 when all is well and 78 when \
                not.

                  countersign settings check
                  countersign settings check new.toml && mv new.toml settings.toml

                \(ExitStatus.discussion(.badSettings))
                """)

        @OptionGroup var common: CommonOptions

        @Argument(help: "The file to check instead of your own.", completion: .file())
        var file: String?

        func run() throws {
            let environment = SystemEnvironment()
            var loaded = Settings.load(file ?? Settings.path(environment))
            loaded.checkTheme(environment)
            if file != nil, !loaded.isThere {
                loaded.problems.append(.absent(loaded.settings.path))
            }
            if common.json { Output.json(Self.wire(loaded)) } else { Self.say(loaded) }
            guard loaded.problems.isEmpty else {
                throw ExitCode(ExitStatus.badSettings.rawValue)
            }
        }

        private static func say(_ loaded: LoadedSettings) {
            for problem in loaded.problems {
                Output.line(SafeText(escaping: problem.description))
                Output.line(SafeText(escaping: "  " + problem.nextStep))
            }
            guard loaded.problems.isEmpty else { return }
            let path = loaded.settings.path
            let words =
                loaded.isThere
                ? "\(path) is in order." : "There is no \(path); everything has its usual value."
            Output.line(SafeText(escaping: words))
        }

        private static func wire(_ loaded: LoadedSettings) -> JSONValue {
            [
                "path": .string(loaded.settings.path), "ok": .bool(loaded.problems.isEmpty),
                "problems": .array(loaded.problems.map(\.wire)),
            ]
        }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "Show every setting and where its value comes from.",
            discussion: """
                A value comes from the environment, else from the file, else it is the usual one. \
                The token is never shown, and of a command that prints it only the program.

                  countersign settings show
                  countersign settings show --json | jq '.settings[] | select(.from != "default")'

                \(ExitStatus.discussion(.badSettings))
                """)

        @OptionGroup var common: CommonOptions

        func run() throws {
            let environment = SystemEnvironment()
            let loaded = Settings.load(Settings.path(environment))
            let effective = EffectiveSettings(loaded) { environment[$0] }
            if common.json {
                Output.json(effective.wire)
            } else {
                var table = TextTable("SETTING", "FROM", "VALUE")
                for row in effective.rows { table.add(row.name, row.source.words, row.words) }
                Output.lines(table.lines)
            }
            guard let first = loaded.problems.first else { return }
            throw Complaint(
                first.description, next: "`countersign settings check` says everything.",
                .badSettings)
        }
    }

    struct Path: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "path", abstract: "Print where the settings are.",
            discussion: """
                  $EDITOR "$(countersign settings path)"

                \(ExitStatus.discussion(.badSettings))
                """)

        func run() throws {
            Output.line(SafeText(escaping: Settings.path(SystemEnvironment())))
        }
    }

    struct Example: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "example",
            abstract: "Print a file with every setting, each commented out.",
            discussion: """
                  countersign settings example > ~/.config/countersign/settings.toml

                \(ExitStatus.discussion(.badSettings))
                """)

        func run() throws { Output.text(SettingsPage.exampleFile) }
    }
}

extension LoadedSettings {
    /// Reads the theme that the settings name, to find out what is wrong with it.
    fileprivate mutating func checkTheme(_ environment: SystemEnvironment) {
        do throws(Complaint) {
            _ = try ThemeLibrary(environment).theme(settings.terminal.theme)
        } catch {
            problems.append(
                SettingsProblem(
                    "cannot be used: \(error.sentence)", next: error.nextStep, names: ["theme"],
                    line: lines["theme"], path: settings.path))
            problems.sort { ($0.line ?? 0) < ($1.line ?? 0) }
        }
    }
}

extension SettingsProblem {
    /// The file that was asked for is not there.
    fileprivate static func absent(_ path: String) -> SettingsProblem {
        SettingsProblem(
            "There is no such file.", next: "Check the path.", names: [], line: nil, path: path)
    }
}
