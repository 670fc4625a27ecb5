import Approvals
import ControlPlane
import WireAPI

// What admins send.
extension CallReader {
    func addTenant() throws(APIFailure) -> Command {
        let body: TenantBody = try body()
        guard let email = body.adminEmail else {
            throw .field("admin_email", "is missing: a new tenant needs its first admin")
        }
        return .addTenant(try settings(body), adminEmail: email)
    }

    func changeTenant() throws(APIFailure) -> Command {
        let name: TenantName = try named()
        let body: TenantBody = try body()
        guard body.name == name else {
            throw .field("name", "must be the name in the path: tenants are not renamed")
        }
        guard body.adminEmail == nil else {
            throw .field("admin_email", "must be left out: it only counts for a new tenant")
        }
        return .changeTenant(try settings(body))
    }

    func removeTenant() throws(APIFailure) -> Command {
        try noBody()
        return .removeTenant(try named())
    }

    func addGroup() throws(APIFailure) -> Command {
        let body: GroupBody = try body()
        return .addGroup(body.name)
    }

    func removeGroup() throws(APIFailure) -> Command {
        try noBody()
        return .removeGroup(try named())
    }

    func putMember() throws(APIFailure) -> Command {
        let body: MemberBody = try body()
        return .putMember(
            email: body.email, roles: Set(body.roles), groups: Set(body.groups))
    }

    func removeMember() throws(APIFailure) -> Command {
        try noBody()
        return .removeMember(email: match.name)
    }

    func addAgent() throws(APIFailure) -> Command {
        let body: AgentBody = try body()
        return .addAgent(name: body.name, ownerEmail: body.owner)
    }

    func removeAgent() throws(APIFailure) -> Command {
        try noBody()
        return .removeAgent(name: match.name)
    }

    func addToken() throws(APIFailure) -> Command {
        let body: TokenBody = try body()
        let holder: TokenFor
        switch (body.member, body.agent) {
        case (let email?, nil): holder = .member(email: email)
        case (nil, let name?): holder = .agent(name: name)
        case (nil, nil), (_?, _?):
            throw .bodyWrong([FieldProblem("", "must name a member or an agent, and not both")])
        }
        return .addToken(
            holder, label: body.label, expiresInSeconds: body.expiresInSeconds,
            proven: try stepUpCode(body.stepUp, "step_up/code"))
    }

    func removeToken() throws(APIFailure) -> Command {
        try noBody()
        return .removeToken(try named())
    }

    private func settings(_ body: TenantBody) throws(APIFailure) -> TenantSettings {
        var settings = TenantSettings(name: body.name)
        settings.defaultGroup = body.defaultGroup
        settings.defaultTimeoutSeconds = body.defaultTimeoutSeconds
        settings.timeoutMaxSeconds = body.timeoutMaxSeconds
        settings.claimWindowSeconds = body.claimWindowSeconds
        settings.defaultRisk = body.defaultRisk
        if let risks = body.toolRisks {
            var named: [ToolName: Risk] = [:]
            for (index, row) in risks.enumerated() {
                let field = "tool_risks/\(index)/tool"
                guard named.updateValue(row.risk, forKey: try tool(row.tool, field)) == nil else {
                    throw .field(field, "is there twice")
                }
            }
            settings.toolRisks = named
        }
        if let tools = body.failOpenTools {
            var named: Set<ToolName> = []
            for (index, name) in tools.enumerated() {
                named.insert(try tool(name, "fail_open_tools/\(index)"))
            }
            settings.failOpenTools = named
        }
        settings.stepUpFrom = body.stepUpFrom
        settings.retentionDays = body.retentionDays
        settings.stepUpCode = try stepUpCode(body.stepUp, "step_up/code")
        return settings
    }

    private func tool(_ text: String, _ field: String) throws(APIFailure) -> ToolName {
        guard let tool = ToolName(text) else {
            throw .field(field, "must have 1 to \(ToolName.bytesMax) bytes")
        }
        return tool
    }
}
