import Approvals
import Audit
import ControlPlane
import Cryptography
import JSONTree
import Testing

/// Bytes that count up, so that every id of a test is another one and always the same one.
struct CountingEntropy: Entropy {
    var next: UInt64 = 0

    mutating func bytes(_ count: Int) -> [UInt8] {
        next += 1
        return (0..<count).map { UInt8(truncatingIfNeeded: next >> UInt64(8 * min($0, 7))) }
    }
}

/// Things to keep in a store.
enum Fixture {
    static let start = Timestamp(milliseconds: 1_790_000_000_000)

    static func uuid(_ number: UInt64) -> UUIDv7 {
        var entropy = CountingEntropy(next: number)
        return UUIDv7(at: start.adding(milliseconds: Int64(number)), from: &entropy)
    }

    static func name<Name: Identifier>(_ text: String) -> Name {
        guard let name = Name(text) else { preconditionFailure("\(text) is a name.") }
        return name
    }

    static let acme: TenantName = name("acme")
    static let other: TenantName = name("other")
    static let agent = AgentID(uuid(8))

    static func digest(_ text: String) -> Digest { SHA256.hash(Array(text.utf8)) }

    static func tenant(_ tenant: TenantName = acme) -> Tenant {
        Tenant(name: tenant, defaultGroup: name("finance"), createdAt: start)
    }

    static func member(
        _ number: UInt64, _ email: String, roles: Set<Role> = [.approver],
        groups: Set<GroupName> = []
    ) -> Member {
        Member(
            id: MemberID(uuid(number)), email: email, roles: roles, groups: groups,
            createdAt: start)
    }

    static func approval(
        _ number: UInt64, tenant: TenantName = acme,
        arguments: JSONValue = ["amount_cents": 184_000], deadlineSeconds: Int = 60
    ) -> Approval {
        Approval(
            id: ApprovalID(uuid(number)), tenant: tenant, agent: agent,
            tool: name("issue_refund"), arguments: arguments, proposedDigest: digest("proposed"),
            risk: .high,
            requirement: Requirement(
                group: name("finance"), deadline: start.adding(seconds: deadlineSeconds),
                rule: "tenant default"),
            createdAt: start.adding(milliseconds: Int64(number)))
    }

    static func submission(_ approval: Approval, key: String) -> Submission {
        Submission(
            key: key, agent: approval.agent, payloadDigest: digest(key), approval: approval.id)
    }

    /// The next event of a tenant's log, with one committed document.
    static func event(
        about approval: ApprovalID, after head: ChainHead?, tenant: TenantName = acme,
        secret: String = "because"
    ) throws -> EventLog.Entry {
        let event = AuditEvent(
            .approvalRequested, by: .server, about: .init(.approval, approval.rawValue),
            documents: [
                AuditEvent.Document("reason", text: secret),
                AuditEvent.Document("args", ["a": [1, 2], "b": .string(secret)]),
            ])
        var entropy = CountingEntropy(next: 1_000)
        let id = EventID(uuid(UInt64(bitPattern: (head?.sequence ?? -1) + 1) + 500))
        return try EventLog(host: "test.example", tenant: tenant).entry(
            event, id: id,
            at: EventLog.Instant(wall: start, uptime: Uptime(boot: "b", milliseconds: 7)),
            after: head, saltedFrom: &entropy)
    }
}

extension StoreRig {
    /// A store that holds the tenants `acme` and `other`, each with the fixture's agent.
    convenience init(furnished kind: StoreKind) throws {
        try self.init(kind)
        try save { writer in
            for tenant in [Fixture.acme, Fixture.other] {
                _ = try writer.insert(Fixture.tenant(tenant))
                let agent = Agent(id: Fixture.agent, name: "bot", createdAt: Fixture.start)
                _ = try writer.insert(agent, of: tenant)
            }
        }
    }

    /// Adds approvals, each under a key of its own.
    func submit(_ approvals: [Approval]) throws {
        try save { writer in
            for approval in approvals {
                let submission = Fixture.submission(approval, key: approval.id.rawValue)
                _ = try writer.insert(approval, submission: submission)
            }
        }
    }

    /// Saves an approval; false when its version is not the stored one.
    @discardableResult
    func replace(_ approval: Approval) throws -> Bool {
        try save { try $0.replace(approval) }
    }
}
