import Approvals
import ControlPlane
import Duty
import Testing
import ZoneTime

@Suite("Every store keeps offers to swap, only on top of the version that was read")
struct StoreSwapTests {
    private static func swap(_ number: UInt64, hours: Range<Int>) throws -> PlannedSwap {
        func range(_ hours: Range<Int>) throws -> InstantRange {
            try #require(
                InstantRange(
                    Fixture.start.adding(seconds: hours.lowerBound * 3_600),
                    Fixture.start.adding(seconds: hours.upperBound * 3_600)))
        }
        return PlannedSwap(
            id: SwapID(Fixture.uuid(number)), schedule: try #require(GroupName("primary")),
            terms: Swap(
                beneficiary: MemberID(Fixture.uuid(201)), window: try range(hours),
                inReturn: number == 1 ? try range(50..<60) : nil),
            asked: number == 1 ? MemberID(Fixture.uuid(202)) : nil, reason: "dentist",
            createdAt: Fixture.start)
    }

    @Test("They come back whole, and are changed once for a version", arguments: StoreKind.allCases)
    func versions(kind: StoreKind) throws {
        let rig = try StoreRig(furnished: kind)
        let (one, other) = (try Self.swap(1, hours: 10..<20), try Self.swap(2, hours: 5..<8))
        for (swap, isNew) in [(one, true), (one, false), (other, true)] {
            #expect(try rig.save { try $0.insert(swap, of: Fixture.acme) } == isNew)
        }
        var taken = one
        taken.taker = MemberID(Fixture.uuid(202))
        taken.halves = [OverrideID(Fixture.uuid(7)), OverrideID(Fixture.uuid(8))]
        for (version, isSaved) in [(1, false), (3, false), (2, true), (2, false)] {
            taken.version = version
            let wanted = taken
            #expect(try rig.save { try $0.replace(wanted, of: Fixture.acme) } == isSaved)
        }
        #expect(try rig.read { try $0.swap(one.id, of: Fixture.acme) } == taken)
        #expect(try rig.read { try $0.swap(one.id, of: Fixture.other) } == nil)
        for (hour, left) in [(0, [other, taken]), (8, [taken]), (59, [taken]), (60, [])] {
            let after = Fixture.start.adding(seconds: hour * 3_600)
            let found = try rig.read {
                try $0.swaps(on: one.schedule, of: Fixture.acme, endingAfter: after)
            }
            #expect(found == left, "\(hour)")
        }
    }
}
