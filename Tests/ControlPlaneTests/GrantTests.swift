import Approvals
import Audit
import ControlPlane
import Cryptography
import JSONTree
import Policies
import Simulation
import Testing

/// Goal: a grant releases exactly the calls that its words cover, and whatever is in doubt asks.
struct GrantTests {
    static let ada = "ada@acme.test"

    /// A desk on which ada approved a refund of 300 to cus_1 with a grant.
    static func desk(
        _ wish: GrantWish = GrantWish(seconds: 3_600), session: String? = "s1",
        edits: JSONPatch = JSONPatch(), redact: [String] = []
    ) throws -> (Desk, ApprovalID) {
        let desk = try Desk()
        let id = try submit(desk, key: "k0", session: session, redact: redact)
        try grant(desk, on: id, wish, edits: edits)
        return (desk, id)
    }

    static let arguments: JSONValue = ["amount_cents": 300, "customer": "cus_1", "pin": "1234"]

    static func submit(
        _ desk: Desk, _ arguments: JSONValue = arguments, key: String, session: String? = "s1",
        redact: [String] = [], tool: String = "issue_refund", as agent: String = "bot"
    ) throws -> ApprovalID {
        var command = try Desk.submission(
            key: key, tool: tool, arguments: arguments, redact: redact)
        command.origin.sessionID = session
        return try desk.submit(command, as: agent)
    }

    static func grant(
        _ desk: Desk, on id: ApprovalID, _ wish: GrantWish, edits: JSONPatch = JSONPatch(),
        as name: String = ada
    ) throws {
        var command = try desk.decision(.approve, on: id, as: name, edits: edits)
        command.grant = wish
        guard case .approverApproval = try desk.tell(.decide(command), as: name) else {
            Issue.record("not decided")
            return
        }
    }

    static func only(_ desk: Desk, _ filter: GrantFilter = .all) throws -> ShownGrant {
        guard case .grants(let all, _) = try desk.ask(.grants(filter), as: ada),
            let grant = all.first, all.count == 1
        else { throw Surprise(.removed) }
        return grant
    }

