import ArgumentParser
import JSONTree
import Policies
import TextGrid

extension PolicyCommand {
    /// `countersign policy explain`.
    struct Explain: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "explain", abstract: "Show what a policy says to a call, and why.",
            discussion: """
                The input is JSON with the call: {"tool": …, "args": {…}}, and what else the rules \
                read. Every rule is shown as a tree with the value of each part; values under \
                "redact" are masked.

                  countersign policy explain --file refunds.yaml --input call.json

                \(ExitStatus.discussion(.badInput))
                """)

        @OptionGroup var common: CommonOptions

        @Option(
            name: .long, help: "The policy, YAML or JSON; - for standard input.",
            completion: .file())
        var file: String

        @Option(
            name: .long, help: "The input, JSON; - for standard input.", completion: .file())
        var input: String

        func run() throws {
            guard file != "-" || input != "-" else {
                throw Complaint(
                    "The policy and the input cannot both be standard input.",
                    next: "Name a file for one of them.", .usage)
            }
            let program = try PolicySource(file).program()
            let input = try InputFile.json(self.input)
            let policy = program.policy
            let explanation = PolicyExplanation(program, of: input, isHidden: policy.hides)
            if common.json { return Output.json(explanation.json) }
            Output.lines(PolicyPage.lines(explanation, of: policy))
        }
    }

    /// `countersign policy diff`.
    struct Diff: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "diff", abstract: "Compare two versions of a policy by what they mean.",
            discussion: """
                Rules are found by their id, wherever they stand and however the files are \
                written. "laxer" and "stricter" stand beside a change of an effect; what a changed \
                condition lets through is for `countersign policy test` to tell.

                Nothing is printed when both say the same.

                \(ExitStatus.discussion(.badInput))
                """)

        @OptionGroup var common: CommonOptions

        @Argument(help: "The file before.", completion: .file())
        var before: String

        @Argument(help: "The file after.", completion: .file())
        var after: String

        func run() throws {
            let difference = PolicyDifference(
                from: try PolicySource(before).program().policy,
                to: try PolicySource(after).program().policy)
            if common.json { return Output.json(difference.json) }
            Output.lines(difference.changes.map(PolicyPage.line))
        }
    }
}
