import Approvals
import Audit
import ControlPlane
import Cryptography
import JSONTree
import Policies
import Testing

/// Goal: a policy is published whole, never changed, and put in force by two people.
struct PublishingTests {
    static func document(
        version: Int = 1, status: String = "shadow", rules: [JSONValue] = [],
        default fallback: JSONValue = ["effect": "require_approval"], id: String = "refunds"
    ) -> JSONValue {
        [
            "id": .string(id), "version": .number(JSONNumber(version)), "status": .string(status),
            "applies_to": ["tools": ["issue_refund"]], "rules": .array(rules),
            "default": fallback,
        ]
    }

    private static func events(_ type: String, _ desk: Desk) throws -> [JSONValue] {
        try desk.events().filter { $0["type"]?.stringValue == type }
    }

    private static func one(_ answer: Answer) throws -> PublishedPolicy {
        guard case .policies(let policies, _, true) = answer else { throw Surprise(answer) }
        return try #require(policies.first)
    }

    private static func all(_ desk: Desk) throws -> [String] {
        let answer = try desk.ask(.policies(nil), as: "aud@acme.test")
        guard case .policies(let policies, _, false) = answer else { throw Surprise(answer) }
        return policies.map { "\($0.name) \($0.status.rawValue)" }
    }

    @Test func versionsFollowOneAnother() throws {
        let desk = try Desk()
        let first = try Self.one(
            try desk.tell(.publishPolicy(Self.document()), as: "lea@acme.test"))
        #expect(first.status == .shadow)
        #expect(first.digest == (try Policy(Self.document()).digest))
        #expect(
            refusal { try desk.tell(.publishPolicy(Self.document()), as: "lea@acme.test") }
                == .conflict(
                    "the next version of this policy is 2",
                    next: "Look at what version 1 says, set `version` to 2 in the document, and "
                        + "publish it again."))
        try desk.tell(.publishPolicy(Self.document(version: 2)), as: "lea@acme.test")
        #expect(try Self.all(desk) == ["refunds@1 shadow", "refunds@2 shadow"])
        let published = try Self.events("policy.published", desk)
        #expect(published.count == 2)
        #expect(published.first?["facts"]?["digest"]?.stringValue == first.digest.text)
        #expect(published.first?["commit"]?["policy"] != nil)
    }

    @Test func whatIsWrongIsRefusedWithItsPlace() throws {
        let desk = try Desk()
        for (document, field) in [
            (Self.document(default: ["effect": "allow"]), "/document/default"),
            (Self.document(status: "canary"), "/document/status"),
            (Self.document(status: "retired"), "/document/status"),
            (
                Self.document(default: ["effect": "require_approval", "group": "nobody"]),
                "/document/default/group"
            ),
            (Self.document(rules: [["id": "a"]]), "/document/rules/0"),
        ] {
            guard
                case .invalid(let problems)? = refusal({
                    try desk.tell(.publishPolicy(document), as: "lea@acme.test")
                })
            else {
                Issue.record("\(field) was taken")
                continue
            }
            #expect(problems.contains { $0.field == field }, "\(field): \(problems)")
        }
        #expect(try Self.all(desk).isEmpty)
    }

    @Test func onlyLeadsAndAdminsPublish() throws {
        let desk = try Desk()
        for name in ["ada@acme.test", "aud@acme.test", "bot"] {
            let publishing = refusal {
                try desk.tell(.publishPolicy(Self.document()), as: name)
            }
            #expect(publishing == .forbidden(.roleMissing(needed: [.lead, .admin])), "\(name)")
        }
        try desk.tell(.publishPolicy(Self.document()), as: "lea@acme.test")
        let refunds = try #require(PolicyID("refunds"))
        for name in ["ada@acme.test", "aud@acme.test", "bot"] {
            let changing = refusal {
                try desk.tell(.changePolicyMode(refunds, version: 1, .enforced), as: name)
            }
            #expect(changing == .forbidden(.roleMissing(needed: [.lead, .admin])), "\(name)")
        }
        #expect(refusal { try desk.ask(.policies(nil), as: "bot") } != nil)
        let rival = refusal {
            try desk.tell(
                .changePolicyMode(refunds, version: 1, .retired), as: "mallory@rival.test")
        }
        #expect(rival == .notFound)
    }

    @Test func enforcingNeedsASecondPerson() throws {
        let desk = try Desk()
        let refunds = try #require(PolicyID("refunds"))
        func change(_ status: PolicyStatus, by name: String) throws -> PublishedPolicy {
            try Self.one(
                try desk.tell(.changePolicyMode(refunds, version: 1, status), as: name))
        }
        let published = try Self.one(
            try desk.tell(
                .publishPolicy(Self.document(status: "enforced")), as: "lea@acme.test"))
        #expect(published.status == .draft)
        #expect(published.proposal?.status == .enforced)
        #expect(try change(.enforced, by: "lea@acme.test").status == .draft, "one person alone")
        let enforced = try change(.enforced, by: Desk.admin)
        #expect(enforced.status == .enforced)
        #expect(enforced.proposal == nil)
        // Neither does one person alone take it out of force again.
        #expect(try change(.retired, by: Desk.admin).status == .enforced)
        #expect(try change(.shadow, by: "lea@acme.test").status == .enforced, "another wish")
        #expect(try change(.enforced, by: "lea@acme.test").proposal == nil, "withdrawn")
        #expect(try change(.retired, by: "lea@acme.test").status == .enforced)
        #expect(try change(.retired, by: Desk.admin).status == .retired)
        let changed = try Self.events("policy.mode_changed", desk)
        #expect(changed.map { $0["outcome"]?.stringValue } == ["enforced", "retired"])
        #expect(changed.first?["facts"]?["proposed_by"] != nil)
    }

    /// The proposer comes back under another id, and is still the same person.
    @Test func whoComesBackIsNoSecondPerson() throws {
        let desk = try Desk()
        let refunds = try #require(PolicyID("refunds"))
        try desk.tell(.publishPolicy(Self.document(status: "enforced")), as: "lea@acme.test")
        try desk.tell(.removeMember(email: "lea@acme.test"), as: Desk.admin)
        try desk.join("lea@acme.test", [.lead], [], by: Desk.admin)
        let again = try Self.one(
            try desk.tell(
                .changePolicyMode(refunds, version: 1, .enforced), as: "lea@acme.test"))
        #expect(again.status == .draft)
    }

    /// Who wanted it lost the role, or is gone: the next one to want it is the first.
    @Test func whoLostTheRoleDoesNotCountAnyMore() throws {
        let refunds = try #require(PolicyID("refunds"))
        for isRemoved in [true, false] {
            let desk = try Desk()
            try desk.join("max@acme.test", [.lead], [], by: Desk.admin)
            try desk.tell(.publishPolicy(Self.document(status: "enforced")), as: "lea@acme.test")
            try desk.tell(
                isRemoved
                    ? .removeMember(email: "lea@acme.test")
                    : .putMember(email: "lea@acme.test", roles: [.approver], groups: []),
                as: Desk.admin)
            func change(by name: String) throws -> PublishedPolicy {
                try Self.one(
                    try desk.tell(
                        .changePolicyMode(refunds, version: 1, .enforced), as: name))
            }
            #expect(try change(by: "max@acme.test").status == .draft, "removed: \(isRemoved)")
            #expect(try change(by: "max@acme.test").status == .draft)
            #expect(try change(by: Desk.admin).status == .enforced)
        }
    }

    @Test func oneVersionIsInForce() throws {
        let desk = try Desk()
        let refunds = try #require(PolicyID("refunds"))
        for version in 1...2 {
            let document = Self.document(version: version, status: "enforced")
            try desk.tell(.publishPolicy(document), as: "lea@acme.test")
            try desk.tell(
                .changePolicyMode(refunds, version: version, .enforced, ack: "a trial"),
                as: Desk.admin)
        }
        #expect(try Self.all(desk) == ["refunds@1 retired", "refunds@2 enforced"])
    }
}
