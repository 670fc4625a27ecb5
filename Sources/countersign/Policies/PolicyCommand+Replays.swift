import Approvals
import ArgumentParser
import JSONTree
import Policies
import PolicyFile
import TextGrid
import WireAPI

extension PolicyCommand {
    /// `countersign policy shadow`.
    struct Shadow: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "shadow",
            abstract: "Show how a version would have decided as a shadow.",
            discussion: """
                What was in force stands against what the version said, call by call, and against \
                what people decided. Calls that it judges otherwise are listed: laxer ones first, \
                those that nobody looked at before the others.

                  countersign policy shadow refunds 8 --since P7D

                \(ExitStatus.ordinary)
                """)

        @OptionGroup var common: CommonOptions

        @Argument(help: "The name of the policy.")
        var name: String

        @Argument(help: "The version.")
        var version: Int

        @Option(name: .long, help: "How far back, such as P30D or 12h.")
        var since = LookBack.usual

        func run() throws {
            let report: ShadowReport = try Session.current().client().get(
                .shadowReport, naming: name, version: version,
                query: [("since", try Parsed.lookBack(since))])
            if common.json { return Output.json(report.wire) }
            Output.lines(AgreementPage.lines(report))
            let keepsBack = report.cases.contains {
                $0.reviewedBy == nil && ($0.leaning == "laxer" || $0.leaning == "error")
            }
            guard keepsBack || report.laxerUnreviewed > 0 else { return }
            Output.note(
                "`countersign policy reviewed \(name) \(version) APPROVAL…` says that you looked.")
        }
    }

    /// `countersign policy reviewed`.
    struct Reviewed: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "reviewed",
            abstract: "Say that you looked at calls that a version judges otherwise.",
            discussion: """
                It is on record who looked. A version does not come into force while there are \
                calls on which it was laxer, or to which it had no answer, that nobody looked at.

                  countersign policy reviewed refunds 8 01a2043d-9860-7e0e-b08c-0ba87d4786f6

                \(ExitStatus.ordinary)
                """)

        @OptionGroup var common: CommonOptions

        @Argument(help: "The name of the policy.")
        var name: String

        @Argument(help: "The version.")
        var version: Int

        @Argument(help: "The ids of the approvals.")
        var approvals: [String]

        func run() throws {
            let ids = try approvals.map { try Parsed.approval($0) }
            let answer: ReviewedAnswer = try Session.current().client().send(
                .reviewShadow, naming: name, version: version, ReviewedBody(approvals: ids))
            if common.json { return Output.json(answer.wire) }
            Output.note(
                "\(answer.reviewed) marked as looked at; \(answer.laxerUnreviewed) laxer calls are "
                    + "left to look at.")
        }
    }

    /// `countersign policy backtest`.
    struct Backtest: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "backtest", abstract: "Try a policy on the calls that were stored.",
            discussion: """
                Each stored call is judged by the file instead of by the version that was in \
                force, with what was seen at the time. Nothing is stored or decided. Calls that \
                would have been judged otherwise are listed, laxer ones first.

                  countersign policy backtest --candidate refunds.yaml --since P30D

                \(ExitStatus.ordinary)
                """)

        @OptionGroup var common: CommonOptions

        @Option(
            name: .long, help: "The policy, YAML or JSON; - for standard input.",
            completion: .file())
        var candidate: String

        @Option(name: .long, help: "How far back, such as P30D or 12h.")
        var since = LookBack.usual

        func run() throws {
            let source = try PolicySource(candidate)
            let policy = try source.program().policy
            var body = BacktestBody(
                document: source.file.value, since: try Parsed.lookBack(since))
            let client = try Session.current().client()
            var sum = BacktestSum(try client.send(.backtest, body))
            var bar = ProgressBar()
            defer { bar.clear() }
            while let cursor = sum.page.next {
                bar.show(sum.looked, of: sum.page.total)
                body.cursor = cursor
                sum.add(try client.send(.backtest, body))
            }
            bar.clear()
            if common.json { return Output.json(sum.page.wire) }
            Output.lines(AgreementPage.lines(sum, of: policy.title))
        }
    }
}

extension Parsed {
    /// How far back, as the control plane reads it: ISO 8601, or a span such as 12h.
    static func lookBack(_ text: String) throws(Complaint) -> String {
        if LookBack(text) != nil { return text }
        if let seconds = Words.seconds(text), let span = LookBack("PT\(seconds)S") {
            return "PT\(span.seconds)S"
        }
        throw Complaint(
            "--since is not a span of time: \(text).", next: "Write P30D, P2W, PT12H or 12h.",
            .usage)
    }
}
