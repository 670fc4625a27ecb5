import Approvals
import ArgumentParser
import TextGrid
import WireAPI

/// `countersign group`.
struct GroupCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "group", abstract: "Manage the groups that are asked.",
        discussion: """
            A call asks one group; everybody in it may decide.

              countersign group add finance
              countersign group list
              countersign member add ada@acme.test --role approver --group finance

            \(ExitStatus.ordinary)
            """,
        subcommands: [Add.self, List.self, Remove.self])

    struct Add: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "add", abstract: "Add a group.", discussion: ExitStatus.ordinary)

        @OptionGroup var common: CommonOptions

        @Argument(help: "The name: 1 to 63 of a-z, 0-9 and hyphens.")
        var name: String

        func run() throws {
            let view: GroupView = try Session.current().client().send(
                .addGroup, GroupBody(name: try Parsed.group(name)))
            if common.json { return Output.json(view.wire) }
            Output.note("Added the group \(view.name).")
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List the groups and their members.",
            discussion: ExitStatus.ordinary)

        @OptionGroup var common: CommonOptions

        func run() throws {
            let list: GroupList = try Session.current().client().get(.listGroups)
            if common.json { return Output.json(list.wire) }
            var table = TextTable("NAME", "MEMBERS")
            for group in list.items {
                table.add(group.name.rawValue, group.members.joined(separator: ", "))
            }
            Output.lines(table.lines)
        }
    }

    struct Remove: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "remove", abstract: "Remove a group.", discussion: ExitStatus.ordinary)

        @Argument(help: "The name.")
        var name: String

        func run() throws {
            let name = try Parsed.group(name).rawValue
            try Session.current().client().send(.removeGroup, naming: name)
            Output.note("Removed the group \(name).")
        }
    }
}
