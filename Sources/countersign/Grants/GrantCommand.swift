import Approvals
import ArgumentParser
import SystemClock
import WireAPI

/// `countersign grant`.
struct GrantCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "grant", abstract: "See and take back what runs without asking.",
        discussion: """
            A standing grant is given with an approval: calls like it run by themselves for a \
            while. It never answers a call that a policy refuses, or that asks for more than the \
            approved one did.

              countersign approve ID --for 1h --uses 5
              countersign grant list
              countersign grant revoke ID --reason 'the customer called'

            \(ExitStatus.ordinary)
            """,
        subcommands: [List.self, Show.self, Revoke.self])

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List the standing grants that you may see.",
            discussion: """
                  countersign grant list --state ended

                \(ExitStatus.ordinary)
                """)

        @OptionGroup var common: CommonOptions

        @Option(name: .long, help: "active, ended or all.")
        var state = "active"

        func run() throws {
            guard ["active", "ended", "all"].contains(state) else {
                throw Complaint(
                    "--state cannot be \(state).", next: "It is one of: active, ended, all.",
                    .usage)
            }
            let list: GrantList = try Session.current().client().get(
                .listGrants, query: [("state", state)])
            if common.json { return Output.json(list.wire) }
            guard !list.items.isEmpty else {
                guard state == "active" else { return Output.note("There is none.") }
                return Output.note(
                    "Nothing runs without asking; `countersign approve ID --for 1h` grants it.")
            }
            Output.lines(GrantPage.table(list.items, at: SystemSource.now))
        }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "Show a standing grant.",
            discussion: ExitStatus.ordinary)

        @OptionGroup var common: CommonOptions

        @Argument(help: "The id of the grant.")
        var id: String

        func run() throws {
            let view: GrantView = try Session.current().client().get(
                .grant, naming: try Parsed.grant(id).rawValue)
            if common.json { return Output.json(view.wire) }
            Output.lines(GrantPage.lines(view))
        }
    }

    struct Revoke: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "revoke", abstract: "Take a standing grant back; people are asked again.",
            discussion: """
                Whoever gave it, its group, a lead and an admin may. A grant that has ended stays \
                as it is.

                  countersign grant revoke ID --reason 'the customer called'

                \(ExitStatus.ordinary)
                """)

        @OptionGroup var common: CommonOptions

        @Argument(help: "The id of the grant.")
        var id: String

        @Option(name: .long, help: "Why; it is recorded.")
        var reason: String?

        func run() throws {
            let view: GrantView = try Session.current().client().send(
                .revokeGrant, naming: try Parsed.grant(id).rawValue,
                GrantRevokeBody(reason: reason))
            if common.json { return Output.json(view.wire) }
            Output.note("\(view.tool) of \(view.agent.name): \(GrantPage.state(view)).")
        }
    }
}
