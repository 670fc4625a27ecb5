import ArgumentParser
import Cryptography
import JSONTree
import Policies
import PolicyFile
import TextGrid

extension PolicyCommand {
    /// `countersign policy lint`.
    struct Lint: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "lint", abstract: "Check a policy as publishing does.",
            discussion: """
                Everything that is wrong is listed with its line and a sentence: unknown fields, \
                operators and paths, a missing default, rules that can never match or that allow \
                everything without "ack", and tests that fail. After "look at" stands what is \
                allowed and perhaps not meant.

                Exits with \(ExitStatus.badInput.rawValue) when the policy could not be published.

                \(ExitStatus.discussion(.badInput))
                """)

        @OptionGroup var common: CommonOptions

        @Argument(help: "The file, YAML or JSON; - for standard input.", completion: .file())
        var file: String

        func run() throws {
            let source = try PolicySource(file)
            let lint = PolicyLint(source.file.value)
            if common.json {
                Output.json(Self.json(lint, source))
            } else {
                Output.lines(Self.lines(lint, source))
            }
            guard lint.isPublishable else { throw ExitCode(ExitStatus.badInput.rawValue) }
        }

        /// What a person reads.
        static func lines(_ lint: PolicyLint, _ source: PolicySource) -> [SafeText] {
            var lines = lint.problems.map(source.line)
            lines += lint.hints.map { "look at " + source.line($0) }
            guard let policy = lint.program?.policy else {
                return lines + [SafeText(escaping: count(lint.problems.count, "problem"))]
            }
            let parts = [count(policy.rules.count, "rule"), count(policy.tests.count, "test")]
            let found =
                lint.isPublishable
                ? "it can be published" : count(lint.problems.count, "problem")
            let title = "\(policy.title), \(parts.joined(separator: ", ")): \(found)"
            return lines + [SafeText(escaping: title), SafeText(escaping: policy.digest.text)]
        }

        private static func json(_ lint: PolicyLint, _ source: PolicySource) -> JSONValue {
            [
                "policy": lint.program?.policy.reference ?? .null,
                "publishable": .bool(lint.isPublishable),
                "problems": .array(lint.problems.map(source.json)),
                "hints": .array(lint.hints.map(source.json)),
            ]
        }

        private static func count(_ number: Int, _ noun: String) -> String {
            "\(number) \(noun)\(number == 1 ? "" : "s")"
        }
    }

    /// `countersign policy test`.
    struct Test: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "test", abstract: "Run the tests that stand in a policy.",
            discussion: """
                Each test has an input and the effect that must come out, and may name the rule \
                that must decide. One line is printed for each.

                Exits with \(ExitStatus.badInput.rawValue) when a test fails, or when the file is \
                no policy.

                \(ExitStatus.discussion(.badInput))
                """)

        @OptionGroup var common: CommonOptions

        @Argument(help: "The file, YAML or JSON; - for standard input.", completion: .file())
        var file: String

        func run() throws {
            let source = try PolicySource(file)
            let program = try source.program()
            let runs = PolicyLint(source.file.value).tests
            if common.json {
                for run in runs { Output.json(Self.json(run)) }
            } else {
                Output.lines(Self.lines(runs, of: program.policy))
            }
            guard runs.allSatisfy({ $0.failure == nil }) else {
                throw ExitCode(ExitStatus.badInput.rawValue)
            }
        }

        private static func lines(_ runs: [PolicyTestRun], of policy: Policy) -> [SafeText] {
            let failed = runs.count { $0.failure != nil }
            let lines = runs.map { run in
                let result = run.failure.map { "FAILED  \(run.test.name): \($0)" }
                let passed = "ok      \(run.test.name): \(run.verdict.words)"
                return SafeText(escaping: result ?? passed)
            }
            let end = "\(policy.title): \(runs.count - failed) of \(runs.count) tests passed"
            return lines + [SafeText(escaping: end)]
        }

        private static func json(_ run: PolicyTestRun) -> JSONValue {
            var members: JSONObject = [
                "name": .string(run.test.name), "passed": .bool(run.failure == nil),
                "verdict": run.verdict.json,
            ]
            members["failure"] = run.failure.map { .string($0) }
            return .object(members)
        }
    }
}

extension PolicyVerdict {
    /// What it says, in a few words.
    var words: String { "\(effect.kind.rawValue) by \(decider.name)" }
}
