import Approvals
import ArgumentParser
import TextGrid
import WireAPI

/// `countersign tenant`.
struct TenantCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tenant", abstract: "Manage tenants; needs the operator's token.",
        subcommands: [Add.self, List.self, Remove.self])

    struct Add: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "add", abstract: "Add a tenant and print its first admin's token, once.",
            discussion: ExitStatus.discussion)

        @OptionGroup var common: CommonOptions

        @Argument(help: "The name: 1 to 63 of a-z, 0-9 and hyphens.")
        var name: String

        @Option(name: .long, help: "The e-mail of its first admin.")
        var admin: String

        @Option(name: .long, help: "The group that is asked when nobody says.")
        var defaultGroup: String?

        @Option(name: .long, help: "How long people have when nobody says: 15m, 2h.")
        var defaultTimeout: String?

        @Option(name: .long, help: "The longest time an agent may ask for.")
        var timeoutMax: String?

        @Option(name: .long, help: "The risk of tools that are not named.")
        var defaultRisk: String?

        @Option(name: .long, help: "A tool and its risk: issue_refund=high. Repeatable.")
        var toolRisk: [String] = []

        @Option(name: .long, help: "A tool that may be released at the deadline. Repeatable.")
        var failOpen: [String] = []

        func run() throws {
            let view: TenantView = try Session.current().client().send(.addTenant, try body())
            if common.json { return Output.json(view.wire) }
            Output.note("Added \(view.name). This token is shown once:")
            Output.line(SafeText(escaping: view.adminToken ?? ""))
        }

        private func body() throws(Complaint) -> TenantBody {
            var body = TenantBody(name: try Parsed.tenant(name), adminEmail: admin)
            if let defaultGroup { body.defaultGroup = try Parsed.group(defaultGroup) }
            if let defaultTimeout {
                body.defaultTimeoutSeconds = try Parsed.seconds(
                    defaultTimeout, for: "--default-timeout")
            }
            if let timeoutMax {
                body.timeoutMaxSeconds = try Parsed.seconds(timeoutMax, for: "--timeout-max")
            }
            if let defaultRisk {
                body.defaultRisk = try Parsed.choice(defaultRisk, for: "--default-risk")
            }
            if !toolRisk.isEmpty { body.toolRisks = try risks() }
            if !failOpen.isEmpty { body.failOpenTools = failOpen }
            return body
        }

        private func risks() throws(Complaint) -> [ToolRiskBody] {
            var risks: [ToolRiskBody] = []
            for text in toolRisk {
                guard let equals = text.lastIndex(of: "=") else {
                    throw Complaint(
                        "\(text) names no risk.", next: "Write --tool-risk issue_refund=high.",
                        .usage)
                }
                let word = String(text[text.index(after: equals)...])
                risks.append(
                    ToolRiskBody(
                        tool: String(text[..<equals]),
                        risk: try Parsed.choice(word, for: "--tool-risk")))
            }
            return risks
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List the tenants.", discussion: ExitStatus.discussion)

        @OptionGroup var common: CommonOptions

        func run() throws {
            let list: TenantList = try Session.current().client().get(.listTenants)
            if common.json { return Output.json(list.wire) }
            var table = TextTable("NAME", "GROUP", "TIMEOUT", "RISK", "ADDED")
            for tenant in list.items {
                table.add(
                    tenant.name.rawValue, tenant.defaultGroup.rawValue,
                    "\(tenant.defaultTimeoutSeconds) s", tenant.defaultRisk.rawValue,
                    Words.time(tenant.createdAt))
            }
            Output.lines(table.lines)
        }
    }

    struct Remove: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "remove", abstract: "Remove a tenant.", discussion: ExitStatus.discussion)

        @Argument(help: "The name.")
        var name: String

        func run() throws {
            let name = try Parsed.tenant(name).rawValue
            try Session.current().client().send(.removeTenant, naming: name)
            Output.note("Removed \(name).")
        }
    }
}
