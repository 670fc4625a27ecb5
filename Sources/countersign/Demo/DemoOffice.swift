import Approvals
import CurlTransport
import WireAPI

/// Fills a fresh tenant over REST, as an admin would.
struct DemoOffice {
    private let admin: ControlPlaneClient
    private let address: ServerAddress

    init(_ server: DemoServer) throws(Complaint) {
        guard let address = ServerAddress(server.url), let token = BearerToken(server.adminToken)
        else { throw Complaint.unreadable }
        self.address = address
        admin = ControlPlaneClient(Session(address: address, token: token, account: ""))
    }

    /// Adds groups, people, agents and risks; the session is Ada's.
    func settle() throws(Complaint) -> Session {
        for name in ["finance", "platform", "support"] {
            let _: GroupView = try admin.send(
                .addGroup, GroupBody(name: try Parsed.group(name)))
        }
        try member("ada@acme.test", [.approver], ["finance", "platform", "support"])
        try member("bob@acme.test", [.lead], ["platform"])
        for role in DemoRole.allCases {
            let _: AgentInfo = try admin.send(
                .addAgent, AgentBody(name: role.rawValue, owner: "bob@acme.test"))
        }
        try setRisks()
        let made: TokenView = try admin.send(
            .addToken, TokenBody(member: "ada@acme.test", label: "demo"))
        guard let token = BearerToken(made.token ?? "") else { throw Complaint.unreadable }
        return Session(address: address, token: token, account: "demo")
    }

    /// A fresh token of an agent.
    func token(of role: DemoRole) throws(Complaint) -> String {
        let made: TokenView = try admin.send(
            .addToken, TokenBody(agent: role.rawValue, label: "demo"))
        guard let token = made.token else { throw Complaint.unreadable }
        return token
    }

    private func member(
        _ email: String, _ roles: [Role], _ groups: [String]
    ) throws(Complaint) {
        var body = MemberBody(email: email, roles: roles)
        for group in groups { body.groups.append(try Parsed.group(group)) }
        let _: MemberView = try admin.send(.putMember, body)
    }

    private func setRisks() throws(Complaint) {
        var body = TenantBody(name: try Parsed.tenant("acme"))
        body.toolRisks = [
            ToolRiskBody(tool: "wire_transfer", risk: .critical),
            ToolRiskBody(tool: "db.execute", risk: .high),
            ToolRiskBody(tool: "dns.change", risk: .high),
            ToolRiskBody(tool: "issue_refund", risk: .medium),
            ToolRiskBody(tool: "send_email", risk: .medium),
            ToolRiskBody(tool: "fs.delete", risk: .medium),
            ToolRiskBody(tool: "grant_access", risk: .low),
        ]
        let _: TenantView = try admin.send(.changeTenant, naming: "acme", body)
    }
}
