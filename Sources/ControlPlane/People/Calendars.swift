import Approvals
import Duty
import ZoneTime

// Schedules as iCalendar, for whoever has them elsewhere.
extension Reader {
    /// The rules of a schedule, or who is on duty in a range.
    mutating func calendar(
        _ name: GroupName, in range: InstantRange?
    ) throws(CommandFailure) -> String {
        if let range {
            let shifts = try shifts(name, in: range).map { ($0.window, $0.onDuty) }
            return Schedule.calendar(of: shifts, name: name, writtenAt: now)
        }
        _ = try member(with: [.approver, .lead, .auditor, .admin])
        let latest = try stored(try store.scheduleVersions(name, of: tenant)).last
        guard let latest, !latest.isRemoved else { throw .refusing(.notFound) }
        return latest.duty(with: []).calendar(
            names: try names(of: Set(latest.rotations.flatMap(\.people))), zones: zones,
            writtenAt: now)
    }
}

extension Session {
    /// Every event of the file becomes a rotation; one person alone is a rotation too.
    mutating func put(_ wish: CalendarWish) throws(CommandFailure) -> PeopleAnswer {
        _ = try member(with: [.lead, .admin])
        let latest = try latestSchedule(wish.name)
        let schedule = try schedule(of: wish, usual: latest?.isRemoved == false ? latest : nil)
        var reader = reader
        let people = try reader.people()
        let emails = Dictionary(uniqueKeysWithValues: people.map { ($0.id, $0.email) })
        var rotations: [ScheduleWish.Turns] = []
        for (index, rule) in schedule.rules.enumerated() {
            let usual = latest.flatMap { index < $0.rotations.count ? $0.rotations[index] : nil }
            guard
                let turns = ScheduleWish.Turns(
                    rule, name: usual?.name ?? "turns \(index + 1)", emails: emails)
            else {
                throw .field(
                    "/calendar",
                    "has an event, number \(index + 1), whose people take turns from another time"
                        + " on, or by hours: begin both at one time and write a rule")
            }
            rotations.append(turns)
        }
        return try put(
            ScheduleWish(
                name: wish.name, version: wish.version, group: wish.group, zone: schedule.zone,
                rotations: rotations))
    }

    private func schedule(
        of wish: CalendarWish, usual: PlannedSchedule?
    ) throws(CommandFailure) -> Schedule {
        var reader = reader
        let deciders = try reader.people().filter {
            !$0.roles.isDisjoint(with: [.approver, .lead])
        }
        let members = Dictionary(uniqueKeysWithValues: deciders.map { ($0.email, $0.id) })
        let schedule: Schedule
        do {
            schedule = try Schedule(
                calendar: wish.calendar, name: wish.name, zone: wish.zone ?? usual?.zone ?? "",
                members: members)
        } catch {
            throw .field("/calendar", "\(error)")
        }
        guard !schedule.rules.isEmpty else {
            throw .field("/calendar", "has no event, so nobody would ever be on duty")
        }
        guard !schedule.zone.isEmpty else {
            throw .field("/zone", "is needed: no time in the calendar names one")
        }
        guard zones[schedule.zone] != nil else {
            throw .field(
                "/calendar",
                "is in \(schedule.zone), which is no time zone that this server"
                    + " knows, like Europe/Berlin")
        }
        return schedule
    }
}

extension ScheduleWish.Turns {
    /// A rule as people who take turns; nil where turns and duty begin at different times.
    fileprivate init?(_ rule: DutyRule, name: String, emails: [MemberID: String]) {
        let people: [MemberID]
        var handOff = Recurrence(.weekly)
        switch rule.who {
        case .member(let member): people = [member]
        case .rotation(let rotation):
            guard rotation.start == rule.start, case .rule(let rule) = rotation.handOff else {
                return nil
            }
            people = rotation.people
            handOff = rule
        }
        var repeats = rule.recurrence ?? Recurrence(.daily)
        if rule.recurrence == nil { repeats.bound = .count(1) }
        let length = rule.end.seconds - rule.start.seconds
        let isAlways = length == LocalTime.daySeconds && repeats == Recurrence(.daily)
        self.init(
            name: name, emails: people.map { emails[$0] ?? $0.rawValue }, start: rule.start,
            handOff: handOff, lengthSeconds: isAlways ? nil : length,
            repeats: isAlways ? nil : repeats)
    }
}
