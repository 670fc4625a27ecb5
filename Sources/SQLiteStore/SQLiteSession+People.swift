import Approvals
import ControlPlane
import SQLiteDatabase

extension SQLiteSession {
    // MARK: Tenants

    func tenant(_ name: TenantName) throws(StoreFailure) -> Tenant? {
        let text = try first(
            "SELECT settings FROM tenant WHERE name = ?1", [.text(name.rawValue)]
        ) { (row) throws(SQLiteFailure) in try row.text(0) }
        guard let text else { return nil }
        return try parsed(Tenant(name, settings: text), "tenant")
    }

    func tenants() throws(StoreFailure) -> [Tenant] {
        let found = try rows("SELECT name, settings FROM tenant ORDER BY name", []) {
            (row) throws(SQLiteFailure) in (try row.text(0), try row.text(1))
        }
        return try found.mapped { (name, settings) throws(StoreFailure) in
            let name = try parsed(TenantName(name), "tenant name")
            return try parsed(Tenant(name, settings: settings), "tenant")
        }
    }

    func insert(_ tenant: Tenant) throws(StoreFailure) -> Bool {
        try change(
            """
            INSERT INTO tenant (name, settings)
            SELECT ?1, ?2 WHERE NOT EXISTS (SELECT 1 FROM event WHERE tenant = ?1)
            ON CONFLICT DO NOTHING
            """,
            [.text(tenant.name.rawValue), .text(tenant.settings)]) == 1
    }

    func replace(_ tenant: Tenant) throws(StoreFailure) {
        let count = try change(
            "UPDATE tenant SET settings = ?2 WHERE name = ?1",
            [.text(tenant.name.rawValue), .text(tenant.settings)])
        guard count == 1 else { throw .damaged("A tenant that is not there was replaced.") }
    }

    func removeTenant(_ name: TenantName) throws(StoreFailure) -> Bool {
        let tenant = SQLiteValue.text(name.rawValue)
        let held = try first(
            "SELECT 1 FROM approval WHERE tenant = ?1 LIMIT 1", [tenant]
        ) { (row) throws(SQLiteFailure) in try row.integer(0) }
        guard held == nil else { return false }
        for table in [
            "token", "submission", "second_factor", "refused_decision", "delegation",
            "duty_override", "duty_schedule", "escalation_plan", "reach", "duty_swap",
            "agent", "member", "member_group",
        ] {
            try change("DELETE FROM \(table) WHERE tenant = ?1", [tenant])
        }
        return try change("DELETE FROM tenant WHERE name = ?1", [tenant]) == 1
    }

    // MARK: Groups

    func groups(of tenant: TenantName) throws(StoreFailure) -> [Group] {
        let found = try rows(
            "SELECT name, created FROM member_group WHERE tenant = ?1 ORDER BY name",
            [.text(tenant.rawValue)]
        ) { (row) throws(SQLiteFailure) in (try row.text(0), try row.integer(1)) }
        return try found.mapped { (name, created) throws(StoreFailure) in
            Group(
                name: try parsed(GroupName(name), "group name"),
                createdAt: Timestamp(milliseconds: created))
        }
    }

    func insert(_ group: Group, of tenant: TenantName) throws(StoreFailure) -> Bool {
        try change(
            """
            INSERT INTO member_group (tenant, name, created) VALUES (?1, ?2, ?3)
            ON CONFLICT DO NOTHING
            """,
            [
                .text(tenant.rawValue), .text(group.name.rawValue),
                .integer(group.createdAt.milliseconds),
            ]) == 1
    }

    func removeGroup(_ name: GroupName, of tenant: TenantName) throws(StoreFailure) -> Bool {
        try change(
            "DELETE FROM member_group WHERE tenant = ?1 AND name = ?2",
            [.text(tenant.rawValue), .text(name.rawValue)]) == 1
    }

    // MARK: Members

    private static let memberColumns = "id, email, roles, groups, operator, created, revealed"

    func member(_ id: MemberID, of tenant: TenantName) throws(StoreFailure) -> Member? {
        try members(
            "WHERE tenant = ?1 AND id = ?2 AND removed = 0",
            [.text(tenant.rawValue), .text(id.rawValue)]
        ).first
    }

