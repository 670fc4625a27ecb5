import Approvals
import JSONTree
import WireAPI

/// Leads who change who is on duty, at the same moment and for the same hours, and people who swap,
/// go off shift and do not want to be disturbed.
public final class SimulatedShifts {
    static let schedule = "primary"

    private let leads: [Caller]
    /// By e-mail.
    private let people: [String: DirectApprover]
    private let world: World
    private var entropy: SeededEntropy
    /// The window that everybody wants to change, for a while.
    private var wanted: (start: Timestamp, end: Timestamp)?

    init(
        leads: [String], people: [String: DirectApprover], in world: World, entropy: SeededEntropy
    ) {
        self.leads = leads.map { Caller($0, in: world) }
        self.people = people
        self.world = world
        self.entropy = entropy
    }

    /// Begins to change things, now and then.
    public func start() {
        guard world.isStormy else { return }
        act()
        let pause = Int64.random(in: 1_000...9_000, using: &entropy)
        world.agenda.plan(in: pause) { [self] in start() }
    }

    private func act() {
        guard let lead = leads.randomElement(using: &entropy),
            let email = people.keys.sorted().randomElement(using: &entropy),
            let person = people[email]
        else { return }
        switch Int.random(in: 0..<14, using: &entropy) {
        case 0: put(by: lead)
        case 1...3: for lead in leads { override(by: lead) }
        case 4: remove(by: lead)
        case 5: person.caller.send(.post, Route.offShift.path, [:], as: "off shift")
        case 6: person.caller.send(.post, Route.onShift.path, as: "on shift")
        case 7, 10, 11: swap(from: person.caller)
        case 8, 9: take(by: person.caller)
        default: quieten(email, by: person.caller)
        }
    }

    /// From the version that is there, which somebody else may just be changing.
    private func put(by lead: Caller) {
        lead.get(Route.listSchedules.path, ScheduleList.self) { [self] list in
            guard let body = schedule(version: list.items.first?.version ?? 0) else { return }
            lead.send(
                .put, Route.putSchedule.path(naming: Self.schedule), body.wire, as: "schedule")
        }
    }

    /// Everybody but one is on duty all the time.
    func schedule(version: Int) -> ScheduleBody? {
        guard let group = GroupName("on-call") else { return nil }
        let turns = people.keys.sorted().shuffled(using: &entropy).dropFirst().map { email in
            RotationBody(
                name: email, people: [email], start: "2026-11-01T09:00:00",
                recurrence: "FREQ=DAILY")
        }
        return ScheduleBody(version: version, group: group, zone: "UTC", rotations: turns)
    }

    private func override(by lead: Caller) {
        let now = world.clock.wall
        if wanted.map({ $0.start <= now }) ?? true || entropy.chance(300) {
            let start = now.adding(seconds: Int.random(in: 5...60, using: &entropy))
            wanted = (start, start.adding(seconds: Int.random(in: 10...120, using: &entropy)))
        }
        guard let wanted else { return }
        let pair = people.keys.sorted().shuffled(using: &entropy)
        let body = OverrideBody(
            start: wanted.start, end: wanted.end, remove: entropy.chance(800) ? pair[0] : nil,
            add: pair[1], reason: "the storm")
        lead.send(
            .post, Route.addOverride.path(naming: Self.schedule), body.wire, as: "override")
    }

    private func remove(by lead: Caller) {
        lead.get(Route.listOverrides.path(naming: Self.schedule), OverrideList.self) {
            [self] list in
            guard let one = list.items.randomElement(using: &entropy) else { return }
            lead.send(
                .delete, Route.removeOverride.path(naming: one.id), as: "override removed")
        }
    }

    private func swap(from caller: Caller) {
        let start = world.clock.wall.adding(seconds: Int.random(in: 20...60, using: &entropy))
        let body = SwapBody(start: start, end: start.adding(seconds: 60), reason: "the storm")
        caller.send(
            .post, Route.offerSwap.path(naming: Self.schedule), body.wire, as: "swap offered")
    }

    private func take(by caller: Caller) {
        caller.get(Route.listSwaps.path(naming: Self.schedule), SwapList.self) { [self] list in
            let open = list.items.filter { $0.state == "open" }
            guard let one = open.randomElement(using: &entropy) else { return }
            caller.send(.post, Route.takeSwap.path(naming: one.id), as: "swap taken")
        }
    }

    /// The simulated day begins at nine: these hours begin or end in the middle of the storm.
    private func quieten(_ email: String, by caller: Caller) {
        let path = Route.memberReach.path(naming: email)
        caller.get(path, ReachView.self) { [self] view in
            let (from, to) = entropy.chance(500) ? ("08:00", "09:05") : ("09:03", "10:00")
            let body = ReachBody(
                version: view.version, zone: "UTC",
                quiet: [QuietHoursBody(days: [], from: from, to: to)], outOfOffice: [])
            caller.send(
                .put, Route.setMemberReach.path(naming: email), body.wire, as: "quiet")
        }
    }
}
