import Approvals
import Authority
import ControlPlane
import JSONTree
import Testing

/// Goal: D-12 and D15, a policy says whether its calls may be decided on behalf of another.
struct LendingRuleTests {
    private static let (ada, eve) = ("ada@acme.test", "eve@acme.test")

    struct Example: Sendable {
        let rule: String?
        var risk = "high"
        var isOfTeam = false
        let mayDecide: Bool
    }

    private static let examples = [
        Example(rule: nil, mayDecide: true),
        Example(rule: nil, risk: "critical", mayDecide: false),
        Example(rule: "allowed", mayDecide: true),
        Example(rule: "allowed", risk: "critical", mayDecide: true),
        Example(rule: "forbidden", mayDecide: false),
        Example(rule: "forbidden", risk: "low", isOfTeam: true, mayDecide: false),
        Example(rule: "same_team", mayDecide: false),
        Example(rule: "same_team", isOfTeam: true, mayDecide: true),
    ]

    @Test(arguments: examples)
    func lending(_ example: Example) throws {
        var then: JSONObject = [
            "effect": "require_approval", "group": "finance", "risk": .string(example.risk),
        ]
        then["delegation"] = example.rule.map { .string($0) }
        let desk = try PolicyDecidingTests.desk(
            rules: [
                [
                    "id": "all", "when": [">": [["var": "args.amount_cents"], 0]],
                    "then": .object(then),
                ]
            ])
        // Whoever borrows is not of finance, but may share another group with who lends.
        if example.isOfTeam {
            let groups = Set([try #require(Desk.finance), try #require(Desk.ops)])
            try desk.tell(
                .putMember(email: Self.ada, roles: [.approver], groups: groups), as: Desk.admin)
        }
        let wish = DelegationWish(
            delegateEmail: Self.eve, scope: .all, ceiling: .critical, reason: "Holiday")
        try desk.tell(.people(.lend(wish, isPreview: false)), as: Self.ada)
        let id = try PolicyDecidingTests.submit(desk, 700).id
        #expect(try desk.stored(id).requirement.delegation?.rawValue == example.rule)
        let command = try decision(on: id, in: desk)
        let isRefused = refusal { try desk.tell(.decide(command), as: Self.eve) } != nil
        #expect(isRefused != example.mayDecide, "\(example)")
        #expect((try desk.stored(id).state == .approved) == example.mayDecide)
        let approval = try desk.stored(id)
        #expect(try Approval(record: approval.record) == approval)
    }

    /// As ada sees it: what somebody may not decide for her, they may not even see.
    private func decision(on id: ApprovalID, in desk: Desk) throws -> DecideCommand {
        var command = try desk.decision(.approve, on: id, as: Self.ada)
        command.comment = "fine"
        return command
    }
}
