import Approvals
import ArgumentParser
import Inbox
import JSONTree
import TextGrid
import WireAPI
import ZoneTime

/// `countersign audit search`.
struct AuditSearchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search", abstract: "Find out who allowed something, and when.",
        discussion: """
            Newest first; all that is named must fit. For the roles lead, auditor and admin. The \
            last column is what `countersign audit story` takes.

              countersign audit search --tool issue_refund --since 2026-11-01
              countersign audit search --by ada@acme.test --type approval.decided
              countersign audit search --rule finance --since 7d --json

            \(ExitStatus.ordinary)
            """)

    @OptionGroup var common: CommonOptions

    @Option(help: "Events about this approval.")
    var approval: String?

    @Option(help: "Events about calls of this tool.")
    var tool: String?

    @Option(help: "What a member (e-mail), an agent or an id did, or was done in their name.")
    var by: String?

    @Option(help: "Events about calls that this rule, or any rule of this policy, asked about.")
    var rule: String?

    @Option(help: "A type of event or its beginning, as in approval.decided.")
    var type: String?

    @Option(help: "From then on: a day, a time, or so long ago, as in 7d or 12h.")
    var since: String?

    @Option(help: "Until before then: a day, a time, or so long ago.")
    var until: String?

    @Option(name: .long, help: "The time zone that times are meant in; else this machine's.")
    var zone: String?

    @Option(help: "The most events.")
    var limit = 50

    func validate() throws {
        guard (1...10_000).contains(limit) else {
            throw ValidationError("--limit is 1 to 10000.")
        }
    }

    func run() throws {
        let wall = try WallClock(zone: zone)
        var words = AuditWords()
        (words.approval, words.tool, words.by) = (approval, tool, by)
        (words.rule, words.type) = (rule, type)
        let client = try Session.current().client()
        let me: MeAnswer = try client.get(.me)
        words.since = try since.map {
            try wall.pastInstant($0, for: "--since", now: me.serverTime)
        }
        words.until = try until.map {
            try wall.pastInstant($0, for: "--until", now: me.serverTime)
        }
        let found = try search(words, client)
        if common.json {
            return Output.json(found.wire)
        }
        Output.lines(AuditLines(events: found, pinned: nil, zone: wall.zone).text)
        if found.items.isEmpty { Output.note("Nothing in the log fits.") }
        if found.next != nil { Output.note("There is more: raise --limit, or narrow the search.") }
    }
    /// What fits, page after page.
    private func search(
        _ words: AuditWords, _ client: ControlPlaneClient
    ) throws -> FoundEvents {
        var found = FoundEvents(items: [])
        repeat {
            var query = words.query
            if let before = found.next { query.append(("before", before)) }
            query.append(("limit", "\(min(Self.pageMax, limit - found.items.count))"))
            let page: FoundEvents = try client.get(.auditSearch, query: query)
            found.items += page.items
            found.names += page.names.filter { !found.names.contains($0) }
            found.next = page.next
        } while found.next != nil && found.items.count < limit
        return found
    }

    private static let pageMax = 200
}
