import Approvals
import ControlPlane
import Cryptography
import SQLiteDatabase

extension SQLiteSession {
    func agent(_ id: AgentID, of tenant: TenantName) throws(StoreFailure) -> Agent? {
        try agents(
            "WHERE tenant = ?1 AND id = ?2 AND removed = 0",
            [.text(tenant.rawValue), .text(id.rawValue)]
        ).first
    }

    func agent(named name: String, of tenant: TenantName) throws(StoreFailure) -> Agent? {
        try agents(
            "WHERE tenant = ?1 AND name = ?2 AND removed = 0",
            [.text(tenant.rawValue), .text(name)]
        ).first
    }

    func agents(of tenant: TenantName) throws(StoreFailure) -> [Agent] {
        try agents("WHERE tenant = ?1 AND removed = 0 ORDER BY name", [.text(tenant.rawValue)])
    }

    func agentName(of id: AgentID, in tenant: TenantName) throws(StoreFailure) -> String? {
        try first(
            "SELECT name FROM agent WHERE tenant = ?1 AND id = ?2",
            [.text(tenant.rawValue), .text(id.rawValue)]
        ) { (row) throws(SQLiteFailure) in try row.text(0) }
    }

    func agentOwner(of id: AgentID, in tenant: TenantName) throws(StoreFailure) -> MemberID? {
        let found = try first(
            "SELECT owner FROM agent WHERE tenant = ?1 AND id = ?2 AND owner IS NOT NULL",
            [.text(tenant.rawValue), .text(id.rawValue)]
        ) { (row) throws(SQLiteFailure) in try row.text(0) }
        return try optional(found, MemberID.init, "member id")
    }

    private func agents(
        _ condition: String, _ values: [SQLiteValue]
    ) throws(StoreFailure) -> [Agent] {
        let found = try rows("SELECT id, name, owner, created FROM agent \(condition)", values) {
            (row) throws(SQLiteFailure) in
            (
                id: try row.text(0), name: try row.text(1), owner: try row.optionalText(2),
                created: try row.integer(3)
            )
        }
        return try found.mapped { (row) throws(StoreFailure) in
            Agent(
                id: try parsed(AgentID(row.id), "agent id"), name: row.name,
                owner: try optional(row.owner, MemberID.init, "member id"),
                createdAt: Timestamp(milliseconds: row.created))
        }
    }

    func insert(_ agent: Agent, of tenant: TenantName) throws(StoreFailure) -> Bool {
        try change(
            """
            INSERT INTO agent (tenant, id, name, owner, created) VALUES (?1, ?2, ?3, ?4, ?5)
            ON CONFLICT (tenant, name) WHERE removed = 0 DO NOTHING
            """,
            [
                .text(tenant.rawValue), .text(agent.id.rawValue), .text(agent.name),
                .optional(agent.owner?.rawValue), .integer(agent.createdAt.milliseconds),
            ]) == 1
    }

    func removeAgent(_ id: AgentID, of tenant: TenantName) throws(StoreFailure) -> Bool {
        let which: [SQLiteValue] = [.text(tenant.rawValue), .text(id.rawValue)]
        try change("DELETE FROM token WHERE tenant = ?1 AND agent = ?2", which)
        return try change(
            "UPDATE agent SET removed = 1 WHERE tenant = ?1 AND id = ?2 AND removed = 0", which)
            == 1
    }

    // MARK: Tokens

    func token(secretDigest: Digest) throws(StoreFailure) -> Token? {
        try tokens("WHERE secret = ?1", [.blob(secretDigest.bytes)]).first
    }

    func tokens(of tenant: TenantName) throws(StoreFailure) -> [Token] {
        try tokens("WHERE tenant = ?1 ORDER BY id", [.text(tenant.rawValue)])
    }

    private func tokens(
        _ condition: String, _ values: [SQLiteValue]
    ) throws(StoreFailure) -> [Token] {
        let columns = "id, tenant, member, agent, secret, label, created, expires"
        let found = try rows("SELECT \(columns) FROM token \(condition)", values) {
            (row) throws(SQLiteFailure) in
            (
                id: try row.text(0), tenant: try row.text(1), member: try row.optionalText(2),
                agent: try row.optionalText(3), secret: try row.blob(4),
                label: try row.optionalText(5), created: try row.integer(6),
                expires: try row.optionalInteger(7)
            )
        }
        return try found.mapped { (row) throws(StoreFailure) in
            Token(
                id: try parsed(TokenID(row.id), "token id"),
                tenant: try parsed(TenantName(row.tenant), "tenant name"),
                holder: try holder(member: row.member, agent: row.agent),
                secretDigest: try parsed(Digest(bytes: row.secret), "digest"), label: row.label,
                createdAt: Timestamp(milliseconds: row.created),
                expiresAt: row.expires.map { Timestamp(milliseconds: $0) })
        }
    }

    private func holder(
        member: String?, agent: String?
    ) throws(StoreFailure) -> Token.Holder {
        if let member { return .member(try parsed(MemberID(member), "member id")) }
        return .agent(try parsed(agent.flatMap { AgentID($0) }, "agent id"))
    }

    func insert(_ token: Token) throws(StoreFailure) {
        let holders: [SQLiteValue] =
            switch token.holder {
            case .member(let id): [.text(id.rawValue), .null]
            case .agent(let id): [.null, .text(id.rawValue)]
            }
        try change(
            """
            INSERT INTO token (id, tenant, member, agent, secret, label, created, expires)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
            """,
            [.text(token.id.rawValue), .text(token.tenant.rawValue)] + holders + [
                .blob(token.secretDigest.bytes), .optional(token.label),
                .integer(token.createdAt.milliseconds), .optional(token.expiresAt?.milliseconds),
            ])
    }

    func removeToken(_ id: TokenID, of tenant: TenantName) throws(StoreFailure) -> Bool {
        try change(
            "DELETE FROM token WHERE tenant = ?1 AND id = ?2",
            [.text(tenant.rawValue), .text(id.rawValue)]) == 1
    }

    private func optional<Value>(
        _ text: String?, _ make: (String) -> Value?, _ what: String
    ) throws(StoreFailure) -> Value? {
        guard let text else { return nil }
        return try parsed(make(text), what)
    }
}
