import Approvals
import Audit
import ControlPlane
import Cryptography
import Testing

@Suite("Every store keeps tenants, people, agents and tokens, and takes each name once")
struct StorePeopleTests {
    @Test("A tenant comes back whole, and its name is taken once", arguments: StoreKind.allCases)
    func tenants(kind: StoreKind) throws {
        let rig = try StoreRig(kind)
        var tenant = Fixture.tenant()
        tenant.toolRisks = [Fixture.name("drop \"table\"\u{202E}"): .critical]
        tenant.failOpenTools = [Fixture.name("e\u{301}"), Fixture.name("\u{E9}")]
        tenant.claimWindowSeconds = 17
        tenant.stepUpFrom = .critical
        let first = tenant
        #expect(try rig.save { try $0.insert(first) })
        #expect(try !rig.save { try $0.insert(Fixture.tenant()) })
        #expect(try rig.read { try $0.tenant(Fixture.acme) } == tenant)
        tenant.defaultRisk = .low
        let changed = tenant
        try rig.save { try $0.replace(changed) }
        #expect(try rig.save { try $0.insert(Fixture.tenant(Fixture.other)) })
        let all = try rig.read { try $0.tenants() }
        #expect(all == [tenant, Fixture.tenant(Fixture.other)])
        #expect(try rig.read { try $0.tenant(Fixture.name("nobody")) } == nil)
    }

    @Test("A tenant goes with its people, unless it holds approvals", arguments: StoreKind.allCases)
    func removingTenants(kind: StoreKind) throws {
        let rig = try StoreRig(furnished: kind)
        try rig.submit([Fixture.approval(1)])
        #expect(try !rig.save { try $0.removeTenant(Fixture.acme) })
        #expect(try rig.save { try $0.removeTenant(Fixture.other) })
        #expect(try !rig.save { try $0.removeTenant(Fixture.other) })
        #expect(try rig.read { try $0.tenants().map(\.name) } == [Fixture.acme])
        #expect(try rig.read { try $0.agents(of: Fixture.other) } == [])
        #expect(try rig.save { try $0.insert(Fixture.tenant(Fixture.other)) })
    }

    @Test("A name that a log goes by is not given again", arguments: StoreKind.allCases)
    func namesInLogs(kind: StoreKind) throws {
        let rig = try StoreRig(furnished: kind)
        let entry = try Fixture.event(
            about: ApprovalID(Fixture.uuid(1)), after: nil, tenant: Fixture.other)
        try rig.save {
            try $0.append(entry.record, disclosures: [], about: nil, of: Fixture.other)
        }
        #expect(try rig.save { try $0.removeTenant(Fixture.other) })
        #expect(try !rig.save { try $0.insert(Fixture.tenant(Fixture.other)) })
    }

    @Test("Groups", arguments: StoreKind.allCases)
    func groups(kind: StoreKind) throws {
        let rig = try StoreRig(furnished: kind)
        let groups = ["zeta", "alpha"].map {
            Group(name: Fixture.name($0), createdAt: Fixture.start)
        }
        for group in groups { #expect(try rig.save { try $0.insert(group, of: Fixture.acme) }) }
        #expect(try !rig.save { try $0.insert(groups[0], of: Fixture.acme) })
        #expect(try rig.read { try $0.groups(of: Fixture.acme) } == groups.reversed())
        #expect(try rig.read { try $0.groups(of: Fixture.other) } == [])
        #expect(try !rig.save { try $0.removeGroup(groups[0].name, of: Fixture.other) })
        #expect(try rig.save { try $0.removeGroup(groups[0].name, of: Fixture.acme) })
        #expect(try rig.read { try $0.groups(of: Fixture.acme) } == [groups[1]])
    }

    @Test("Members; an e-mail is compared by its bytes", arguments: StoreKind.allCases)
    func members(kind: StoreKind) throws {
        let rig = try StoreRig(furnished: kind)
        var ada = Fixture.member(
            1, "ada@acme.test", roles: [.lead, .admin],
            groups: [Fixture.name("b"), Fixture.name("a")])
        let composed = Fixture.member(2, "\u{E9}@acme.test")
        let decomposed = Fixture.member(3, "e\u{301}@acme.test", roles: [])
        for member in [ada, composed, decomposed] {
            #expect(try rig.save { try $0.insert(member, of: Fixture.acme) })
        }
        let twin = Fixture.member(4, ada.email)
        #expect(try !rig.save { try $0.insert(twin, of: Fixture.acme) })
        #expect(try rig.save { try $0.insert(twin, of: Fixture.other) })
        #expect(try rig.read { try $0.member(ada.id, of: Fixture.acme) } == ada)
        #expect(try rig.read { try $0.member(ada.id, of: Fixture.other) } == nil)
        #expect(
            try rig.read { try $0.member(email: decomposed.email, of: Fixture.acme)?.id }
                == decomposed.id)
        ada.roles = [.auditor]
        ada.isOperator = true
        try rig.save { [ada] in try $0.replace(ada, of: Fixture.acme) }
        #expect(try rig.read { try $0.member(email: ada.email, of: Fixture.acme) } == ada)
        #expect(try rig.read { try $0.members(of: Fixture.acme).count } == 3)
    }

