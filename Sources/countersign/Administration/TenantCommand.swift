import Approvals
import ArgumentParser
import TextGrid
import WireAPI

/// `countersign tenant`.
struct TenantCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tenant", abstract: "Manage tenants and their defaults.",
        discussion: """
            A tenant is a house of its own: its people, agents and approvals never meet those \
            of another. Only an operator can add one.

              countersign tenant add acme --admin ada@acme.test
              countersign tenant change acme --step-up-from high
              countersign tenant list

            \(ExitStatus.ordinary)
            """,
        subcommands: [Add.self, Change.self, List.self, Remove.self])

    struct Add: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "add", abstract: "Add a tenant and print its first admin's token, once.",
            discussion: ExitStatus.ordinary)

        @OptionGroup var common: CommonOptions

        @Argument(help: "The name: 1 to 63 of a-z, 0-9 and hyphens.")
        var name: String

        @Option(name: .long, help: "The e-mail of its first admin.")
        var admin: String

        @OptionGroup var defaults: TenantOptions

        func run() throws {
            let client = try Session.current().client()
            let body = try defaults.body(for: name, adminEmail: admin)
            let view: TenantView = try client.send(.addTenant, body)
            if common.json { return Output.json(view.wire) }
            Output.note("Added \(view.name). This token is shown once:")
            Output.line(SafeText(escaping: view.adminToken ?? ""))
        }
    }

    struct Change: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "change", abstract: "Change what a tenant asks for when nobody says.",
            discussion: """
                What is left out stays; a list of tools is replaced whole. An admin changes \
                their own tenant, an operator any.

                  countersign tenant change acme --step-up-from high

                \(ExitStatus.ordinary)
                """)

        @OptionGroup var common: CommonOptions

        @Argument(help: "The name.")
        var name: String

        @OptionGroup var defaults: TenantOptions

        func run() throws {
            let client = try Session.current().client()
            let body = try defaults.body(for: name, adminEmail: nil)
            let view: TenantView = try client.send(
                .changeTenant, naming: body.name.rawValue, body)
            if common.json { return Output.json(view.wire) }
            Output.note("Changed \(view.name).")
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List the tenants.", discussion: ExitStatus.ordinary)

        @OptionGroup var common: CommonOptions

        func run() throws {
            let list: TenantList = try Session.current().client().get(.listTenants)
            if common.json { return Output.json(list.wire) }
            var table = TextTable("NAME", "GROUP", "TIMEOUT", "RISK", "STEP-UP", "ADDED")
            for tenant in list.items {
                table.add(
                    tenant.name.rawValue, tenant.defaultGroup.rawValue,
                    "\(tenant.defaultTimeoutSeconds) s", tenant.defaultRisk.rawValue,
                    tenant.stepUpFrom.rawValue, Words.time(tenant.createdAt))
            }
            Output.lines(table.lines)
        }
    }

    struct Remove: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "remove", abstract: "Remove a tenant.", discussion: ExitStatus.ordinary)

        @Argument(help: "The name.")
        var name: String

        func run() throws {
            let name = try Parsed.tenant(name).rawValue
            try Session.current().client().send(.removeTenant, naming: name)
            Output.note("Removed \(name).")
        }
    }
}
