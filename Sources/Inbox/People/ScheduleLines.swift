import Approvals
import Keymap
import TextGrid
import WireAPI
import ZoneTime

// The list of schedules, and one week of a schedule.
extension Inbox {
    func scheduleLines(_ list: [ScheduleView]) -> [PageLine] {
        guard !list.isEmpty else {
            return [
                PageLine(Line("No schedule is made: everybody of a group is asked at any hour.")),
                PageLine(Line()), PageLine(Line("Leads and admins make one:", .dim)),
                PageLine(
                    Line("  countersign schedule set primary --group finance --people ...", .dim)),
            ]
        }
        let head = PageLine(Line("Who is expected to decide. Times in \(zoneName).", .dim))
        return [head]
            + list.flatMap { schedule in
                let name = PageLine(
                    [
                        Span(SafeWords.name(schedule.name.rawValue, columnsMax: 40), .heading),
                        Span("  for ", .dim),
                        Span(SafeWords.name(schedule.group.rawValue, columnsMax: 40), .text),
                        Span(", in \(SafeWords.name(schedule.zone, columnsMax: 40))", .dim),
                    ], .schedule(schedule.name))
                return [
                    PageLine(Line()), name,
                    PageLine(Line("  ") + standing(schedule.now, in: settings.zone)),
                ]
            }
    }

    /// Who is on duty at this moment, and how long that holds.
    private func standing(_ now: OnDutyView, in zone: Zone) -> Line {
        let until = now.until.map { ", until \(zone.text($0))" } ?? ""
        guard !now.people.isEmpty else {
            return [Span("now  nobody", .danger), Span(until, .dim)]
        }
        return [
            Span("now  ", .success), Span(ShiftWords.people(now.people), .text),
            Span(until, .dim),
        ]
    }

    func weekLines(_ name: GroupName, _ week: InstantRange, _ shifts: [ShiftView]) -> [PageLine] {
        guard let schedule = schedule(name), let zone = zone(of: schedule) else {
            return [PageLine(Line("Asking the control plane.", .dim))]
        }
        let lines = WeekLines(
            schedule: schedule, week: week, shifts: shifts,
            overrides: pages.overrides(of: name), zone: zone, now: serverTime,
            columns: layout.body.columns - 3, isLinear: settings.isLinear,
            mayPlan: mayPlan, own: me.flatMap { $0.canDecide ? $0.name : nil })
        return lines.head + clocks(schedule, zone)
            + [PageLine(standing(schedule.now, in: zone)), PageLine(turning), PageLine(Line())]
            + lines.days + [PageLine(Line())] + lines.adding + swapLines(schedule, zone)
            + lines.changes + rotationLines(schedule)
    }

    /// What the reader's own clock shows, where it shows something else.
    private func clocks(_ schedule: ScheduleView, _ zone: Zone) -> [PageLine] {
        if zones.isMissing(schedule.zone) {
            let name = SafeWords.name(schedule.zone, columnsMax: 40)
            return [
                PageLine(
                    Line(
                        "This machine does not know \(name): times are in \(zoneName).", .warning))
            ]
        }
        guard zone.offset(at: serverTime) != settings.zone.offset(at: serverTime) else { return [] }
        let sentence =
            "It is \(zone.text(serverTime)) there, and \(settings.zone.text(serverTime)) in "
            + "\(zoneName), your zone."
        return [PageLine(Line(sentence, .warning))]
    }

    /// The keys to other weeks and schedules.
    private var turning: Line {
        var words = "\(key(for: .previousWeek)) week before, \(key(for: .nextWeek)) week after"
        if pages.schedules.count > 1 { words += ", \(key(for: .nextSchedule)) next schedule" }
        return Line(words, .dim)
    }
}

/// People on duty in words.
enum ShiftWords {
    private static let namesMax = 4

    static func people(_ people: [String]) -> String {
        let names = people.prefix(namesMax).map { SafeWords.name($0, columnsMax: 40) }
        let rest = people.count - names.count
        return names.joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
    }
}
