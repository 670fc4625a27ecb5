import Approvals
import ArgumentParser
import JSONTree
import TextGrid
import WireAPI

/// `countersign list`.
struct ListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the calls that wait for a decision.",
        discussion: """
            The most urgent one stands first. With --settled, calls that were decided lately are \
            listed too.

              countersign list
              countersign list --json | jq -r '.items[].id'

            \(ExitStatus.ordinary)
            """)

    @OptionGroup var common: CommonOptions

    @Flag(name: .long, help: "List calls that are settled, too.")
    var settled = false

    func run() throws {
        let queue = try Queue.fetch(Session.current().client())
        let rows = queue.rows.filter { settled || $0.state == .pending }
        if common.json {
            Output.json(["items": rows.wire, "server_time": queue.serverTime.wire])
        } else {
            Output.lines(Self.table(of: rows, at: queue.serverTime))
            if rows.isEmpty { Output.note("Nothing waits for you.") }
        }
    }

    /// The rows as a table, without its head when there is none.
    static func table(of rows: [ApprovalSummary], at now: Timestamp) -> [SafeText] {
        guard !rows.isEmpty else { return [] }
        var table = TextTable("ID", "LEFT", "RISK", "TOOL", "AGENT", "SUMMARY")
        for row in rows {
            let isPending = row.state == .pending
            let left = isPending ? Words.left(until: row.deadline, at: now) : row.state.rawValue
            table.add(
                row.id.rawValue, left, row.risk.rawValue, row.tool, row.agent, row.summary ?? "")
        }
        return table.lines
    }
}

/// The whole queue of the person who asks.
struct Queue {
    /// Pending first, then by deadline.
    var rows: [ApprovalSummary]
    /// Where the change feed goes on.
    var cursor: String
    var serverTime: Timestamp

    /// Pages through the feed from its beginning.
    static func fetch(_ client: ControlPlaneClient) throws(Complaint) -> Queue {
        var rows: [ApprovalID: ApprovalSummary] = [:]
        var cursor: String?
        while true {
            let page: InboxAnswer = try client.get(
                .inbox, query: [("since", cursor), ("limit", "500")])
            for change in page.items { rows[change.id] = change.approval }
            cursor = page.next
            guard page.hasMore else {
                return Queue(
                    rows: sorted(rows.values), cursor: page.next, serverTime: page.serverTime)
            }
        }
    }

    private static func sorted(_ rows: some Sequence<ApprovalSummary>) -> [ApprovalSummary] {
        rows.sorted { left, right in
            if left.state.isTerminal != right.state.isTerminal { return !left.state.isTerminal }
            if left.deadline != right.deadline { return left.deadline < right.deadline }
            return left.id < right.id
        }
    }
}
