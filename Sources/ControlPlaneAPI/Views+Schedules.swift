import Approvals
import ControlPlane
import Duty
import WireAPI
import ZoneTime

extension ScheduleView {
    init(_ report: ScheduleReport) {
        let schedule = report.schedule
        self.init(
            name: schedule.name, group: schedule.group, zone: schedule.zone,
            version: schedule.version, changedBy: report.changedBy,
            changedAt: schedule.changedAt,
            rotations: schedule.rotations.map { RotationView($0, report.emails) },
            now: OnDutyView(people: report.onDuty, until: report.until))
    }
}

extension RotationView {
    init(_ rotation: PlannedRotation, _ emails: [MemberID: String]) {
        self.init(
            name: rotation.name,
            people: rotation.people.map { emails[$0] ?? $0.rawValue },
            start: "\(rotation.start)",
            recurrence: rotation.handOff.ruleText(start: rotation.start),
            lengthSeconds: rotation.lengthSeconds,
            repeats: rotation.repeats?.ruleText(start: rotation.start))
    }
}

extension ShiftView {
    init(_ report: ShiftReport) {
        self.init(
            start: report.window.start, end: report.window.end, people: report.onDuty,
            layer: report.override == nil ? "rotation" : report.isSwap ? "swap" : "override",
            overrideID: report.override?.rawValue, isGap: report.onDuty.isEmpty)
    }
}

extension OverrideView {
    init(_ report: OverrideReport) {
        let terms = report.override.terms
        self.init(
            id: terms.id.rawValue, schedule: report.override.schedule,
            start: terms.window.start, end: terms.window.end, remove: report.removeEmail,
            add: report.addEmail, parent: terms.parent?.rawValue, reason: report.override.reason,
            createdBy: report.makerEmail, createdAt: report.override.createdAt)
    }
}
