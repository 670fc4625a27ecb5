import Approvals
import ControlPlane
import Duty
import JSONTree
import Simulation
import Testing
import ZoneTime

/// Goal: people swap hours among themselves, both halves or none, and nobody but them undoes it.
@Suite struct SwappingTests {
    private let ada = "ada@acme.test"
    private let bob = "bob@acme.test"
    private let eve = "eve@acme.test"
    private let lea = "lea@acme.test"

    /// Ada and bob take turns every day: ada from now on, bob from tomorrow on.
    private func desk() throws -> Desk {
        let desk = try Desk()
        let start = LocalTime(seconds: Int(desk.clock.wall.milliseconds / 3_600_000) * 3_600)
        let wish = ScheduleWish(
            name: try #require(GroupName("primary")), version: 0,
            group: try #require(Desk.finance), zone: "UTC",
            rotations: [
                .init(
                    name: "turns", emails: [ada, bob], start: start, handOff: Recurrence(.daily))
            ])
        try desk.tell(.people(.putSchedule(wish)), as: lea)
        return desk
    }

    private func hours(_ hours: Range<Int>, in desk: Desk) throws -> InstantRange {
        let now = desk.clock.wall
        return try #require(
            InstantRange(
                now.adding(seconds: hours.lowerBound * 3_600),
                now.adding(seconds: hours.upperBound * 3_600)))
    }

    @discardableResult
    private func offer(
        _ window: Range<Int>, back: Range<Int>? = nil, to taker: String? = nil,
        as name: String, in desk: Desk
    ) throws -> SwapID {
        let wish = SwapWish(
            schedule: try #require(GroupName("primary")), window: try hours(window, in: desk),
            inReturn: try back.map { try hours($0, in: desk) }, takerEmail: taker,
            reason: "Dentist")
        let answer = try desk.tell(.people(.offerSwap(wish)), as: name)
        guard case .people(.swap(let report, _)) = answer else { throw Surprise(answer) }
        return report.swap.id
    }

    @discardableResult
    private func take(_ id: SwapID, as name: String, in desk: Desk) throws -> SwapReport {
        let answer = try desk.tell(.people(.takeSwap(id)), as: name)
        guard case .people(.swap(let report, _)) = answer else { throw Surprise(answer) }
        return report
    }

    private func shift(_ hour: Int, in desk: Desk) throws -> ShiftReport {
        let name = try #require(GroupName("primary"))
        let query = PeopleQuery.shifts(name, try hours(hour..<hour + 1, in: desk))
        let answer = try desk.ask(.people(query), as: lea)
        guard case .people(.shifts(let shifts)) = answer else { throw Surprise(answer) }
        return try #require(shifts.first)
    }

    private func states(_ desk: Desk) throws -> [PlannedSwap.State] {
        let name = try #require(GroupName("primary"))
        let answer = try desk.ask(.people(.swaps(name)), as: "aud@acme.test")
        guard case .people(.swaps(let reports)) = answer else { throw Surprise(answer) }
        return reports.map(\.state)
    }

    private func conflicts(_ body: () throws -> some Any) -> Bool {
        if case .conflict = refusal(body) { return true }
        return false
    }

    @Test("S-11: each is on duty in the hours of the other, and undoing takes both halves back")
    func bothHalves() throws {
        let desk = try desk()
        let id = try offer(10..<20, back: 30..<40, as: ada, in: desk)
        #expect(try shift(15, in: desk).onDuty == [ada], "an offer changes nothing")
        let report = try take(id, as: bob, in: desk)
        #expect(report.state == .taken && report.takerEmail == bob)
        #expect(report.swap.halves.count == 2)
        #expect(try shift(15, in: desk).onDuty == [bob] && shift(15, in: desk).isSwap)
        #expect(try shift(35, in: desk).onDuty == [ada] && shift(35, in: desk).isSwap)
        #expect(try shift(9, in: desk).onDuty == [ada] && !shift(9, in: desk).isSwap)
        #expect(refusal { try desk.tell(.people(.withdrawSwap(id)), as: eve) } != nil)
        try desk.tell(.people(.withdrawSwap(id)), as: bob)
        #expect(try shift(15, in: desk).onDuty == [ada])
        #expect(try shift(35, in: desk).onDuty == [bob])
        #expect(try states(desk) == [.withdrawn])
        let types = try desk.events().compactMap { $0["type"]?.stringValue }
        #expect(
            types.suffix(7) == [
                "swap.offered", "override.made", "override.made", "swap.taken",
                "override.removed", "override.removed", "swap.withdrawn",
            ])
    }

    @Test func onlyHoursOfOnesOwnThatAreToComeAreOffered() throws {
        let desk = try desk()
        for (window, who) in [(26..<30, ada), (10..<20, bob), (-1..<2, ada), (10..<20, eve)] {
            guard case .invalid = refusal({ try offer(window, as: who, in: desk) }) else {
                Issue.record("\(window) \(who)")
                continue
            }
        }
        for taker in [ada, eve, "aud@acme.test", "x@acme.test"] {
            guard case .invalid = refusal({ try offer(10..<20, to: taker, as: ada, in: desk) })
            else {
                Issue.record("\(taker)")
                continue
            }
        }
        #expect(refusal { try offer(10..<20, as: "aud@acme.test", in: desk) } != nil)
    }

    @Test func whoIsAskedTakesItOnceAndInTime() throws {
        let desk = try desk()
        let id = try offer(10..<20, to: bob, as: ada, in: desk)
        #expect(conflicts { try take(id, as: ada, in: desk) }, "one's own")
        #expect(conflicts { try take(id, as: eve, in: desk) }, "somebody else is asked")
        try take(id, as: bob, in: desk)
        #expect(conflicts { try take(id, as: bob, in: desk) }, "taken")
        let open = try offer(21..<23, as: ada, in: desk)
        #expect(refusal { try take(open, as: eve, in: desk) } != nil, "another group")
        desk.pass(seconds: 22 * 3_600)
        #expect(conflicts { try take(open, as: bob, in: desk) }, "lapsed")
        #expect(conflicts { try desk.tell(.people(.withdrawSwap(open)), as: ada) })
        #expect(try states(desk) == [.lapsed], "the one that is over is listed no more")
    }

    @Test func anOverrideBetweenOfferAndTakingWins() throws {
        let desk = try desk()
        let id = try offer(10..<20, back: 30..<40, as: ada, in: desk)
        let window = try hours(35..<36, in: desk)
        let wish = OverrideWish(
            schedule: try #require(GroupName("primary")), start: window.start, end: window.end,
            removeEmail: bob, reason: "Holiday")
        try desk.tell(.people(.override(wish)), as: lea)
        #expect(conflicts { try take(id, as: bob, in: desk) })
        #expect(try shift(15, in: desk).onDuty == [ada], "neither half")
        #expect(try states(desk) == [.open])
        try desk.tell(.people(.withdrawSwap(id)), as: lea)
        #expect(try states(desk) == [.withdrawn])
    }
}
