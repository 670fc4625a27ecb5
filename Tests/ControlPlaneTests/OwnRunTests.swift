import Approvals
import ControlPlane
import Testing

/// Goal: nobody approves their own run, under whatever record they come back.
@Suite struct OwnRunTests {
    private static let bob = "bob@acme.test"

    /// The e-mail is the person; the id is only the record of their stay.
    @Test func whoLeftAndCameBackIsStillTheOwner() throws {
        let desk = try Desk()
        let id = try desk.submit()
        try desk.tell(.removeMember(email: Self.bob), as: Desk.admin)
        try desk.join(Self.bob, [.approver], ["finance"], by: Desk.admin)
        #expect(try desk.view(id, as: Self.bob).cannotDecide == .ownRun)
        let command = try desk.decision(.approve, on: id, as: Self.bob)
        #expect(refusal { try desk.tell(.decide(command), as: Self.bob) } == .forbidden(.ownRun))
        #expect(try !desk.view(id).whoCanDecide.contains(Self.bob))
    }

    @Test func theOwnerOfARemovedAgentIsStillTheOwner() throws {
        let desk = try Desk()
        let id = try desk.submit()
        try desk.tell(.removeAgent(name: "bot"), as: Desk.admin)
        let command = try desk.decision(.approve, on: id, as: Self.bob)
        #expect(refusal { try desk.tell(.decide(command), as: Self.bob) } == .forbidden(.ownRun))
    }

    @Test func whoLooksAfterTheirOwnReleaseIsNoReviewer() throws {
        let desk = try Desk()
        var command = try Desk.submission(tool: "ping")
        command.posture = .failOpen
        let id = try desk.submit(command)
        desk.pass(seconds: 900)
        try desk.ring()
        try desk.tell(.comment(id, text: "fine, I ran it"), as: Self.bob)
        #expect(try desk.stored(id).needsReview)
        try desk.tell(.comment(id, text: "looked at it"), as: "ada@acme.test")
        #expect(try !desk.stored(id).needsReview)
    }

    /// What nobody knows is raised like a release by timeout.
    @Test func unknownExecutionsAskForALook() throws {
        let desk = try Desk()
        let id = try desk.submit()
        try desk.decide(.approve, on: id)
        try desk.claim(id, lease: 60)
        desk.pass(seconds: 60)
        try desk.ring()
        #expect(try desk.stored(id).execution == .unknown)
        #expect(try desk.view(id).row.needsReview)
    }
}
