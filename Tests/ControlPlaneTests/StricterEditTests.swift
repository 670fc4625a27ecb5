import Approvals
import ControlPlane
import JSONTree
import Policies
import Testing

/// Goal: an edit that a stricter rule speaks about is never taken from this approver; where others
/// may approve it, the call goes on to them and they see what was wanted.
struct StricterEditTests {
    private static let ada = "ada@acme.test"

    private static func approve(
        _ desk: Desk, _ id: ApprovalID, as name: String = ada, _ operation: JSONPatch.Operation,
        comment: String? = nil
    ) throws -> Refusal? {
        let command = try desk.decision(
            .approve, on: id, as: name, edits: JSONPatch([operation]), comment: comment)
        return refusal { try desk.tell(.decide(command), as: name) }
    }

    private static func sentence(_ refusal: Refusal?) throws -> String {
        guard case .editInvalid(_, let sentence)? = refusal else {
            Issue.record("taken, or refused otherwise: \(String(describing: refusal))")
            return ""
        }
        return sentence
    }

    private static let amount = JSONPointer(tokens: ["amount_cents"])
    private static let customer = JSONPointer(tokens: ["customer"])

    /// Nobody may approve these: the approval stays where it is, untouched.
    @Test(
        arguments: [
            (.replace(customer, "cus_bad"), "refunds@1#sanctioned refuses"),
            (.remove(amount), "says refunds@1#on_error"),
            (.replace(amount, "much"), "says refunds@1#on_error"),
        ] as [(JSONPatch.Operation, String)])
    func whatNobodyMayApproveStays(_ operation: JSONPatch.Operation, _ words: String) throws {
        let desk = try PolicyDecidingTests.desk()
        let id = try PolicyDecidingTests.submit(desk, 1_000).id
        let before = try desk.stored(id)
        #expect(try Self.sentence(try Self.approve(desk, id, operation)).contains(words))
        #expect(try desk.stored(id) == before)
    }

    @Test func theCallGoesOnToThoseWhoMay() throws {
        let desk = try PolicyDecidingTests.desk()
        try desk.join("eva@acme.test", [.approver], ["ops"], by: Desk.admin)
        let id = try PolicyDecidingTests.submit(desk, 1_000).id
        let told = try Self.sentence(
            try Self.approve(
                desk, id, .replace(Self.amount, 600_000), comment: "One too few zeros."))
        #expect(told.contains("for the group ops, 2 people, to approve, says refunds@1#huge"))
        #expect(told.contains("handed on to them"))
        let handed = try desk.stored(id)
        #expect(handed.state == .pending && handed.decisions.isEmpty)
        #expect(handed.requirement.group == Desk.ops && handed.requirement.quorum == 2)
        #expect(handed.requirement.rule == "refunds@1#huge")
        #expect(handed.formerGroups == [Desk.finance])
        #expect(handed.effectiveArguments == nil)
        let remark = try #require(handed.comments.last)
        #expect(remark.text.contains("One too few zeros.\n/amount_cents: 1000 becomes 600000"))
        let view = try desk.view(id, as: "eve@acme.test")
        #expect(view.comments.last?.text == remark.text)
        #expect(
            view.timeLine.suffix(2).map(\.type) == ["approval.commented", "approval.reassigned"])
        // They may do what was wanted; it takes both, and a reason, which the rule large wants.
        for name in ["eve@acme.test", "eva@acme.test"] {
            #expect(try desk.stored(id).state == .pending)
            #expect(
                try Self.approve(
                    desk, id, as: name, .replace(Self.amount, 600_000), comment: "Checked.") == nil)
        }
        #expect(try desk.stored(id).effectiveArguments?["amount_cents"] == 600_000)
    }

    /// What the approver is told beforehand is what the server says afterwards.
    @Test(
        arguments: [
            (60_000, "refunds@1#large"), (600_000, "refunds@1#huge"), (2_000, nil),
        ] as [(JSONValue, String?)])
    func whatIsToldBeforehandHolds(_ cents: JSONValue, _ rule: String?) throws {
        let desk = try PolicyDecidingTests.desk()
        let id = try PolicyDecidingTests.submit(desk, 1_000).id
        let told = try desk.view(id).stricterRules.compactMap { $0["rule"]?.stringValue }
        #expect(
            Set(told) == ["refunds@1#sanctioned", "refunds@1#large", "refunds@1#huge"])
        let refused = try Self.approve(desk, id, .replace(Self.amount, cents))
        guard let rule else {
            #expect(refused == nil)
            return
        }
        #expect(told.contains(rule))
        #expect(try Self.sentence(refused).contains(rule))
    }

    /// The same press again gets the same answer, and hands nothing on twice.
    @Test func theSamePressHandsOnOnce() throws {
        let desk = try PolicyDecidingTests.desk()
        let id = try PolicyDecidingTests.submit(desk, 1_000).id
        var command = try desk.decision(
            .approve, on: id, edits: JSONPatch([.replace(Self.amount, 600_000)]))
        command.key = "press"
        let first = refusal { try desk.tell(.decide(command), as: Self.ada) }
        let handed = try desk.stored(id)
        #expect(refusal { try desk.tell(.decide(command), as: Self.ada) } == first)
        #expect(first != nil)
        #expect(try desk.stored(id) == handed)
    }

    /// Only what the rule asks more of counts: the same people with a reason and a higher risk.
    @Test func theSamePeopleAreAskedMore() throws {
        let desk = try PolicyDecidingTests.desk(
            default: ["effect": "require_approval", "group": "finance"])
        let id = try PolicyDecidingTests.submit(desk, 1_000).id
        let told = try Self.sentence(try Self.approve(desk, id, .replace(Self.amount, 60_000)))
        #expect(told.contains("refunds@1#large"))
        let handed = try desk.stored(id)
        #expect(handed.risk == .high && handed.requirement.group == Desk.finance)
        let silent = try Self.approve(desk, id, .replace(Self.amount, 60_000))
        guard case .invalid(let problems)? = silent else {
            Issue.record("taken without a reason: \(String(describing: silent))")
            return
        }
        #expect(problems.map(\.field) == ["/comment"])
        #expect(
            try Self.approve(
                desk, id, .replace(Self.amount, 60_000), comment: "Checked.") == nil)
    }

    /// What is hidden stays hidden in the remark.
    @Test func theRemarkTellsNoSecret() throws {
        let desk = try PolicyDecidingTests.desk()
        let command = try Desk.submission(
            arguments: ["amount_cents": 1_000, "customer": "c", "pin": "4711-0815-x"])
        let id = try desk.submit(command)
        let edits = JSONPatch([
            .replace(Self.amount, 600_000), .replace(JSONPointer(tokens: ["pin"]), "9999-secret"),
        ])
        let decision = try desk.decision(.approve, on: id, edits: edits)
        #expect(refusal { try desk.tell(.decide(decision), as: Self.ada) } != nil)
        let text = try #require(try desk.stored(id).comments.last?.text)
        #expect(!text.contains("4711") && !text.contains("9999"), "\(text)")
        #expect(text.contains("/pin"))
    }
}
