import WireAPI

// What the routes about schedules, shifts and overrides take and give.
extension Route {
    var scheduleOperation: ContractOperation {
        guard let operation = Self.scheduleOperations[self] else {
            preconditionFailure("Every route about schedules has a row.")
        }
        return operation
    }

    private static let scheduleOperations: [Route: ContractOperation] = [
        .listSchedules: ContractOperation(
            "List schedules", "With who is on duty now.",
            gives: [.ok("ScheduleList", "All of them.")]),
        .putSchedule: ContractOperation(
            "Make or change a schedule",
            "`version` is the one that was edited, 0 for a new one; when somebody changed it since,"
                + " 409 says who and when, and nothing is saved. What was stays as it was.",
            sends: "ScheduleBody",
            gives: [.made("ScheduleView", "It is new."), .ok("ScheduleView", "It is changed.")],
            problems: [409]),
        .removeSchedule: ContractOperation(
            "Remove a schedule", "Its overrides end with it. Who was on duty stays known.",
            with: [
                .item(
                    "version", "The version that was looked at.", range: 1...Int(Int32.max),
                    example: 7, isRequired: true)
            ], gives: [.gone], problems: [409]),
        .listShifts: ContractOperation(
            "Who is on duty", "At most 62 days; the past by what held then.",
            with: [
                .item(
                    "from", "When it begins.", bytesMax: 40, example: "2026-11-23T00:00:00.000Z"),
                .item("to", "When it ends.", bytesMax: 40, example: "2026-11-30T00:00:00.000Z"),
            ], gives: [.ok("ShiftList", "Stretches without gap or overlap.")]),
        .calendar: ContractOperation(
            "A schedule as iCalendar",
            "Its rules as RFC 5545, which `PUT` takes back; with `from` and `to` who is on duty"
                + " in that time, at most 62 days, for a person's own calendar.",
            with: [
                .item(
                    "from", "When it begins.", bytesMax: 40, example: "2026-11-23T00:00:00.000Z"),
                .item("to", "When it ends.", bytesMax: 40, example: "2026-11-30T00:00:00.000Z"),
            ], gives: [.text("The calendar.", type: "text/calendar")]),
        .putCalendar: ContractOperation(
            "Make or change a schedule from iCalendar",
            "Every event is a rule; its `ATTENDEE` is who is on duty. What would change who that"
                + " is and schedules do not have is refused by its line, and nothing is saved."
                + " `version` is the one that was edited, 0 for a new one.",
            sends: "CalendarBody",
            gives: [.made("ScheduleView", "It is new."), .ok("ScheduleView", "It is changed.")],
            problems: [409]),
        .listOverrides: ContractOperation(
            "List the overrides of a schedule",
            gives: [.ok("OverrideList", "Those that are not over.")]),
        .addOverride: ContractOperation(
            "Override a schedule for a while",
            "Somebody goes, somebody comes, or one takes the place of another while they are on"
                + " duty. One that shares a person and an instant with another is refused with 409,"
                + " which names it; unless that one is its parent. With `preview` nothing is saved,"
                + " and the answer says what would be worse.",
            sends: "OverrideBody",
            gives: [
                .made("OverrideAnswer", "It holds."), .ok("OverrideAnswer", "What it would be."),
            ],
            problems: [409]),
        .removeOverride: ContractOperation(
            "Take an override back", "What hangs on it goes with it; what was stays as it was.",
            gives: [.gone]),
    ]
}