    func member(email: String, of tenant: TenantName) throws(StoreFailure) -> Member? {
        try members(
            "WHERE tenant = ?1 AND email = ?2 AND removed = 0",
            [.text(tenant.rawValue), .text(email)]
        ).first
    }

    func members(of tenant: TenantName) throws(StoreFailure) -> [Member] {
        try members(
            "WHERE tenant = ?1 AND removed = 0 ORDER BY email", [.text(tenant.rawValue)])
    }

    func email(of id: MemberID, in tenant: TenantName) throws(StoreFailure) -> String? {
        try first(
            "SELECT email FROM member WHERE tenant = ?1 AND id = ?2",
            [.text(tenant.rawValue), .text(id.rawValue)]
        ) { (row) throws(SQLiteFailure) in try row.text(0) }
    }

    private func members(
        _ condition: String, _ values: [SQLiteValue]
    ) throws(StoreFailure) -> [Member] {
        let found = try rows("SELECT \(Self.memberColumns) FROM member \(condition)", values) {
            (row) throws(SQLiteFailure) in
            (
                id: try row.text(0), email: try row.text(1), roles: try row.text(2),
                groups: try row.text(3), isOperator: try row.integer(4) == 1,
                created: try row.integer(5), revealed: try row.text(6)
            )
        }
        return try found.mapped { (row) throws(StoreFailure) in
            Member(
                id: try parsed(MemberID(row.id), "member id"), email: row.email,
                roles: Set(
                    try words(row.roles).mapped { (word) throws(StoreFailure) in
                        try parsed(Role(rawValue: word), "role")
                    }),
                groups: Set(
                    try words(row.groups).mapped { (word) throws(StoreFailure) in
                        try parsed(GroupName(word), "group name")
                    }),
                isOperator: row.isOperator, createdAt: Timestamp(milliseconds: row.created),
                revealedAt: try words(row.revealed).mapped { (word) throws(StoreFailure) in
                    Timestamp(milliseconds: try parsed(Int64(word), "instant"))
                })
        }
    }

    func insert(_ member: Member, of tenant: TenantName) throws(StoreFailure) -> Bool {
        try change(
            """
            INSERT INTO member (tenant, id, email, roles, groups, operator, revealed, created)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
            ON CONFLICT (tenant, email) WHERE removed = 0 DO NOTHING
            """,
            values(member, tenant) + [.integer(member.createdAt.milliseconds)]) == 1
    }

    func replace(_ member: Member, of tenant: TenantName) throws(StoreFailure) {
        let count = try change(
            """
            UPDATE member SET email = ?3, roles = ?4, groups = ?5, operator = ?6, revealed = ?7
            WHERE tenant = ?1 AND id = ?2 AND removed = 0
            """, values(member, tenant))
        guard count == 1 else { throw .damaged("A member that is not there was replaced.") }
    }

    private func values(_ member: Member, _ tenant: TenantName) -> [SQLiteValue] {
        [
            .text(tenant.rawValue), .text(member.id.rawValue), .text(member.email),
            .text(member.roles.map(\.rawValue).sorted().joined(separator: " ")),
            .text(member.groups.map(\.rawValue).sorted().joined(separator: " ")),
            .integer(member.isOperator ? 1 : 0),
            .text(member.revealedAt.map { String($0.milliseconds) }.joined(separator: " ")),
        ]
    }

    func removeMember(_ id: MemberID, of tenant: TenantName) throws(StoreFailure) -> Bool {
        let who: [SQLiteValue] = [.text(tenant.rawValue), .text(id.rawValue)]
        try change("DELETE FROM token WHERE tenant = ?1 AND member = ?2", who)
        _ = try removeSecondFactor(of: id, in: tenant)
        try change("DELETE FROM refused_decision WHERE tenant = ?1 AND member = ?2", who)
        return try change(
            """
            UPDATE member SET removed = 1, roles = '', groups = '', operator = 0
            WHERE tenant = ?1 AND id = ?2 AND removed = 0
            """, who) == 1
    }

    private func words(_ text: String) -> [String] {
        text.split(separator: " ").map(String.init)
    }
}
