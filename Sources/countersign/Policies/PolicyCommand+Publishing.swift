import Approvals
import ArgumentParser
import Cryptography
import JSONTree
import Policies
import PolicyFile
import TextGrid
import WireAPI

extension PolicyCommand {
    /// `countersign policy publish`.
    struct Publish: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "publish", abstract: "Publish the next version of a policy.",
            discussion: """
                The file is checked as by `countersign policy lint` and sent. A published version \
                is never changed. With the status enforced it waits for a second person.

                \(ExitStatus.ordinary)
                """)

        @OptionGroup var common: CommonOptions

        @Argument(help: "The file, YAML or JSON; - for standard input.", completion: .file())
        var file: String

        func run() throws {
            let source = try PolicySource(file)
            let lint = PolicyLint(source.file.value)
            guard lint.isPublishable else {
                Output.lines(lint.problems.map(source.line), on: .standardError)
                throw Complaint(
                    "\(source.name) cannot be published as it is.",
                    next: "Correct what is listed.", .badInput)
            }
            let view: PolicyView = try Session.current().client().send(
                .publishPolicy, PolicyBody(document: source.file.value))
            if common.json { return Output.json(view.wire) }
            PublishedPage.say(view)
        }
    }

    /// `countersign policy list`.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List the published versions of policies.",
            discussion: """
                After "waits for" stands what one person wants and a second one has not said yet.

                \(ExitStatus.ordinary)
                """)

        @OptionGroup var common: CommonOptions

        func run() throws {
            let list: PolicyList = try Session.current().client().get(.listPolicies)
            if common.json { return Output.json(list.wire) }
            Output.lines(PublishedPage.table(list.items))
        }
    }

    /// `countersign policy show`.
    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "Print a published version of a policy.",
            discussion: """
                The document is printed as JSON, as it was published; `countersign policy diff` \
                compares it with a file.

                  countersign policy show refunds > refunds-published.json

                \(ExitStatus.ordinary)
                """)

        @OptionGroup var common: CommonOptions

        @Argument(help: "The name of the policy.")
        var name: String

        @Option(name: .long, help: "The version; the newest one when it is left out.")
        var version: Int?

        func run() throws {
            let list: PolicyList = try Session.current().client().get(.policy, naming: name)
            let found = version.map { number in list.items.first { $0.version == number } }
            guard let view = found ?? list.items.last else {
                throw Complaint(
                    "There is no such version of \(name).",
                    next: "`countersign policy list` lists what there is.", .failed)
            }
            if common.json { return Output.json(view.wire) }
            Output.lines(SafeText.jsonLines(view.document.text(.pretty(indent: 2))))
        }
    }

    /// `countersign policy mode`.
    struct Mode: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "mode", abstract: "Bring a version of a policy into another status.",
            discussion: """
                What is in force changes only when a second person says the same. Saying the \
                status that it has withdraws what waits. A canary decides its share of the calls.

                  countersign policy mode refunds 3 canary --share 10
                  countersign policy mode refunds 3 enforced

                \(ExitStatus.ordinary)
                """)

        @OptionGroup var common: CommonOptions

        @Argument(help: "The name of the policy.")
        var name: String

        @Argument(help: "The version.")
        var version: Int

        @Argument(help: "draft, shadow, canary, enforced or retired.")
        var status: String

        @Option(help: "Out of a hundred calls, how many a canary decides: 1 to 99.")
        var share: Int?

        @Option(help: "Why the version cannot be watched as a shadow first.")
        var ack: String?

        func run() throws {
            let status: PolicyStatus = try Parsed.choice(self.status, for: "The status")
            let view: PolicyView = try Session.current().client().send(
                .changePolicyMode, naming: name,
                PolicyModeBody(
                    version: version, status: status.rawValue, share: share, ack: ack))
            if common.json { return Output.json(view.wire) }
            PublishedPage.say(view)
        }
    }
}

/// What is published, as plain lines.
enum PublishedPage {
    /// One version a row.
    static func table(_ views: [PolicyView]) -> [SafeText] {
        var table = TextTable("NAME", "VERSION", "STATUS", "WAITS FOR", "PUBLISHED", "BY")
        for view in views {
            let waits = view.proposal.map { "\($0.words), wanted by \($0.by)" } ?? "-"
            table.add(
                view.id, String(view.version), view.words, waits, Words.time(view.publishedAt),
                view.publishedBy)
        }
        return table.lines
    }

    /// What a version is now, and who has to say something next.
    static func say(_ view: PolicyView) {
        Output.note("\(view.id) version \(view.version) is \(view.words). \(view.digest.text)")
        guard let proposal = view.proposal else { return }
        Output.note("\(proposal.by) wants it \(proposal.words); a second person must say so, too:")
        let share = proposal.share.map { " --share \($0)" } ?? ""
        Output.note(
            "countersign policy mode \(view.id) \(view.version) \(proposal.status)\(share)")
    }
}

extension PolicyView {
    /// The status, with the share of a canary.
    fileprivate var words: String { share.map { "\(status) \($0) %" } ?? status }
}

extension PolicyProposalView {
    /// The status that is wanted, with the share of a canary.
    fileprivate var words: String { share.map { "\(status) \($0) %" } ?? status }
}
