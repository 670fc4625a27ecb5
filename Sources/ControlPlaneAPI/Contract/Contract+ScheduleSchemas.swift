import Approvals
import JSONTree

extension Contract {
    /// The types of schedules, shifts and overrides.
    static let scheduleSchemas: [ContractSchema] = scheduleBodies + scheduleViews

    private static let scheduleBodies: [ContractSchema] = [
        ContractSchema(
            "RotationBody", .sent, "People who take turns, as sent.",
            [
                .required("name", .text, "What people call it.", "primary"),
                .required(
                    "people", .list(.text), "The e-mails of who takes turns, in their order.",
                    ["ann@acme.test", "bea@acme.test"]),
                .required(
                    "start", .text, "When the first turn begins, on the wall of the zone.",
                    "2026-11-23T09:00"),
                .required(
                    "recurrence", .text, "When the next one takes over, as in RFC 5545.",
                    "FREQ=WEEKLY"),
                .optional(
                    "length_s", .count, "How long each duty is; all the time when missing.", 32400),
                .optional(
                    "repeats", .text, "On which days the duty comes again; with `length_s` only.",
                    "FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR"),
            ]),
        ContractSchema(
            "ScheduleBody", .sent, "A schedule as it shall be.",
            [
                .required("version", .count, "The version that was edited; 0 for a new one.", 7),
                .required(
                    "group", .name, "Whose approvals these people are expected to decide.",
                    "finance"),
                .required(
                    "zone", .text, "The zone of every time on the wall in it.", "Europe/Berlin"),
                .required(
                    "rotations", .list(.schema("RotationBody")),
                    "Who takes turns; all of them count."),
            ]),
        ContractSchema(
            "CalendarBody", .sent, "A schedule as it shall be, in iCalendar.",
            [
                .required("version", .count, "The version that was edited; 0 for a new one.", 7),
                .required(
                    "group", .name, "Whose approvals these people are expected to decide.",
                    "finance"),
                .optional(
                    "zone", .text,
                    "The zone of times that name none; that of the schedule when missing.",
                    "Europe/Berlin"),
                .required(
                    "calendar", .text, "RFC 5545, at most 1 MiB.",
                    "BEGIN:VCALENDAR…END:VCALENDAR"),
            ]),
        ContractSchema(
            "OverrideBody", .sent, "Who goes and who comes for a while, as sent.",
            [
                .required(
                    "start", .instant, "When it begins; what was before now stays as it was.",
                    "2026-11-23T08:00:00.000Z"),
                .required(
                    "end", .instant, "The first instant at which it is over.",
                    "2026-11-30T08:00:00.000Z"),
                .optional("remove", .text, "The e-mail of who goes.", "ann@acme.test"),
                .optional("add", .text, "The e-mail of who comes.", "bea@acme.test"),
                .optional(
                    "parent", .id, "The override whose added person goes.",
                    "01a2043d-9860-7e0e-b08c-0ba87d4786f7"),
                .required("reason", .text, "Why.", "Dentist"),
                .optional(
                    "preview", .flag,
                    "True to be told what is worse with it, and to change nothing.", true),
            ]),
    ]

