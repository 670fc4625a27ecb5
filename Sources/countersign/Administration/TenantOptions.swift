import Approvals
import ArgumentParser
import WireAPI

/// What a tenant asks for when nobody says, as options.
struct TenantOptions: ParsableArguments {
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

    @Option(
        name: .long,
        help: "The risk from which a decision needs a second factor: none, medium, high, critical.")
    var stepUpFrom: String?

    @Option(
        name: .long, help: "Days after which the values of a call are erased; 184 at least.")
    var retentionDays: Int?

    @Option(
        name: .long,
        help: "A code of your own second factor, when you have one and ask for less than before.")
    var code: String?

    /// What was given; the rest is left out.
    func body(for name: String, adminEmail: String?) throws(Complaint) -> TenantBody {
        var body = TenantBody(name: try Parsed.tenant(name), adminEmail: adminEmail)
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
        body.retentionDays = retentionDays
        if let stepUpFrom {
            body.stepUpFrom = try Parsed.choice(stepUpFrom, for: "--step-up-from")
            if let code { body.stepUp = try StepUpPrompt.body(code, "code of your own") }
        }
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
