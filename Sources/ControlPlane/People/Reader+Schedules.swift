import Approvals
import Duty
import ZoneTime

// Who is expected to decide, for everybody who reads.
extension Reader {
    mutating func schedules() throws(CommandFailure) -> [ScheduleReport] {
        _ = try member(with: [.approver, .lead, .auditor, .admin])
        var reports: [ScheduleReport] = []
        for schedule in try stored(try store.schedules(of: tenant)) {
            reports.append(try report(schedule))
        }
        return reports
    }

    mutating func report(_ schedule: PlannedSchedule) throws(CommandFailure) -> ScheduleReport {
        let overrides = try stored(
            try store.overrides(on: schedule.name, of: tenant, endingAfter: now))
        let duty = schedule.duty(with: overrides)
        var report = ScheduleReport(
            schedule: schedule, changedBy: try email(of: schedule.changedBy),
            emails: try names(of: Set(schedule.rotations.flatMap(\.people))), onDuty: [])
        guard let ahead = InstantRange(now, now.adding(seconds: Self.aheadSeconds)) else {
            return report
        }
        let stretches = duty.timeline(in: ahead, zones: zones, inactive: try gone(of: duty))
        guard let first = stretches.first else { return report }
        report.onDuty = try emails(of: first.people)
        report.until = first.range.end == ahead.end ? nil : first.range.end
        return report
    }

    /// Who was and will be on duty: the past by the versions that held then.
    mutating func shifts(
        _ name: GroupName, in range: InstantRange
    ) throws(CommandFailure) -> [ShiftReport] {
        _ = try member(with: [.approver, .lead, .auditor, .admin])
        let versions = try stored(try store.scheduleVersions(name, of: tenant))
        guard !versions.isEmpty else { throw .refusing(.notFound) }
        let overrides = try stored(
            try store.overrides(on: name, of: tenant, endingAfter: range.start))
        let halves = Set(
            try stored(try store.swaps(on: name, of: tenant, endingAfter: range.start))
                .flatMap(\.halves))
        var reports: [ShiftReport] = []
        for (index, version) in versions.enumerated() {
            let end = index + 1 < versions.count ? versions[index + 1].changedAt : range.end
            guard let held = InstantRange(version.changedAt, max(end, version.changedAt)),
                let part = held.intersection(range)
            else { continue }
            reports += try shifts(of: version, overrides, in: part)
        }
        for index in reports.indices {
            reports[index].isSwap = reports[index].override.map(halves.contains) ?? false
        }
        return reports
    }

    /// Who was and will be on duty, by the versions that held and the one that holds; of the
    /// versions that name a person.
    mutating func stretches(
        of name: GroupName, in range: InstantRange, naming member: MemberID
    ) throws(CommandFailure) -> [DutyStretch] {
        let overrides = try stored(
            try store.overrides(on: name, of: tenant, endingAfter: range.start))
        let versions = try stored(try store.scheduleVersions(name, of: tenant))
        var stretches: [DutyStretch] = []
        for (index, version) in versions.enumerated() {
            let end = index + 1 < versions.count ? versions[index + 1].changedAt : range.end
            guard let held = InstantRange(version.changedAt, max(end, version.changedAt)),
                let part = held.intersection(range)
            else { continue }
            let duty = version.duty(with: overrides)
            guard duty.named.contains(member) else { continue }
            stretches += duty.timeline(in: part, zones: zones, inactive: try gone(of: duty))
        }
        return stretches
    }

    private mutating func shifts(
        of schedule: PlannedSchedule, _ overrides: [PlannedOverride], in range: InstantRange
    ) throws(CommandFailure) -> [ShiftReport] {
        let duty = schedule.duty(with: overrides)
        let plain = schedule.duty(with: [])
        let inactive = try gone(of: duty)
        var reports: [ShiftReport] = []
        for stretch in duty.timeline(in: range, zones: zones, inactive: inactive) {
            let start = stretch.range.start
            let usual = plain.duty(at: start, zones: zones, inactive: inactive).people
            let cause = duty.overrides.first { $0.window.contains(start) }
            reports.append(
                ShiftReport(
                    window: stretch.range, onDuty: try emails(of: stretch.people),
                    override: usual == stretch.people ? nil : cause?.id))
        }
        return reports
    }

    mutating func overrides(_ name: GroupName) throws(CommandFailure) -> [OverrideReport] {
        _ = try member(with: [.approver, .lead, .auditor, .admin])
        let latest = try stored(try store.scheduleVersions(name, of: tenant)).last
        guard latest?.isRemoved == false else { throw .refusing(.notFound) }
        var reports: [OverrideReport] = []
        for override in try stored(try store.overrides(on: name, of: tenant, endingAfter: now)) {
            reports.append(try report(override))
        }
        return reports
    }

    mutating func report(_ override: PlannedOverride) throws(CommandFailure) -> OverrideReport {
        var report = OverrideReport(
            override: override, makerEmail: try email(of: override.createdBy))
        if let id = override.terms.remove { report.removeEmail = try email(of: id) }
        if let id = override.terms.add { report.addEmail = try email(of: id) }
        return report
    }

    /// Those a schedule names who are no deciders of the tenant any more: they drop out.
    mutating func gone(of schedule: Schedule) throws(CommandFailure) -> Set<MemberID> {
        let here = try people().filter { !$0.roles.isDisjoint(with: [.approver, .lead]) }
        return schedule.named.subtracting(here.map(\.id))
    }

    mutating func sentences(
        _ warnings: [OverrideWarning], zone: Zone
    ) throws(CommandFailure) -> [String] {
        var sentences: [String] = []
        for warning in warnings {
            switch warning {
            case .coverageFalls(let from, let to, let range):
                sentences.append("\(zone.words(range)) coverage falls from \(from) to \(to).")
            case .gap(let range):
                sentences.append("\(zone.words(range)) nobody is on duty.")
            case .notOnDuty(let id, let range):
                let who = try email(of: id)
                sentences.append(
                    "\(zone.words(range)) \(who) is not on duty, so it changes nothing for them.")
            }
        }
        return sentences
    }

    mutating func emails(of people: Set<MemberID>) throws(CommandFailure) -> [String] {
        try names(of: people).values.sorted()
    }
}

extension Zone {
    /// As in `From 2026-11-23 09:00 to 2026-11-24 09:00 (Europe/Berlin)`.
    fileprivate func words(_ range: InstantRange) -> String {
        let (start, end) = (local(at: range.start), local(at: range.end))
        return "From \(start.date) \(start.clockText) to \(end.date) \(end.clockText) (\(name))"
    }
}