    private static let scheduleViews: [ContractSchema] = [
        ContractSchema(
            "RotationView", .answered, "People who take turns.",
            [
                .required("name", .text, "What people call it.", "primary"),
                .required(
                    "people", .list(.text), "The e-mails of who takes turns, in their order.",
                    ["ann@acme.test", "bea@acme.test"]),
                .required(
                    "start", .text, "When the first turn begins, on the wall of the zone.",
                    "2026-11-23T09:00"),
                .required(
                    "recurrence", .text, "When the next one takes over, as in RFC 5545.",
                    "FREQ=WEEKLY"),
                .optional(
                    "length_s", .count, "How long each duty is; all the time when missing.", 32400),
                .optional(
                    "repeats", .text, "On which days the duty comes again; with `length_s` only.",
                    "FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR"),
            ]),
        ContractSchema(
            "OnDutyView", .answered, "Who is expected to decide now.",
            [
                .required("on", .list(.text), "Their e-mails; nobody is a gap.", ["ann@acme.test"]),
                .required(
                    "until", .orNull(.instant), "Until when; null when nothing changes in 31 days.",
                    "2026-11-30T08:00:00.000Z"),
            ]),
        ContractSchema(
            "ScheduleView", .answered, "Who is expected to decide, and when.",
            [
                .required("name", .name, "What it is called.", "finance-primary"),
                .required(
                    "group", .name, "Whose approvals these people are expected to decide.",
                    "finance"),
                .required(
                    "zone", .text, "The zone of every time on the wall in it.", "Europe/Berlin"),
                .required(
                    "version", .count,
                    "Counts its changes; a change names the one it was made from.", 7),
                .required(
                    "changed_by", .text, "The e-mail of who changed it last.", "ann@acme.test"),
                .required("changed_at", .instant, "When that was.", "2026-11-23T08:00:00.000Z"),
                .required(
                    "rotations", .list(.schema("RotationView")),
                    "Who takes turns; all of them count."),
                .required("now", .schema("OnDutyView"), "Who is on duty now."),
            ]),
        ContractSchema(
            "ScheduleList", .answered, "Schedules.",
            [
                .required("items", .list(.schema("ScheduleView")), "By their names."),
                .required("next", .orNull(.text), "The cursor of the next page.", .null),
            ]),
        ContractSchema(
            "ShiftView", .answered, "A stretch in which the same people are on duty.",
            [
                .required("start", .instant, "When it begins.", "2026-11-23T08:00:00.000Z"),
                .required(
                    "end", .instant, "The first instant at which it is over.",
                    "2026-11-30T08:00:00.000Z"),
                .required("on", .list(.text), "The e-mails of who is on duty.", ["ann@acme.test"]),
                .required(
                    "layer", .choice(["rotation", "override", "swap"]), "What put them there.",
                    "override"),
                .required(
                    "override", .orNull(.id), "The override that did.",
                    "01a2043d-9860-7e0e-b08c-0ba87d4786f7"),
                .required("gap", .flag, "True when nobody is on duty.", false),
            ]),
        ContractSchema(
            "ShiftList", .answered, "Who is on duty, without gap or overlap.",
            [
                .required("items", .list(.schema("ShiftView")), "In order."),
                .required("next", .orNull(.text), "The cursor of the next page.", .null),
            ]),
        ContractSchema(
            "OverrideView", .answered, "Who goes and who comes for a while.",
            [
                .required("id", .id, "Names it.", "01a2043d-9860-7e0e-b08c-0ba87d4786f7"),
                .required("schedule", .name, "The schedule that it lies on.", "finance-primary"),
                .required("start", .instant, "When it begins.", "2026-11-23T08:00:00.000Z"),
                .required(
                    "end", .instant, "The first instant at which it is over.",
                    "2026-11-30T08:00:00.000Z"),
                .optional("remove", .text, "The e-mail of who goes.", "ann@acme.test"),
                .optional("add", .text, "The e-mail of who comes.", "bea@acme.test"),
                .optional(
                    "parent", .id, "The override whose added person goes.",
                    "01a2043d-9860-7e0e-b08c-0ba87d4786f7"),
                .required("reason", .text, "Why.", "Dentist"),
                .required("created_by", .text, "The e-mail of who made it.", "ann@acme.test"),
                .required("created_at", .instant, "When it was made.", "2026-11-23T08:00:00.000Z"),
            ]),
        ContractSchema(
            "OverrideAnswer", .answered, "An override that was made, or would be.",
            [
                .required("override", .schema("OverrideView"), "The override."),
                .required(
                    "warnings", .list(.text), "What is worse with it than without.",
                    ["From 2026-11-23 09:00 coverage falls from 2 to 1."]),
            ]),
        ContractSchema(
            "OverrideList", .answered, "Overrides.",
            [
                .required("items", .list(.schema("OverrideView")), "By their beginning."),
                .required("next", .orNull(.text), "The cursor of the next page.", .null),
            ]),
    ]
}
