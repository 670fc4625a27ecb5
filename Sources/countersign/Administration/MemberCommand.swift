import Approvals
import ArgumentParser
import TextGrid
import WireAPI

/// `countersign member`.
struct MemberCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "member", abstract: "Manage the people of the tenant.",
        discussion: """
            People decide; an agent never does. A role says what somebody may do, a group what \
            they are asked.

              countersign member add ada@acme.test --role approver --group finance
              countersign member list
              countersign token add --member ada@acme.test

            \(ExitStatus.ordinary)
            """,
        subcommands: [Add.self, List.self, Remove.self, ResetStepUp.self, PermitStepUp.self])

    struct Add: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "add", abstract: "Add a person, or change their roles and groups.",
            discussion: """
                  countersign member add ada@acme.test --role approver --group finance

                \(ExitStatus.ordinary)
                """)

        @OptionGroup var common: CommonOptions

        @Argument(help: "The e-mail.")
        var email: String

        @Option(
            name: .long, help: "approver, lead, auditor, admin, or breakglass beside. Repeatable.")
        var role: [String]

        @Option(name: .long, help: "A group they decide for. Repeatable.")
        var group: [String] = []

        func run() throws {
            var body = MemberBody(email: email)
            for word in role { body.roles.append(try Parsed.choice(word, for: "--role")) }
            for name in group { body.groups.append(try Parsed.group(name)) }
            let view: MemberView = try Session.current().client().send(.putMember, body)
            if common.json { return Output.json(view.wire) }
            Output.note("\(view.email) is \(view.roles.map(\.rawValue).joined(separator: ", ")).")
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List the people.", discussion: ExitStatus.ordinary)

        @OptionGroup var common: CommonOptions

        func run() throws {
            let list: MemberList = try Session.current().client().get(.listMembers)
            if common.json { return Output.json(list.wire) }
            var table = TextTable("E-MAIL", "ROLES", "GROUPS")
            for member in list.items {
                table.add(
                    member.email, member.roles.map(\.rawValue).joined(separator: ", "),
                    member.groups.map(\.rawValue).joined(separator: ", "))
            }
            Output.lines(table.lines)
        }
    }

    struct ResetStepUp: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "reset-step-up",
            abstract: "Take a person's second factor away, when they lost it.",
            discussion: """
                Make sure that it is them who asks. Nobody resets their own.

                \(ExitStatus.ordinary)
                """)

        @Argument(help: "The e-mail.")
        var email: String

        func run() throws {
            try Session.current().client().send(.resetStepUp, naming: email)
            Output.note("\(email) has no second factor now; they enroll again.")
        }
    }

    struct Remove: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "remove", abstract: "Remove a person; their tokens stop working at once.",
            discussion: ExitStatus.ordinary)

        @Argument(help: "The e-mail.")
        var email: String

        func run() throws {
            try Session.current().client().send(.removeMember, naming: email)
            Output.note("Removed \(email).")
        }
    }
}
