import Approvals
import ArgumentParser
import TextGrid
import WireAPI

/// `countersign agent`.
struct AgentCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "agent", abstract: "Manage the programs that submit calls.",
        discussion: """
            An agent submits calls and executes what was released; it has a token of its own.

              countersign agent add support-bot --owner bob@acme.test
              countersign token add --agent support-bot

            \(ExitStatus.ordinary)
            """,
        subcommands: [Add.self, List.self, Remove.self])

    struct Add: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "add", abstract: "Add an agent.",
            discussion: """
                  countersign agent add support-bot --owner bob@acme.test

                \(ExitStatus.ordinary)
                """)

        @OptionGroup var common: CommonOptions

        @Argument(help: "The name that approvers see.")
        var name: String

        @Option(name: .long, help: "The e-mail of the person whose runs these are.")
        var owner: String?

        func run() throws {
            let view: AgentInfo = try Session.current().client().send(
                .addAgent, AgentBody(name: name, owner: owner))
            if common.json { return Output.json(view.wire) }
            Output.note("Added the agent \(view.name).")
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List the agents.", discussion: ExitStatus.ordinary)

        @OptionGroup var common: CommonOptions

        func run() throws {
            let list: AgentList = try Session.current().client().get(.listAgents)
            if common.json { return Output.json(list.wire) }
            var table = TextTable("NAME", "OWNER", "ID")
            for agent in list.items {
                table.add(agent.name, agent.owner ?? "", agent.id.rawValue)
            }
            Output.lines(table.lines)
        }
    }

    struct Remove: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "remove", abstract: "Remove an agent; its tokens stop working at once.",
            discussion: ExitStatus.ordinary)

        @Argument(help: "The name.")
        var name: String

        func run() throws {
            try Session.current().client().send(.removeAgent, naming: name)
            Output.note("Removed the agent \(name).")
        }
    }
}
