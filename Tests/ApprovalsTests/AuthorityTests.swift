import Approvals
import Authority
import Testing

/// Goal: who may see, decide and hand on, read like the specification.
@Suite struct AuthorityTests {
    struct Example: CustomTestStringConvertible {
        var name: String
        var roles: Set<Role>
        var groups: [String] = []
        var isAssigned = false
        var isAssignedElsewhere = false
        var isOwner = false
        var hasDecided = false
        var sees: Bool
        var decides: Bool
        var routes: Bool

        var testDescription: String { name }
    }

    @Test(arguments: [
        Example(
            name: "approver of the group", roles: [.approver], groups: ["finance"], sees: true,
            decides: true, routes: true),
        Example(
            name: "approver of another group", roles: [.approver], groups: ["ops"], sees: false,
            decides: false, routes: false),
        Example(
            name: "assignee of another group", roles: [.approver], groups: ["ops"],
            isAssigned: true, sees: true, decides: true, routes: true),
        Example(
            name: "group of what somebody else holds", roles: [.approver], groups: ["finance"],
            isAssignedElsewhere: true, sees: true, decides: false, routes: true),
        Example(
            name: "lead of the group", roles: [.lead], groups: ["finance"], sees: true,
            decides: true, routes: true),
        Example(
            name: "lead of no group", roles: [.lead], sees: true, decides: false, routes: true),
        Example(
            name: "auditor in the group", roles: [.auditor], groups: ["finance"], sees: true,
            decides: false, routes: false),
        Example(
            name: "admin in the group", roles: [.admin], groups: ["finance"], sees: true,
            decides: false, routes: false),
        Example(
            name: "admin and approver", roles: [.admin, .approver], groups: ["finance"],
            sees: true, decides: true, routes: true),
        Example(
            name: "owner of the agent", roles: [.approver], groups: ["finance"], isOwner: true,
            sees: true, decides: false, routes: false),
        Example(
            name: "assigned owner of the agent", roles: [.lead], isAssigned: true, isOwner: true,
            sees: true, decides: false, routes: false),
        Example(
            name: "decided before", roles: [.approver], groups: ["finance"], hasDecided: true,
            sees: true, decides: false, routes: false),
        Example(
            name: "no role in the group", roles: [], groups: ["finance"], sees: false,
            decides: false, routes: false),
    ])
    func authority(_ example: Example) throws {
        var approval = try Fixture.approval(quorum: 2)
        if example.isAssigned { approval.requirement.assignee = Fixture.ada }
        if example.isAssignedElsewhere { approval.requirement.assignee = Fixture.bob }
        if example.hasDecided { approval.decisions = [Fixture.decision()] }
        let member = Member(
            id: Fixture.ada, email: "ada@x.test", roles: example.roles,
            groups: Set(example.groups.compactMap { GroupName($0) }), createdAt: Fixture.start)
        let owner = example.isOwner ? Fixture.ada : nil
        #expect(Authority.maySee(member, approval) == example.sees)
        #expect(
            (Authority.mayDecide(member, approval, agentOwner: owner) == nil) == example.decides)
        #expect((Authority.mayRoute(member, approval, agentOwner: owner) == nil) == example.routes)
        let could = Authority.whoMayDecide(approval, among: [member], agentOwner: owner)
        #expect(could.isEmpty == !example.decides)
    }
}