    @Test func theSecondCallRunsByItself() throws {
        let (desk, first) = try Self.desk(GrantWish(seconds: 3_600, uses: 2))
        let id = try Self.submit(desk, key: "k1")
        let approval = try desk.stored(id)
        let grant = try Self.only(desk)
        #expect(approval.state == .approved)
        #expect(approval.provenance == .grant(grant.id.rawValue))
        let (claimed, _) = try desk.claim(id)
        #expect(claimed.effectiveArguments == Self.arguments)
        #expect(grant.uses == 1 && grant.usesLeft == 1 && grant.fromApproval == first)
        #expect(try desk.stored(first).decisions.last?.grant == grant.id)
        let decided = try #require(
            try desk.events().last { $0["type"]?.stringValue == "approval.decided" })
        #expect(decided["actor"]?["kind"] == "grant")
        #expect(decided["provenance"]?["basis"] == "standing_grant")
        #expect(decided["provenance"]?["grant"]?.stringValue == grant.id.rawValue)
    }

    @Test func theSameKeyUsesItOnce() throws {
        let (desk, _) = try Self.desk(GrantWish(seconds: 3_600, uses: 2))
        let id = try Self.submit(desk, key: "k1")
        #expect(try Self.submit(desk, key: "k1") == id)
        #expect(try Self.only(desk).uses == 1)
    }

    /// Each of them is another call than the approved one.
    @Test(
        arguments: [
            ["amount_cents": 301, "customer": "cus_1", "pin": "1234"],
            ["amount_cents": "300", "customer": "cus_1", "pin": "1234"],
            ["amount_cents": 300, "customer": "cus_2", "pin": "1234"],
            ["amount_cents": 300, "customer": "cus_1"],
            ["amount_cents": 300, "customer": "cus_1", "pin": "1235"],
            ["amount_cents": 300, "customer": "cus_1", "pin": "1234", "memo": ""],
            ["amount_cents": 300, "customer": nil, "pin": "1234"],
            ["amount_cents": [300], "customer": "cus_1", "pin": "1234"],
        ] as [JSONValue])
    func anotherCallAsks(_ arguments: JSONValue) throws {
        let (desk, _) = try Self.desk()
        let id = try Self.submit(desk, arguments, key: "k1")
        #expect(try desk.stored(id).state == .pending)
        #expect(try Self.only(desk).uses == 0)
    }

    @Test(arguments: [
        (JSONValue.number(JSONNumber(300)), true), (500, true), (501, false), (0, true),
        (-1, false), ("400", false), (.null, false), (.array([1]), false),
    ])
    func aBoundLetsOneNumberVary(_ amount: JSONValue, _ runs: Bool) throws {
        let amountPlace = try JSONPointer(parsing: "/amount_cents")
        let (desk, _) = try Self.desk(
            GrantWish(seconds: 60, bounds: [GrantBound(amountPlace, .max(JSONNumber(500)))]))
        let id = try Self.submit(
            desk, ["amount_cents": amount, "customer": "cus_1", "pin": "1234"], key: "k1")
        #expect(try desk.stored(id).isReleased == runs)
    }

    /// The edited arguments are what was approved: those of the agent ask again.
    @Test func editedArgumentsAreWhatIsGranted() throws {
        let place = try JSONPointer(parsing: "/amount_cents")
        let (desk, _) = try Self.desk(edits: JSONPatch([.replace(place, 200)]))
        #expect(try !desk.stored(try Self.submit(desk, key: "k1")).isReleased)
        let cheaper: JSONValue = ["amount_cents": 200, "customer": "cus_1", "pin": "1234"]
        #expect(try desk.stored(try Self.submit(desk, cheaper, key: "k2")).isReleased)
    }

    @Test func itEndsByTimeAndByCount() throws {
        let (desk, _) = try Self.desk(GrantWish(seconds: 60, uses: 1))
        #expect(try desk.stored(try Self.submit(desk, key: "k1")).isReleased)
        #expect(try !desk.stored(try Self.submit(desk, key: "k2")).isReleased)
        #expect(try Self.only(desk).state == .usedUp)
        let (slow, _) = try Self.desk(GrantWish(seconds: 60))
        slow.pass(seconds: 59)
        #expect(try slow.stored(try Self.submit(slow, key: "k1")).isReleased)
        slow.pass(seconds: 1)
        #expect(try !slow.stored(try Self.submit(slow, key: "k2")).isReleased)
        #expect(try Self.only(slow).state == .expired)
    }

    @Test func itIsForOneToolOneAgentAndOneSession() throws {
        let (desk, _) = try Self.desk(GrantWish(seconds: 60, scope: .session))
        for (key, session) in [("k1", "s2"), ("k2", nil)] {
            let id = try Self.submit(desk, key: key, session: session)
            #expect(try !desk.stored(id).isReleased)
        }
        #expect(try !desk.stored(try Self.submit(desk, key: "k3", tool: "pay")).isReleased)
        #expect(try !desk.stored(try Self.submit(desk, key: "k4", as: "other")).isReleased)
        #expect(try desk.stored(try Self.submit(desk, key: "k5")).isReleased)
    }

    /// What is hidden is covered while it is as it was, and is shown to nobody.
    @Test func aHiddenValueMustStayAsItWas() throws {
        let (desk, _) = try Self.desk(redact: ["/pin"])
        let same = try Self.submit(desk, key: "k1", redact: ["/pin"])
        #expect(try desk.stored(same).isReleased)
        let other: JSONValue = ["amount_cents": 300, "customer": "cus_1", "pin": "9"]
        #expect(try !desk.stored(try Self.submit(desk, other, key: "k2")).isReleased)
        let bounds = try Self.only(desk).bounds
        #expect(bounds.contains(.same(try JSONPointer(parsing: "/pin"))))
        #expect(!"\(bounds)".contains("1234"))
    }

    @Test func aBoundNeverCoversWhatIsHiddenLater() throws {
        let place = try JSONPointer(parsing: "/amount_cents")
        let (desk, _) = try Self.desk(
            GrantWish(seconds: 60, bounds: [GrantBound(place, .max(JSONNumber(500)))]))
        let id = try Self.submit(desk, key: "k1", redact: ["/amount_cents"])
        #expect(try !desk.stored(id).isReleased)
    }

    @Test(arguments: ["revoke", "leave", "role", "group", "owner"])
    func itEndsWithItsGrantor(_ way: String) throws {
        let (desk, first) = try Self.desk()
        let grant = try Self.only(desk)
        switch way {
        case "revoke": try desk.tell(.revokeGrant(grant.id, reason: "enough"), as: Self.ada)
        case "leave": try desk.tell(.removeMember(email: Self.ada), as: Desk.admin)
        case "role":
            try desk.join(Self.ada, [.auditor], ["finance"], by: Desk.admin)
            try desk.join(Self.ada, [.approver], ["finance"], by: Desk.admin)
        default:
            try desk.join(Self.ada, [.approver], ["ops"], by: Desk.admin)
            try desk.join(Self.ada, [.approver], ["finance"], by: Desk.admin)
        }
        #expect(try !desk.stored(try Self.submit(desk, key: "k1")).isReleased)
        let types = try desk.types(first)
        #expect(types.suffix(2) == ["grant.created", "grant.revoked"])
        guard case .grants(let all, _) = try desk.ask(.grants(.all), as: "aud@acme.test") else {
            return
        }
        #expect(all.first?.state == .revoked)
    }

    @Test(arguments: [
        ("ada@acme.test", true), ("bob@acme.test", true), ("lea@acme.test", true),
        (Desk.admin, true), ("eve@acme.test", false), ("aud@acme.test", false),
        ("mallory@rival.test", false), ("bot", false),
    ])
    func whoMayTakeItBack(_ name: String, _ may: Bool) throws {
        let (desk, _) = try Self.desk()
        let grant = try Self.only(desk)
        let refused = refusal { try desk.tell(.revokeGrant(grant.id, reason: nil), as: name) }
        #expect((refused == nil) == may)
        #expect(try (Self.only(desk).state == .revoked) == may)
        if name.hasPrefix("eve") || name.hasPrefix("mallory") { #expect(refused == .notFound) }
    }

    /// Nothing is decided when the grant is refused: the person is asked what they want.
    @Test(arguments: [
        GrantWish(seconds: 59), GrantWish(seconds: 86_401), GrantWish(seconds: 60, uses: 0),
        GrantWish(seconds: 60, uses: 1_001), GrantWish(seconds: 60, scope: .session),
        GrantWish(seconds: 60, bounds: [GrantBound(JSONPointer.root, .max(JSONNumber(1)))]),
        GrantWish(
            seconds: 60,
            bounds: [GrantBound(JSONPointer(tokens: ["pin"]), .equals("1"))]),
        GrantWish(
            seconds: 60,
            bounds: [GrantBound(JSONPointer(tokens: ["customer"]), .max(JSONNumber(1)))]),
        GrantWish(
            seconds: 60,
            bounds: [GrantBound(JSONPointer(tokens: ["nothing"]), .max(JSONNumber(1)))]),
    ])
    func aWishThatCannotBeIsRefused(_ wish: GrantWish) throws {
        let desk = try Desk()
        let id = try Self.submit(desk, key: "k0", session: nil, redact: ["/pin"])
        var command = try desk.decision(.approve, on: id, as: Self.ada)
        command.grant = wish
        let asked = command
        let refused = refusal { try desk.tell(.decide(asked), as: Self.ada) }
        guard case .invalid = refused else { return #expect(refused == .notFound) }
        #expect(try desk.stored(id).state == .pending)
    }

    @Test func criticalCallsAlwaysAsk() throws {
        let desk = try Desk()
        let id = try Self.submit(desk, key: "k0", tool: "drop_table")
        var command = try desk.decision(.approve, on: id, as: Self.ada)
        command.grant = GrantWish(seconds: 60)
        let asked = command
        #expect(refusal { try desk.tell(.decide(asked), as: Self.ada) } != nil)
        command.grant = nil
        try desk.tell(.decide(command), as: Self.ada)
    }

    /// A tool that became riskier asks again.
    @Test func aHigherRiskAsks() throws {
        let (desk, _) = try Self.desk()
        var settings = TenantSettings(name: try #require(Desk.acme))
        settings.toolRisks = [try #require(ToolName("issue_refund")): .high]
        try desk.tell(.changeTenant(settings), as: Desk.admin)
        #expect(try !desk.stored(try Self.submit(desk, key: "k1")).isReleased)
    }

    @Test func aRejectionGrantsNothing() throws {
        let desk = try Desk()
        let id = try Self.submit(desk, key: "k0")
        var command = try desk.decision(.reject, on: id, as: Self.ada)
        command.grant = GrantWish(seconds: 60)
        let asked = command
        #expect(refusal { try desk.tell(.decide(asked), as: Self.ada) } != nil)
    }

    /// The key of a press stands for what was granted, too.
    @Test func aKeyIsForOneWish() throws {
        let desk = try Desk()
        let id = try Self.submit(desk, key: "k0")
        var command = try desk.decision(.approve, on: id, as: Self.ada)
        command.key = "press"
        command.grant = GrantWish(seconds: 60)
        let pressed = command
        try desk.tell(.decide(pressed), as: Self.ada)
        try desk.tell(.decide(pressed), as: Self.ada)
        #expect(try Self.only(desk).state == .active)
        command.grant = GrantWish(seconds: 120)
        let other = command
        #expect(
            refusal { try desk.tell(.decide(other), as: Self.ada) } == .idempotencyConflict)
    }
}
