import Approvals
import Audit
import Authority
import Duty
import JSONTree
import ZoneTime

// Somebody goes off shift by themselves, and comes back. It changes nothing about what they may
// decide.
extension Session {
    /// What stands as the reason of the overrides that somebody going off shift makes.
    private static let reason = "Off shift"
    /// The longest that somebody goes off shift for, in days.
    private static let daysMax = 62

    /// Takes the person off every shift that they are on, until its end or an instant.
    mutating func leaveShift(
        until: Timestamp?, isPreview: Bool
    ) throws(CommandFailure) -> PeopleAnswer {
        let member = try member(with: [.approver, .lead])
        if let until {
            guard now < until, until <= now.adding(seconds: Self.daysMax * 86_400) else {
                throw .field("/until", "must be in the next \(Self.daysMax) days")
            }
        }
        var left: [LeftShift] = []
        for plan in try stored(try store.schedules(of: tenant)) {
            let shift = try leave(plan, member, until: until, isPreview: isPreview)
            if let shift { left.append(shift) }
        }
        guard !left.isEmpty else {
            throw .refusing(.conflict("you are on no shift", next: try nextShift(of: member)))
        }
        return .shiftChange(try handOver(left, of: member, isPreview: isPreview))
    }

    /// Takes back what `leaveShift` made.
    mutating func joinShift() throws(CommandFailure) -> PeopleAnswer {
        let member = try member(with: [.approver, .lead])
        var isBack = false
        for plan in try stored(try store.schedules(of: tenant)) {
            let standing = try stored(
                try store.overrides(on: plan.name, of: tenant, endingAfter: now))
            for override in standing where Self.isOwn(override, of: member.id) {
                try stored(try store.end(override.terms.id, at: now, of: tenant))
                try record(.overrideRemoved, override)
                isBack = true
            }
        }
        var reader = reader
        let duty = try reader.duty(of: member)
        guard let duty, duty.isOn else {
            let next = try nextShift(of: member)
            guard isBack else {
                throw .refusing(.conflict("no shift of yours is running", next: next))
            }
            return .shiftChange(
                ShiftChangeReport(
                    isOn: false, until: nil, handedOver: [], to: [],
                    sentence: "You are not off shift any more. \(next)", warnings: []))
        }
        let groups = Set(
            try stored(try store.schedules(of: tenant))
                .filter { duty.schedules.contains($0.name) }.map(\.group))
        let names = duty.schedules.map(\.rawValue).joined(separator: ", ")
        let ids = isBack ? try reader.expected(of: member, in: groups, before: now) : []
        let waiting = ids.count == 1 ? "1 approval waits" : "\(ids.count) approvals wait"
        return .shiftChange(
            ShiftChangeReport(
                isOn: true, until: duty.until,
                handedOver: ids,
                to: [member.email],
                sentence: isBack
                    ? "You are on shift again in \(names). \(waiting) for you."
                    : "You were on shift in \(names).",
                warnings: []))
    }

    private static func isOwn(_ override: PlannedOverride, of id: MemberID) -> Bool {
        override.createdBy == id && override.terms.remove == id && override.terms.add == nil
            && override.reason.hasSameBytes(as: reason)
    }

    private mutating func leave(
        _ plan: PlannedSchedule, _ member: Member, until: Timestamp?, isPreview: Bool
    ) throws(CommandFailure) -> LeftShift? {
        let standing = try stored(
            try store.overrides(on: plan.name, of: tenant, endingAfter: now))
        let before = plan.duty(with: standing)
        guard before.named.contains(member.id),
            let window = try window(of: member.id, on: before, until: until)
        else { return nil }
        var schedule = before
        var inserted: [OverrideID] = []
        for absence in before.absences(of: member.id, in: window) {
            let terms = Override(
                id: OverrideID(journal.uuid()), window: absence.window, remove: member.id,
                parent: absence.parent)
            schedule = try changed(schedule, by: terms)
            inserted.append(terms.id)
            guard !isPreview else { continue }
            let override = PlannedOverride(
                terms: terms, schedule: plan.name, reason: Self.reason, createdBy: member.id,
                createdAt: now)
            guard try stored(try store.insert(override, of: tenant)) else {
                throw .store(.busy("somebody else changed the schedule at the same time"))
            }
            try record(.overrideMade, override)
        }
        guard !inserted.isEmpty else { return nil }
        return LeftShift(plan: plan, schedule: schedule, overrides: inserted, until: window.end)
    }

    /// From now to the end of the shift or to `until`; nil when they are not on duty in it.
    private func window(
        of id: MemberID, on schedule: Schedule, until: Timestamp?
    ) throws(CommandFailure) -> InstantRange? {
        let end = until ?? now.adding(seconds: Reader.aheadSeconds)
        guard let ahead = InstantRange(now, end) else { return nil }
        let shifts = Reader.joined(
            schedule.timeline(in: ahead, zones: zones).filter { $0.people.contains(id) }
                .map(\.range))
        guard until == nil else { return shifts.isEmpty ? nil : ahead }
        return shifts.first { $0.contains(now) }
    }

