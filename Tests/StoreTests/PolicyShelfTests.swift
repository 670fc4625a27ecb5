import Approvals
import ControlPlane
import Cryptography
import JSONTree
import Policies
import Simulation
import Testing

/// Goal: a compiled policy that is kept for the next call is never an old version, and never
/// another tenant's of the same name and number.
///
/// Method: the same calls over one store, with versions that say the opposite of each other.
struct PolicyShelfTests {
    @Test("A version that comes into force decides the next call", arguments: StoreKind.allCases)
    func newVersion(kind: StoreKind) throws {
        let office = try Office(kind, "acme")
        try office.enforce(version: 1, Office.allowing)
        #expect(try office.submit("a") == .approved)
        #expect(try office.submit("b") == .approved)
        try office.enforce(version: 2, Office.denying)
        #expect(try office.submit("c") == .rejected)
        try office.enforce(version: 3, Office.allowing)
        #expect(try office.submit("d") == .approved)
    }

    /// Method: both tenants have `refunds@1`, and their calls take turns.
    @Test("Another tenant's policy decides nothing", arguments: StoreKind.allCases)
    func otherTenant(kind: StoreKind) throws {
        let acme = try Office(kind, "acme")
        let rival = try Office(beside: acme, "rival")
        try acme.enforce(version: 1, Office.allowing)
        try rival.enforce(version: 1, Office.denying)
        for key in ["a", "b", "c"] {
            #expect(try acme.submit(key) == .approved)
            #expect(try rival.submit(key) == .rejected)
        }
    }

    /// Method: an edit is judged by the version that asked, also after another one decides.
    @Test("A call is held to the version that it met", arguments: StoreKind.allCases)
    func earlierVersion(kind: StoreKind) throws {
        let office = try Office(kind, "acme")
        try office.enforce(version: 1, Office.asking(upTo: 500))
        let id = try office.approval("a")
        try office.enforce(version: 2, Office.asking(upTo: 5))
        _ = try office.approval("b")
        #expect(throws: CommandFailure.self) { try office.approve(id, changingTo: 501) }
        try office.approve(id, changingTo: 400)
    }
}

/// One tenant in a store: its admin, a lead, an approver and an agent, and their commands.
private final class Office {
    static let allowing: JSONValue = ["effect": "allow", "ack": "A trial."]
    static let denying: JSONValue = ["effect": "deny"]

    /// A person decides, and may lower the amount.
    static func asking(upTo most: Int) -> JSONValue {
        [
            "effect": "require_approval", "group": "on-call", "editable": ["/amount"],
            "edit_limit": ["<=": [["var": "edited.amount"], .number(JSONNumber(most))]],
        ]
    }

    private let rig: StoreRig
    private let plane = ControlPlane(settings: ControlPlaneSettings(host: "office.test"))
    private let tenant: TenantName
    private var admin = ""
    private var tokens: [String: String] = [:]

    init(_ kind: StoreKind, _ name: String) throws {
        rig = try StoreRig(kind)
        let tenant = try #require(TenantName(name))
        self.tenant = tenant
        let plane = plane
        admin = try rig.commit { writer, surroundings in
            try plane.initialise(
                tenant: tenant, adminEmail: "admin@\(name).test", in: writer, with: &surroundings)
        }
        try furnish()
    }

    init(beside other: Office, _ name: String) throws {
        rig = other.rig
        tenant = try #require(TenantName(name))
        let settings = TenantSettings(name: tenant)
        let answer = try other.tell(
            .addTenant(settings, adminEmail: "admin@\(name).test"), as: other.admin)
        guard case .tenant(_, let secret?) = answer else { throw Unexpected() }
        admin = secret
        try furnish()
    }

    private func furnish() throws {
        let group = try #require(GroupName("on-call"))
        for (name, role) in [("lea", Role.lead), ("ada", .approver)] {
            let email = "\(name)@\(tenant).test"
            try tell(.putMember(email: email, roles: [role], groups: [group]), as: admin)
            tokens[name] = try token(.member(email: email))
        }
        try tell(.addAgent(name: "bot", ownerEmail: nil), as: admin)
        tokens["bot"] = try token(.agent(name: "bot"))
    }

    private func token(_ holder: TokenFor) throws -> String {
        let answer = try tell(.addToken(holder, label: nil, expiresInSeconds: nil), as: admin)
        guard case .token(_, _, let secret?) = answer else { throw Unexpected() }
        return secret
    }

    /// Publishes a version with this default, and puts it in force with two people.
    func enforce(version: Int, _ fallback: JSONValue) throws {
        let lea = try #require(tokens["lea"])
        let id = try #require(PolicyID("refunds"))
        try tell(
            .publishPolicy([
                "id": "refunds", "version": .number(JSONNumber(version)), "status": "shadow",
                "applies_to": ["tools": ["issue_refund"]], "rules": [], "default": fallback,
            ]), as: lea)
        for person in [lea, admin] {
            try tell(
                .changePolicyMode(id, version: version, .enforced, ack: "A test."), as: person)
        }
    }

    func submit(_ key: String) throws -> ApprovalState { try stored(approval(key)).state }

    func approval(_ key: String) throws -> ApprovalID {
        let answer = try tell(
            .submit(
                SubmitCommand(
                    key: key, payloadDigest: SHA256.hash(Array(key.utf8)),
                    tool: try #require(ToolName("issue_refund")),
                    arguments: ["amount": 400, "order": .string(key)])),
            as: try #require(tokens["bot"]))
        guard case .submitted(let approval, _, _) = answer else { throw Unexpected() }
        return approval.id
    }

    func approve(_ id: ApprovalID, changingTo amount: Int) throws {
        let ada = try #require(tokens["ada"])
        let (plane, secret, now) = (plane, SHA256.hash(Array(ada.utf8)), rig.clock.wall)
        let seen = try rig.read { try plane.answer(.approval(id), as: secret, in: $0, at: now) }
        guard case .approverApproval(let view) = seen else { throw Unexpected() }
        let command = DecideCommand(
            approval: id, revision: view.row.revision, displayedDigest: view.displayedDigest,
            verdict: .approve,
            edits: JSONPatch([
                .replace(JSONPointer(tokens: ["amount"]), .number(JSONNumber(amount)))
            ]), isFullyShown: true)
        guard case .approverApproval = try tell(.decide(command), as: ada) else {
            throw CommandFailure.refused(.notFound, current: nil)
        }
    }

    private func stored(_ id: ApprovalID) throws -> Approval {
        let tenant = tenant
        return try #require(try rig.read { try $0.approval(id, of: tenant) })
    }

    @discardableResult
    func tell(_ command: Command, as secret: String) throws -> Answer {
        let (plane, digest) = (plane, SHA256.hash(Array(secret.utf8)))
        return try rig.commit { writer, surroundings in
            try plane.perform(command, as: digest, in: writer, with: &surroundings)
        }
    }

    private struct Unexpected: Error {}
}
