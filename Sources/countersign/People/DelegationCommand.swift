import Approvals
import ArgumentParser
import SystemClock
import TextGrid
import WireAPI

/// `countersign delegation`.
struct DelegationCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delegation", abstract: "Lend authority to somebody, and take it back.",
        discussion: """
            Who borrows decides on behalf of who lends, and the record names both. It reaches what \
            the lender could decide themselves, never their own runs, and for at most 30 days.

              countersign delegation add bea@acme.test --tool issue_refund --until 3d \\
                  --reason "Holiday"
              countersign delegation list
              countersign delegation revoke ID

            \(ExitStatus.ordinary)
            """,
        subcommands: [Add.self, List.self, Revoke.self])

    struct Add: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "add", abstract: "Lend authority; says what comes of it and asks first.",
            discussion: """
                Say what is lent: tools, groups, or --all. A call must fit one tool and one group \
                of those named. For another person a lead does it, with --from.

                  countersign delegation add bea@acme.test --all --until 2026-11-30T09:00 \\
                      --zone Europe/Berlin --reason "Holiday"
                  countersign delegation add bea@acme.test --from ann@acme.test --group finance \\
                      --until 3d --ceiling medium --reason "Ann is ill" --yes

                \(ExitStatus.ordinary)
                """)

        @OptionGroup var common: CommonOptions

        @Argument(help: "The e-mail of the person who gets it.")
        var delegate: String

        @Option(
            name: .long, help: "The e-mail of the person whose authority it is; yours if left out.")
        var from: String?

        @Option(name: .long, help: "A tool that is meant. Repeatable.")
        var tool: [String] = []

        @Option(name: .long, help: "A group whose calls are meant. Repeatable.")
        var group: [String] = []

        @Flag(name: .long, help: "Every call is meant.")
        var all = false

        @Option(name: .long, help: "The highest risk: low, medium, high or critical.")
        var ceiling = "high"

        @Option(name: .long, help: "When it begins: now, 8h, or a time.")
        var start = "now"

        @Option(name: .long, help: "When it ends: 8h, 3d, 2026-11-30T09:00, or with an offset.")
        var until: String

        @Option(name: .long, help: "The time zone of times without an offset; else this machine's.")
        var zone: String?

        @Option(name: .long, help: "Why.")
        var reason: String

        @Flag(name: .long, help: "Only approvals asked for after it begins are meant.")
        var newOnly = false

        @Flag(name: .long, help: "You are not asked meanwhile; your authority stays.")
        var replace = false

        @Flag(name: .long, help: "Say what would come of it, and change nothing.")
        var preview = false

        @Flag(name: .long, help: "Do not ask.")
        var yes = false

        func validate() throws {
            guard all == (tool.isEmpty && group.isEmpty) else {
                throw ValidationError("Name what is lent: --tool, --group, or only --all.")
            }
        }

        func run() throws {
            let wall = try WallClock(zone: zone)
            let client = try Session.current().client()
            let me: MeAnswer = try client.get(.me)
            var body = try body(wall, now: me.serverTime)
            body.preview = true
            let planned: DelegationView = try client.send(.lend, body)
            if !common.json || !yes {
                Output.note(lines: DelegationWords.consequences(planned, wall))
            }
            guard !preview else { return common.json ? Output.json(planned.wire) : () }
            try confirm()
            body.preview = nil
            let view: DelegationView = try client.send(.lend, body)
            if common.json { return Output.json(view.wire) }
            Output.note("Lent. Take it back with: countersign delegation revoke \(view.id)")
        }

        private func body(_ wall: WallClock, now: Timestamp) throws -> DelegationBody {
            var scope = all ? ["all"] : []
            scope += tool.map { "tool:\($0)" }
            for name in group { scope.append("group:\(try Parsed.group(name))") }
            let begin = try wall.instant(start, for: "--start", now: now)
            return DelegationBody(
                grantor: from, delegate: delegate, start: start == "now" ? nil : begin,
                end: try wall.instant(until, for: "--until", now: begin), scope: scope,
                ceiling: try Parsed.choice(ceiling, for: "--ceiling"),
                mode: replace ? "replace" : nil, newOnly: newOnly ? true : nil, reason: reason)
        }

        private func confirm() throws {
            guard !yes else { return }
            guard Prompt.canAsk else {
                throw Complaint(
                    "Nobody is there to ask, so nothing was lent.", next: "Say --yes.",
                    .notDecided)
            }
            guard Prompt.line("Lend it? Type yes: ") == "yes" else {
                throw Complaint("Nothing was lent.", next: "", .notDecided)
            }
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List what is lent: yours, or for leads everybody's.",
            discussion: ExitStatus.ordinary)

        @OptionGroup var common: CommonOptions

        @Flag(name: .long, help: "With those that ended in the last 90 days.")
        var past = false

        @Option(name: .long, help: "The time zone to show times in; else this machine's.")
        var zone: String?

        func run() throws {
            let wall = try WallClock(zone: zone)
            let list: DelegationList = try Session.current().client().get(
                .listDelegations, query: [("past", past ? "true" : nil)])
            if common.json { return Output.json(list.wire) }
            var table = TextTable("STATE", "WHO", "FOR", "WHAT", "UP TO", "WHEN", "ID")
            for item in list.items {
                table.add(
                    item.state, item.delegate, item.grantor, item.scope.joined(separator: " "),
                    item.ceiling.rawValue, wall.text(from: item.start, to: item.end), item.id)
            }
            Output.lines(table.lines)
        }
    }

    struct Revoke: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "revoke", abstract: "Take a delegation back; it is useless at once.",
            discussion: ExitStatus.ordinary)

        @Argument(help: "The id, as `countersign delegation list` prints it.")
        var id: String

        func run() throws {
            guard ApprovalID(id) != nil else {
                throw Complaint(
                    "\(id) is not the id of a delegation.",
                    next: "Ids are printed by `countersign delegation list`.", .usage)
            }
            try Session.current().client().send(.revokeDelegation, naming: id)
            Output.note("Revoked. No decision relies on it any more.")
        }
    }
}

/// What a person reads before they lend something.
enum DelegationWords {
    static func consequences(_ view: DelegationView, _ wall: WallClock) -> String {
        ([wall.text(from: view.start, to: view.end)] + view.consequences).joined(separator: "\n")
    }
}