    @Test("Who left has no rights and no token, but keeps a name", arguments: StoreKind.allCases)
    func leaving(kind: StoreKind) throws {
        let rig = try StoreRig(furnished: kind)
        let ada = Fixture.member(1, "ada@acme.test")
        let token = token(9, for: .member(ada.id), "secret")
        try rig.save { writer in
            _ = try writer.insert(ada, of: Fixture.acme)
            try writer.insert(token)
        }
        #expect(try rig.save { try $0.removeMember(ada.id, of: Fixture.acme) })
        #expect(try !rig.save { try $0.removeMember(ada.id, of: Fixture.acme) })
        #expect(try rig.read { try $0.member(ada.id, of: Fixture.acme) } == nil)
        #expect(try rig.read { try $0.member(email: ada.email, of: Fixture.acme) } == nil)
        #expect(try rig.read { try $0.members(of: Fixture.acme) } == [])
        #expect(try rig.read { try $0.token(secretDigest: token.secretDigest) } == nil)
        #expect(try rig.read { try $0.email(of: ada.id, in: Fixture.acme) } == ada.email)
        let again = Fixture.member(2, ada.email)
        #expect(try rig.save { try $0.insert(again, of: Fixture.acme) })
    }

    @Test("Agents", arguments: StoreKind.allCases)
    func agents(kind: StoreKind) throws {
        let rig = try StoreRig(furnished: kind)
        let owned = Agent(
            id: AgentID(Fixture.uuid(20)), name: "a bot", owner: MemberID(Fixture.uuid(1)),
            createdAt: Fixture.start)
        let token = token(9, for: .agent(owned.id), "secret")
        #expect(try rig.save { try $0.insert(owned, of: Fixture.acme) })
        #expect(try !rig.save { try $0.insert(owned, of: Fixture.acme) })
        try rig.save { try $0.insert(token) }
        #expect(try rig.read { try $0.agent(owned.id, of: Fixture.acme) } == owned)
        #expect(try rig.read { try $0.agent(named: "a bot", of: Fixture.acme) } == owned)
        #expect(try rig.read { try $0.agent(owned.id, of: Fixture.other) } == nil)
        #expect(try rig.read { try $0.agents(of: Fixture.acme).map(\.name) } == ["a bot", "bot"])
        #expect(try rig.save { try $0.removeAgent(owned.id, of: Fixture.acme) })
        #expect(try rig.read { try $0.agent(owned.id, of: Fixture.acme) } == nil)
        #expect(try rig.read { try $0.token(secretDigest: token.secretDigest) } == nil)
        #expect(try rig.read { try $0.agentName(of: owned.id, in: Fixture.acme) } == "a bot")
        #expect(try rig.read { try $0.agentOwner(of: owned.id, in: Fixture.acme) } == owned.owner)
        #expect(try rig.read { try $0.agentOwner(of: owned.id, in: Fixture.other) } == nil)
        #expect(try rig.read { try $0.agentOwner(of: Fixture.agent, in: Fixture.acme) } == nil)
    }

    @Test(
        "Tokens are found by their secret and removed by their tenant",
        arguments: StoreKind.allCases)
    func tokens(kind: StoreKind) throws {
        let rig = try StoreRig(furnished: kind)
        let tokens = [
            token(30, for: .agent(Fixture.agent), "one"),
            token(31, for: .agent(Fixture.agent), "two", expiresAt: Fixture.start),
        ]
        for token in tokens { try rig.save { try $0.insert(token) } }
        #expect(try rig.read { try $0.token(secretDigest: Fixture.digest("two")) } == tokens[1])
        #expect(try rig.read { try $0.token(secretDigest: Fixture.digest("three")) } == nil)
        #expect(try rig.read { try $0.tokens(of: Fixture.acme) } == tokens)
        #expect(try rig.read { try $0.tokens(of: Fixture.other) } == [])
        #expect(try !rig.save { try $0.removeToken(tokens[0].id, of: Fixture.other) })
        #expect(try rig.save { try $0.removeToken(tokens[0].id, of: Fixture.acme) })
        #expect(try rig.read { try $0.tokens(of: Fixture.acme) } == [tokens[1]])
    }

    private func token(
        _ number: UInt64, for holder: Token.Holder, _ secret: String, expiresAt: Timestamp? = nil
    ) -> Token {
        Token(
            id: TokenID(Fixture.uuid(number)), tenant: Fixture.acme, holder: holder,
            secretDigest: Fixture.digest(secret), label: "laptop", createdAt: Fixture.start,
            expiresAt: expiresAt)
    }
}
