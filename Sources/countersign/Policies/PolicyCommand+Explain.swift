import Approvals
import ArgumentParser
import JSONTree
import Policies
import TextGrid
import WireAPI

extension PolicyCommand {
    /// `countersign policy explain`.
    struct Explain: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "explain",
            abstract: "Show what policies said to a call, or a file would say, and why.",
            discussion: """
                With an approval, the policies that were asked about it are given the same input \
                once more, and every rule is shown as a tree with the value of each part. What \
                approvers do not see of the call is masked.

                With --file and --input, a policy is tried on a call and no control plane is \
                asked. The input is JSON: {"tool": …, "args": {…}}, and what else the rules read; \
                values under "redact" are masked.

                  countersign policy explain 01a2043d-9860-7e0e-b08c-0ba87d4786f6
                  countersign policy explain --file refunds.yaml --input call.json

                \(ExitStatus.ordinary)
                """)

        @OptionGroup var common: CommonOptions

        @Argument(help: "The id of an approval, as `countersign list` prints it.")
        var approval: String?

        @Option(
            name: .long, help: "A policy to try, YAML or JSON; - for standard input.",
            completion: .file())
        var file: String?

        @Option(
            name: .long, help: "The input to try it on, JSON; - for standard input.",
            completion: .file())
        var input: String?

        func run() throws {
            switch (approval, file, input) {
            case (let approval?, nil, nil): try explain(approval)
            case (nil, let file?, let input?): try explain(file, input)
            case (_, _, _):
                throw Complaint(
                    "Nothing to explain is named, or too much.",
                    next: "Name an approval, or --file and --input.", .usage)
            }
        }

        private func explain(_ approval: String) throws {
            let answer: ExplanationAnswer = try Session.current().client().get(
                .explanation, naming: try Parsed.approval(approval).rawValue)
            if common.json { return Output.json(answer.wire) }
            Output.lines(ExplanationPage.lines(answer))
        }

        private func explain(_ file: String, _ input: String) throws {
            guard file != "-" || input != "-" else {
                throw Complaint(
                    "The policy and the input cannot both be standard input.",
                    next: "Name a file for one of them.", .usage)
            }
            let program = try PolicySource(file).program()
            let policy = program.policy
            let explanation = PolicyExplanation(
                program, of: try InputFile.json(input), isHidden: policy.hides)
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

                Nothing is printed when both say the same. Two files are compared without asking \
                a control plane; of a published policy, two of its versions are.

                  countersign policy diff refunds-7.yaml refunds.yaml
                  countersign policy diff refunds 7 8

                \(ExitStatus.ordinary)
                """)

        @OptionGroup var common: CommonOptions

        @Argument(
            help: "The file before, or the name of a published policy.", completion: .file())
        var before: String

        @Argument(
            help: "The file after, or the version before of the named policy.",
            completion: .file())
        var after: String

        @Argument(help: "The version after of the named policy.")
        var version: Int?

        func run() throws {
            if let version { return try compare(before, to: version) }
            let difference = PolicyDifference(
                from: try PolicySource(before).program().policy,
                to: try PolicySource(after).program().policy)
            if common.json { return Output.json(difference.json) }
            Output.lines(difference.changes.map(PolicyPage.line))
        }

        private func compare(_ name: String, to version: Int) throws {
            guard let from = Int(after) else {
                throw Complaint(
                    "\(after) is not a version.",
                    next: "Write the name and two versions, as in `refunds 7 8`.", .usage)
            }
            let answer: PolicyDifferenceAnswer = try Session.current().client().get(
                .policyDifference, naming: name,
                query: [("from", String(from)), ("to", String(version))])
            if common.json { return Output.json(answer.wire) }
            Output.lines(answer.changes.map(ExplanationPage.line))
        }
    }
}
