import Approvals
import ControlPlane
import Cryptography
import Testing

@Suite("Every store keeps the answers of refused decisions, and no more than its limits")
struct StoreRefusalTests {
    private static let ada = MemberID(Fixture.uuid(900))

    private func decision(_ number: Int, after seconds: Int = 0) -> RefusedDecision {
        RefusedDecision(
            key: "press-\(number)", approval: ApprovalID(Fixture.uuid(1)), member: Self.ada,
            payloadDigest: SHA256.hash([1]), refusal: .moved(currentRevision: number),
            hasView: number % 2 == 0, at: Fixture.start.adding(seconds: seconds))
    }

    private func find(_ number: Int, in rig: StoreRig) throws -> RefusedDecision? {
        try rig.read {
            try $0.refusedDecision(
                key: "press-\(number)", on: ApprovalID(Fixture.uuid(1)), by: Self.ada,
                of: Fixture.acme)
        }
    }

    private func rig(_ kind: StoreKind) throws -> StoreRig {
        let rig = try StoreRig(furnished: kind)
        let member = Member(
            id: Self.ada, email: "ada@acme.test", roles: [.approver], groups: [],
            createdAt: Fixture.start)
        #expect(try rig.save { try $0.insert(member, of: Fixture.acme) })
        return rig
    }

    @Test("One comes back whole, and goes with its member", arguments: StoreKind.allCases)
    func keeping(kind: StoreKind) throws {
        let rig = try rig(kind)
        for number in 1...2 {
            let decision = decision(number)
            try rig.save { try $0.insert(decision, of: Fixture.acme) }
            #expect(try find(number, in: rig) == decision)
        }
        #expect(try find(3, in: rig) == nil)
        #expect(try rig.save { try $0.removeMember(Self.ada, of: Fixture.acme) })
        #expect(try find(1, in: rig) == nil)
    }

    @Test("The oldest are forgotten, by number and by age", arguments: StoreKind.allCases)
    func forgetting(kind: StoreKind) throws {
        let rig = try rig(kind)
        let max = Limits.refusedDecisionsMax
        let many = (0...max).map { decision($0, after: $0) }
        try rig.save { writer in
            for decision in many { try writer.insert(decision, of: Fixture.acme) }
        }
        #expect(try find(0, in: rig) == nil)
        #expect(try find(1, in: rig) != nil)
        let late = decision(max + 1, after: Limits.refusedDecisionSeconds + max / 2)
        try rig.save { try $0.insert(late, of: Fixture.acme) }
        #expect(try find(max / 2 - 1, in: rig) == nil)
        #expect(try find(max / 2, in: rig) != nil)
        #expect(try find(max + 1, in: rig) == late)
    }
}
