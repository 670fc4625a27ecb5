import Approvals
import Keymap
import WireAPI
import ZoneTime

// The schedules, and the weeks of each.
extension Inbox {
    mutating func showShifts() {
        overlays.removeAll(where: \.isPage)
        showPage(.schedules)
    }

    /// The schedule of this name, when the list is here.
    func schedule(_ name: GroupName) -> ScheduleView? {
        pages.schedules.first { $0.name == name }
    }

    /// The wall of a schedule; the reader's own where this machine does not know its zone.
    func zone(of schedule: ScheduleView) -> Zone? {
        if let zone = zones[schedule.zone] { return zone }
        return zones.isMissing(schedule.zone) ? settings.zone : nil
    }

    /// Reads the zones that schedules name.
    mutating func readZones(of list: [ScheduleView]) {
        for schedule in list where zones.wants(schedule.zone) {
            effects.append(.readZone(schedule.zone))
        }
    }

    /// Shows the week of a schedule in which an instant lies.
    mutating func showWeek(of name: GroupName, at instant: Timestamp) {
        guard let week = week(of: name, at: instant) else { return }
        showPage(.week(name, week))
    }

    private mutating func week(of name: GroupName, at instant: Timestamp) -> InstantRange? {
        guard let schedule = schedule(name) else {
            say(.info, "This schedule is not there any more.")
            return nil
        }
        guard let zone = zone(of: schedule) else {
            say(.info, "The time zone of \(SafeWords.name(name.rawValue)) is being read.")
            return nil
        }
        return zone.week(of: instant)
    }

    /// Why there is no other week or schedule to go to; nil when there is.
    var weekObstacle: String? {
        guard case .page(let page) = overlays.last(where: { !$0.isPalette }),
            case .week = page.subject
        else { return "It works where a week of a schedule is shown." }
        return nil
    }

    /// The same for going to another schedule.
    var scheduleObstacle: String? {
        weekObstacle ?? (pages.schedules.count < 2 ? "There is no other schedule." : nil)
    }

    /// Goes to another week or schedule; false for every other action.
    mutating func performInWeek(_ action: Action, _ page: PagePane) -> Bool {
        guard case .week(let name, let week) = page.subject else { return false }
        if action == .nextWeek {
            turn(to: name, at: week.end)
        } else if action == .previousWeek {
            turn(to: name, at: week.start.adding(seconds: -86_400))
        } else if action == .nextSchedule {
            turn(to: neighbour(of: name, step: 1), at: week.start)
        } else if action == .previousSchedule {
            turn(to: neighbour(of: name, step: -1), at: week.start)
        } else {
            return false
        }
        return true
    }

    private func neighbour(of name: GroupName, step: Int) -> GroupName {
        let names = pages.schedules.map(\.name)
        guard let place = names.firstIndex(of: name) else { return names.first ?? name }
        return names[(place + step + names.count) % names.count]
    }

    /// Shows another week in the place of this one.
    private mutating func turn(to name: GroupName, at instant: Timestamp) {
        // Past noon it is the same day on the walls of nearly every other zone.
        guard let week = week(of: name, at: instant.adding(seconds: 43_200)) else { return }
        overlays.removeLast()
        showPage(.week(name, week))
    }
}

extension Pages {
    /// All schedules, when they are here.
    var schedules: [ScheduleView] {
        if case .schedules(let list)? = self[.schedules] { list } else { [] }
    }

    /// The overrides of a schedule, when they are here.
    func overrides(of name: GroupName) -> [OverrideView] {
        if case .overrides(let list)? = self[.overrides(name)] { list } else { [] }
    }
}

extension Zone {
    /// From Monday to Monday on this wall.
    func week(of instant: Timestamp) -> InstantRange? {
        let monday = local(at: instant).date.monday
        return InstantRange(
            meaning(of: LocalTime(monday)).first,
            meaning(of: LocalTime(monday.adding(days: 7))).first)
    }
}