    private mutating func handOver(
        _ left: [LeftShift], of member: Member, isPreview: Bool
    ) throws(CommandFailure) -> ShiftChangeReport {
        var reader = reader
        var others: Set<MemberID> = []
        var warnings: [String] = []
        var places: [String] = []
        for shift in left {
            let (schedule, zone) = (shift.schedule, zones[shift.plan.zone] ?? .utc)
            let inactive = try reader.gone(of: schedule)
            let onDuty = schedule.duty(at: now, zones: zones, inactive: inactive).people
            others.formUnion(onDuty)
            if onDuty.isEmpty {
                let when = isPreview ? "then" : "now"
                warnings.append("Nobody is on shift in \(shift.plan.name) \(when).")
            }
            for id in shift.overrides {
                warnings += try reader.sentences(
                    schedule.warnings(about: id, zones: zones, inactive: inactive).filter {
                        $0.isLoss
                    }, zone: zone)
            }
            places.append("in \(shift.plan.name) until \(zone.text(shift.until)) \(zone.name)")
        }
        let ids = try reader.expected(of: member, in: Set(left.map(\.plan.group)), before: now)
        let emails = try reader.emails(of: others.subtracting([member.id]))
        return ShiftChangeReport(
            isOn: isPreview || others.contains(member.id), until: left.map(\.until).max(),
            handedOver: ids,
            to: emails,
            sentence: Self.sentence(places, ids.count, to: emails, isPreview: isPreview),
            warnings: warnings)
    }

    private static func sentence(
        _ places: [String], _ count: Int, to emails: [String], isPreview: Bool
    ) -> String {
        let (are, waits) = isPreview ? ("would be", "would be") : ("are", "is")
        let away = "You \(are) off shift \(places.joined(separator: ", "))."
        let may = "You may still decide."
        guard count > 0 else { return "\(away) Nothing waits that \(waits) handed over. \(may)" }
        let what = count == 1 ? "1 waiting approval" : "\(count) waiting approvals"
        let expected = isPreview ? "would be expected" : count == 1 ? "is expected" : "are expected"
        let whom = emails.isEmpty ? "nobody" : emails.joined(separator: ", ")
        return "\(away) \(what) \(expected) of \(whom)\(isPreview ? "" : " now"). \(may)"
    }

    /// The zone of the schedule whose shift begins then.
    private func zoneOfNext(_ next: Timestamp, for member: Member) throws(CommandFailure) -> Zone {
        for plan in try stored(try store.schedules(of: tenant)) {
            let standing = try stored(
                try store.overrides(on: plan.name, of: tenant, endingAfter: now))
            let people = plan.duty(with: standing).duty(at: next, zones: zones).people
            if people.contains(member.id), let zone = zones[plan.zone] { return zone }
        }
        return .utc
    }

    private func nextShift(of member: Member) throws(CommandFailure) -> String {
        var reader = reader
        guard let next = try reader.duty(of: member)?.next else {
            return "No shift of yours begins in 31 days; a lead can add you with an override."
        }
        let zone = try zoneOfNext(next, for: member)
        return "Your next shift begins \(zone.text(next)) \(zone.name)."
    }
}

/// A schedule that somebody is off now.
private struct LeftShift {
    let plan: PlannedSchedule
    let schedule: Schedule
    let overrides: [OverrideID]
    let until: Timestamp
}

extension OverrideWarning {
    /// True when fewer people are on duty than before.
    fileprivate var isLoss: Bool {
        switch self {
        case .coverageFalls, .gap: true
        case .notOnDuty: false
        }
    }
}

extension Schedule {
    /// What takes a person off duty in a window: overrides beside those that name them already,
    /// and below those that bring them.
    fileprivate func absences(
        of id: MemberID, in window: InstantRange
    ) -> [(window: InstantRange, parent: OverrideID?)] {
        let naming = overrides.filter { $0.people.contains(id) && $0.window.overlaps(window) }
            .sorted { $0.window.start < $1.window.start }
        var absences: [(window: InstantRange, parent: OverrideID?)] = []
        var start = window.start
        for override in naming {
            if let free = InstantRange(start, override.window.start) {
                absences.append((free, nil))
            }
            start = max(start, override.window.end)
            let isReplaced = overrides.contains { $0.parent == override.id }
            if override.add == id, !isReplaced,
                let part = override.window.intersection(window)
            {
                absences.append((part, override.id))
            }
        }
        if let free = InstantRange(start, window.end) { absences.append((free, nil)) }
        return absences
    }
}
