import Approvals
import ControlPlane
import Testing

/// Goal: a quorum is of distinct people, under whatever record they come back.
@Suite struct QuorumTests {
    private static let ada = "ada@acme.test"
    private static let eve = "eve@acme.test"

    /// A call that two people of finance must approve.
    private func submit(to desk: Desk) throws -> ApprovalID {
        let id = try desk.submit(as: "other")
        var approval = try desk.stored(id)
        approval.requirement.quorum = 2
        let changed = approval
        _ = try desk.write { (store, _) throws(CommandFailure) in
            do throws(StoreFailure) {
                return try store.replace(changed)
            } catch {
                throw .store(error)
            }
        }
        return id
    }

    private func comeBack(_ email: String, _ groups: [String], to desk: Desk) throws {
        try desk.tell(.removeMember(email: email), as: Desk.admin)
        try desk.join(email, [.approver], groups, by: Desk.admin)
    }

    /// The vote of before stands, and is the only one of this person.
    @Test func whoComesBackDoesNotVoteTwice() throws {
        let desk = try Desk()
        let id = try submit(to: desk)
        try desk.decide(.approve, on: id)
        try comeBack(Self.ada, ["finance"], to: desk)
        let command = try desk.decision(.approve, on: id)
        #expect(
            refusal { try desk.tell(.decide(command), as: Self.ada) }
                == .forbidden(.decidedBefore))
        let view = try desk.view(id)
        #expect(view.cannotDecide == .decidedBefore)
        #expect(view.whoCanDecide == ["bob@acme.test"])
        #expect(view.approvalsCount == 1)
        #expect(try desk.stored(id).state == .pending)
    }

    /// Neither is the approval stuck: whoever is left decides it, and it can be handed on.
    @Test func whoComesBackBlocksNobody() throws {
        let desk = try Desk()
        let id = try submit(to: desk)
        try desk.decide(.approve, on: id)
        try comeBack(Self.ada, ["finance"], to: desk)
        let toAda = Command.reassign(id, revision: 2, to: .member(email: Self.ada), reason: nil)
        #expect(refusal { try desk.tell(toAda, as: "bob@acme.test") }?.fields == ["/member"])
        let ops = try #require(Desk.ops)
        try desk.tell(
            .reassign(id, revision: 2, to: .group(ops), reason: nil), as: "bob@acme.test")
        try comeBack(Self.eve, ["ops"], to: desk)
        #expect(try desk.decide(.approve, on: id, as: Self.eve).row.state == .approved)
        #expect(try desk.stored(id).decisions.count == 2)
    }

    /// Handed to somebody who left: their new record is somebody else until it is handed to that.
    @Test func whatWasHandedToWhoLeftIsHandedOn() throws {
        let desk = try Desk()
        let id = try submit(to: desk)
        try desk.tell(
            .reassign(id, revision: 1, to: .member(email: "bob@acme.test"), reason: nil),
            as: Self.ada)
        try comeBack("bob@acme.test", ["finance"], to: desk)
        try desk.tell(
            .reassign(id, revision: 2, to: .member(email: "bob@acme.test"), reason: nil),
            as: Self.ada)
        try desk.decide(.approve, on: id, as: "bob@acme.test")
        #expect(try desk.stored(id).decisions.count == 1)
    }
}
