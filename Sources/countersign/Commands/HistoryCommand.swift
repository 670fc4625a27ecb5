import Approvals
import ArgumentParser
import TextGrid
import WireAPI

/// `countersign history`.
struct HistoryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history", abstract: "List calls that were settled, the newest first.",
        discussion: ExitStatus.ordinary)

    @OptionGroup var common: CommonOptions

    @Option(name: .long, help: "How many, 1 to 500.")
    var limit = 50

    @Option(name: .long, help: "Only calls whose tool, agent or summary holds this text.")
    var matching: String?

    @Option(name: .long, help: "Only calls of the tool of this name.")
    var tool: String?

    @Option(name: .long, help: "Only calls of the agent of this name.")
    var agent: String?

    @Flag(name: .long, help: "Only calls that a person still has to look at, of whatever age.")
    var needsReview = false

    @Option(name: .long, help: "Go on where an earlier page ended: its `next`.")
    var cursor: String?

    func validate() throws {
        guard (1...500).contains(limit) else {
            throw ValidationError("--limit must be from 1 to 500.")
        }
    }

    func run() throws {
        let page: SummaryList = try Session.current().client().get(
            .history,
            query: [
                ("limit", String(limit)), ("matching", matching), ("cursor", cursor),
                ("tool", tool), ("agent", agent),
                ("needs_review", needsReview ? "true" : nil),
            ])
        if common.json { return Output.json(page.wire) }
        var table = TextTable("ID", "SETTLED", "STATE", "RAN", "BY", "TOOL", "SUMMARY")
        for row in page.items {
            table.add(
                row.id.rawValue, row.settledAt.map(Words.time) ?? "", row.state.rawValue,
                row.execution.rawValue, row.decidedBy ?? "", row.tool, row.summary ?? "")
        }
        Output.lines(page.items.isEmpty ? [] : table.lines)
        if let next = page.next {
            Output.note("More: the same command with --cursor \(next)")
        }
    }
}
