import Approvals
import ControlPlane
import Testing

/// Goal: an admin of a tenant, also of the operator's own, gets no authority over other tenants.
@Suite struct EscalationTests {
    private static let second = "second@acme.test"

    /// A desk with an admin beside the operator, and a second operator's token to take away.
    private func desk() throws -> (Desk, TokenID) {
        let desk = try Desk()
        try desk.join(Self.second, [.admin], [], by: Desk.admin)
        let token = try desk.giveToken(
            .member(email: Desk.admin), to: "spare", by: Desk.admin)
        return (desk, token)
    }

    /// Whoever holds an operator's token is the operator.
    @Test func onlyAnOperatorIssuesAnOperatorsToken() throws {
        let (desk, _) = try desk()
        let command = Command.addToken(
            .member(email: Desk.admin), label: nil, expiresInSeconds: nil)
        #expect(refusal { try desk.tell(command, as: Self.second) } == .forbidden(.operatorsOnly))
        #expect(refusal { try desk.tell(command, as: Desk.admin) } == nil)
    }

    @Test func onlyAnOperatorChangesAnOperator() throws {
        let (desk, token) = try desk()
        for command in [
            Command.removeToken(token), .removeMember(email: Desk.admin),
            .putMember(email: Desk.admin, roles: [.admin, .lead], groups: []),
        ] {
            #expect(
                refusal { try desk.tell(command, as: Self.second) } == .forbidden(.operatorsOnly))
        }
        #expect(refusal { try desk.ask(.me, as: "spare") } == nil)
    }
}
