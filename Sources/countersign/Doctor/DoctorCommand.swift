import ArgumentParser
import JSONTree
import SystemClock

/// `countersign doctor`.
struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Check everything the inbox needs, and say what to fix.",
        discussion: """
            One line each: ok, warn or fail, what was looked at, what was found and what to do. \
            Nothing is changed, and no secret is printed. It ends with 0 unless something failed.

            \(ExitStatus.discussion)
            """)

    @OptionGroup var common: CommonOptions

    func run() throws {
        let examination = Examination(environment: SystemEnvironment())
        let findings = examination.findings()
        let worst = findings.map(\.verdict).max { $0.rank < $1.rank } ?? .ok
        if common.json {
            Output.json(
                .object([
                    "verdict": .string(worst.rawValue), "findings": .array(findings.map(\.wire)),
                ]))
        } else {
            Output.lines(findings.map(\.line))
        }
        if worst == .fail { throw ExitCode(ExitStatus.failed.rawValue) }
    }
}

/// Looks at one thing after the other.
struct Examination {
    let environment: SystemEnvironment
    let settings: Settings
    private let problems: [SettingsProblem]

    init(environment: SystemEnvironment) {
        self.environment = environment
        let loaded = Settings.load(Settings.path(environment))
        settings = loaded.settings
        problems = loaded.problems
    }

    func findings() -> [Finding] {
        var findings = terminal + [locale, memory]
        findings += settingsFindings + [theme, editor]
        findings += tmux
        findings += login
        findings += hooks
        return findings
    }

    private var memory: Finding {
        SystemProcess.forbidCoreDumps()
            ? Finding("memory", .ok, "no core files, and no reading by other programs of yours")
            : Finding(
                "memory", .warn, "The kernel does not forbid core files of this program.",
                fix: "A token could reach one: `ulimit -c 0`.")
    }

    private var settingsFindings: [Finding] {
        guard problems.isEmpty else {
            return problems.map { Finding("settings", .fail, $0.description, fix: $0.nextStep) }
        }
        return [Finding("settings", .ok, settings.path)]
    }

    private var theme: Finding {
        do throws(Complaint) {
            _ = try ThemeLibrary(environment).theme(settings.terminal.theme)
            return Finding("theme", .ok, settings.terminal.theme)
        } catch {
            return Finding("theme", error)
        }
    }
}
