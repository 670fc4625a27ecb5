import Approvals
import ControlPlane
import Reach
import Testing
import ZoneTime

@Suite("Every store keeps quiet hours, only on top of the version that was edited")
struct StoreReachTests {
    private static let person = MemberID(Fixture.uuid(101))

    private static func reach(_ owner: ReachOwner, _ version: Int) throws -> PlannedReach {
        let day = Fixture.start
        return PlannedReach(
            owner: owner, version: version, zone: "Europe/Berlin",
            quiet: [
                QuietHours(
                    zone: "Europe/Berlin", start: 79_200, end: 25_200 + version,
                    days: [.monday, .sunday])
            ],
            absences: [try #require(InstantRange(day, day.adding(seconds: 86_400)))],
            changedBy: person, changedAt: Fixture.start)
    }

    @Test("They come back whole, one by one and all together", arguments: StoreKind.allCases)
    func versions(kind: StoreKind) throws {
        let rig = try StoreRig(furnished: kind)
        let member = Member(
            id: Self.person, email: "m@acme.test", roles: [.approver], groups: [],
            createdAt: Fixture.start)
        #expect(try rig.save { try $0.insert(member, of: Fixture.acme) })
        let owners: [ReachOwner] = [
            .group(try #require(GroupName("finance"))), .member(Self.person),
        ]
        for owner in owners {
            for (version, isSaved) in [(2, false), (1, true), (1, false), (3, false), (2, true)] {
                let reach = try Self.reach(owner, version)
                #expect(try rig.save { try $0.save(reach, in: Fixture.acme) } == isSaved)
            }
            let newest = try Self.reach(owner, 2)
            #expect(try rig.read { try $0.reach(of: owner, in: Fixture.acme) } == newest)
            #expect(try rig.read { try $0.reach(of: owner, in: Fixture.other) } == nil)
        }
        let all = try rig.read { try $0.reaches(of: Fixture.acme) }
        #expect(Set(all.map(\.owner)) == Set(owners))
        #expect(try rig.read { try $0.reaches(of: Fixture.other) } == [])
    }
}
