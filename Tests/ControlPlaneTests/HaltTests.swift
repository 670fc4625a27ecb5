import Approvals
import ControlPlane
import Cryptography
import JSONTree
import Testing

/// Goal: while releases are halted nothing runs that did not run before, whoever or whatever would
/// release it, and only a second person lets it go on.
@Suite struct HaltTests {
    private static let ada = "ada@acme.test"
    private static let lea = "lea@acme.test"

    private static func isHalted(_ refusal: Refusal?) -> Bool {
        if case .halted? = refusal { return true }
        return false
    }

    @Test func nobodyApprovesAndNobodyClaims() throws {
        let desk = try Desk()
        let released = try desk.submit()
        try desk.decide(.approve, on: released)
        let waiting = try desk.submit(Desk.submission(key: "k2"))
        try desk.tell(.halt(isOn: true, reason: "It pays twice."), as: Self.ada)
        let claim = Command.claim(
            released, nonceDigest: SHA256.hash([1]), leaseSeconds: 60)
        #expect(Self.isHalted(refusal { try desk.tell(claim, as: "bot") }))
        let refused = refusal { () throws -> Answer? in
            try desk.decide(.approve, on: waiting)
            return nil
        }
        #expect(Self.isHalted(refused))
        let later = try desk.submit(Desk.submission(key: "k3"))
        #expect(try desk.stored(later).state == .pending)
        try desk.decide(.reject, on: waiting)
        #expect(try desk.stored(waiting).state == .rejected)
        try desk.tell(.halt(isOn: false, reason: "Fixed."), as: Self.lea)
        try desk.tell(claim, as: "bot")
        try desk.decide(.approve, on: later)
        #expect(try desk.stored(later).isReleased)
    }

    @Test func silenceReleasesNothing() throws {
        let desk = try Desk()
        var open = try Desk.submission()
        open.tool = try #require(ToolName("ping"))
        open.posture = .failOpen
        let id = try desk.submit(open)
        try desk.tell(.halt(isOn: true, reason: "Stop."), as: Desk.admin)
        desk.pass(seconds: 100_000)
        try desk.ring()
        let approval = try desk.stored(id)
        #expect(approval.state == .expired && !approval.isReleased)
    }

    @Test func aSecondPersonLiftsIt() throws {
        let desk = try Desk()
        #expect(refusal { try desk.tell(.halt(isOn: true, reason: " "), as: Self.lea) } != nil)
        #expect(refusal { try desk.tell(.halt(isOn: false, reason: "x"), as: Self.lea) } != nil)
        #expect(refusal { try desk.tell(.halt(isOn: true, reason: "x"), as: "bot") } != nil)
        try desk.tell(.halt(isOn: true, reason: "Stop."), as: Self.lea)
        #expect(refusal { try desk.tell(.halt(isOn: true, reason: "x"), as: Self.ada) } != nil)
        #expect(refusal { try desk.tell(.halt(isOn: false, reason: "x"), as: Self.lea) } != nil)
        #expect(refusal { try desk.tell(.halt(isOn: false, reason: "x"), as: Self.ada) } != nil)
        let answer = try desk.ask(.me, as: "bot")
        guard case .me(_, _, _, let halt?, _, _, _) = answer else { throw Surprise(answer) }
        #expect(halt.email == Self.lea && halt.halt.reason == "Stop.")
        try desk.tell(.halt(isOn: false, reason: "Fixed."), as: Desk.admin)
        guard case .me(_, _, _, nil, _, _, _) = try desk.ask(.me, as: Self.ada) else {
            throw Surprise(try desk.ask(.me, as: Self.ada))
        }
        let types = try desk.events().compactMap { $0["type"]?.stringValue }
        #expect(types.suffix(2) == ["releases.halted", "releases.resumed"])
    }

    @Test func anotherTenantGoesOn() throws {
        let desk = try Desk()
        try desk.tell(.halt(isOn: true, reason: "Stop."), as: Self.lea)
        let answer = try desk.ask(.me, as: "mallory@rival.test")
        guard case .me(_, _, _, nil, _, _, _) = answer else { throw Surprise(answer) }
    }
}
