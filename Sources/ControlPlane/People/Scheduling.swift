import Approvals
import Audit
import Duty
import JSONTree
import ZoneTime

// Leads and admins say who is expected to decide, and when.
extension Session {
    mutating func put(_ wish: ScheduleWish) throws(CommandFailure) -> PeopleAnswer {
        let maker = try member(with: [.lead, .admin])
        guard try stored(try store.groups(of: tenant)).contains(where: { $0.name == wish.group })
        else { throw .field("/group", "there is no group \(wish.group)") }
        guard zones[wish.zone] != nil else {
            throw .field("/zone", "is no time zone that this server knows, like Europe/Berlin")
        }
        let latest = try latestSchedule(wish.name)
        try requireCurrent(wish.version, latest, wish.name)
        let count = try stored(try store.schedules(of: tenant)).count
        guard latest?.isRemoved == false || count < PlannedSchedule.perTenantMax else {
            throw .refusing(.limit("perTenantMax is \(PlannedSchedule.perTenantMax) schedules"))
        }
        let schedule = PlannedSchedule(
            name: wish.name, group: wish.group, zone: wish.zone,
            version: (latest?.version ?? 0) + 1, changedBy: maker.id, changedAt: now,
            rotations: try rotations(of: wish))
        try save(schedule, .scheduleChanged)
        var reader = reader
        return .schedule(
            try reader.report(schedule), isNew: latest.map(\.isRemoved) ?? true)
    }

    mutating func removeSchedule(
        _ name: GroupName, version: Int
    ) throws(CommandFailure) -> PeopleAnswer {
        let maker = try member(with: [.lead, .admin])
        guard var schedule = try latestSchedule(name), !schedule.isRemoved else {
            throw .refusing(.notFound)
        }
        try requireCurrent(version, schedule, name)
        try requireUnplanned(name)
        schedule.version += 1
        schedule.isRemoved = true
        schedule.changedBy = maker.id
        schedule.changedAt = now
        for override in try stored(try store.overrides(on: name, of: tenant, endingAfter: now)) {
            try stored(try store.end(override.terms.id, at: now, of: tenant))
        }
        try save(schedule, .scheduleRemoved)
        return .done
    }

    /// Refuses to take a schedule away that plans bring approvals to: they would find nobody.
    private func requireUnplanned(_ name: GroupName) throws(CommandFailure) {
        var groups: [String] = []
        for group in try stored(try store.groups(of: tenant)).map(\.name) {
            let known = try stored(try store.escalationPlan(of: group, in: tenant))
            if known?.plan.schedules.contains(name) == true { groups.append(group.rawValue) }
        }
        guard !groups.isEmpty else { return }
        throw .refusing(
            .conflict(
                "the escalation of \(groups.joined(separator: ", ")) goes to the schedule \(name)",
                next: "Change these plans first, then remove it."))
    }

    /// The newest version, also one that says that the schedule is no more.
    func latestSchedule(_ name: GroupName) throws(CommandFailure) -> PlannedSchedule? {
        try stored(try store.scheduleVersions(name, of: tenant)).last
    }

    /// Refuses a change that was made from another version than the newest.
    private func requireCurrent(
        _ version: Int, _ latest: PlannedSchedule?, _ name: GroupName
    ) throws(CommandFailure) {
        guard let latest else {
            guard version == 0 else { throw .refusing(.notFound) }
            return
        }
        guard version != (latest.isRemoved ? 0 : latest.version) else { return }
        var reader = reader
        let who = try reader.email(of: latest.changedBy)
        let what = latest.isRemoved ? "removed" : "changed"
        throw .refusing(
            .conflict(
                "\(who) \(what) the schedule \(name) at \(latest.changedAt.rfc3339): it is at "
                    + "version \(latest.version) now, and nothing of yours was saved",
                next: latest.isRemoved
                    ? "Make it anew with version 0."
                    : "Look at the schedule as it is now, and make your change to that."))
    }

    private func rotations(
        of wish: ScheduleWish
    ) throws(CommandFailure) -> [PlannedRotation] {
        guard (1...Schedule.rulesMax).contains(wish.rotations.count) else {
            throw .field("/rotations", "must be 1 to \(Schedule.rulesMax)")
        }
        var rotations: [PlannedRotation] = []
        for (index, turns) in wish.rotations.enumerated() {
            rotations.append(try rotation(turns, at: "/rotations/\(index)"))
        }
        return rotations
    }

    private func rotation(
        _ turns: ScheduleWish.Turns, at place: String
    ) throws(CommandFailure) -> PlannedRotation {
        guard (1...ScheduleWish.peopleMax).contains(turns.emails.count) else {
            throw .field("\(place)/people", "must be 1 to \(ScheduleWish.peopleMax)")
        }
        var people: [MemberID] = []
        for (index, email) in turns.emails.enumerated() {
            people.append(try dutiful(email, "\(place)/people/\(index)"))
        }
        guard turns.lengthSeconds != nil || turns.repeats == nil else {
            throw .field("\(place)/repeats", "goes with length_s only")
        }
        let rotation = PlannedRotation(
            name: try Naming.label(turns.name, "\(place)/name", bytesMax: Limits.labelBytesMax),
            people: people, start: turns.start, handOff: turns.handOff,
            lengthSeconds: turns.lengthSeconds, repeats: turns.repeats)
        guard rotation.rule != nil else {
            throw .field("\(place)/length_s", "must be 1 to \(DutyRule.lengthMax) seconds")
        }
        return rotation
    }

    /// Somebody who can be on duty: who decides nothing is expected to decide nothing.
    func dutiful(_ email: String, _ field: String) throws(CommandFailure) -> MemberID {
        let wanted = Naming.lowercased(email)
        guard let member = try stored(try store.member(email: wanted, of: tenant)) else {
            throw .field(field, "there is no member with this e-mail")
        }
        guard !member.roles.isDisjoint(with: [.approver, .lead]) else {
            throw .field(field, "must be an approver or lead: others cannot decide")
        }
        return member.id
    }

    private mutating func save(
        _ schedule: PlannedSchedule, _ type: EventType
    ) throws(CommandFailure) {
        guard try stored(try store.insert(schedule, of: tenant)) else {
            throw .store(.busy("somebody else changed it at the same time"))
        }
        let event = AuditEvent(
            type, by: actor, about: .init(.schedule, schedule.name.rawValue),
            documents: [AuditEvent.Document("schedule", schedule.record)],
            facts: .facts(["version": .number(JSONNumber(schedule.version))]))
        try journal.record(event, of: tenant)
    }
}

extension PlannedSchedule {
    /// The most schedules of a tenant.
    static let perTenantMax = 100
}
