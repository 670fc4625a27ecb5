import Approvals
import JSONTree

extension Contract {
    /// The types of coverage, shifts of one person, and reach.
    static let coverageSchemas: [ContractSchema] = coverageBodies + coverageViews

    /// What quiet hours consist of, sent and answered.
    private static let quietHours: [ContractField] = [
        .required(
            "days", .list(.choice(["mon", "tue", "wed", "thu", "fri", "sat", "sun"])),
            "The days on which they begin; empty for every day.", ["mon", "tue"]),
        .required("from", .text, "When they begin, on the wall of the zone.", "22:00"),
        .required(
            "to", .text, "When they end; at or before the beginning is on the next day.",
            "07:00"),
    ]

    /// What an absence consists of, sent and answered.
    private static let absence: [ContractField] = [
        .required("start", .instant, "When it begins.", "2026-11-23T08:00:00.000Z"),
        .required(
            "end", .instant, "The first instant at which it is over.",
            "2026-11-30T08:00:00.000Z"),
    ]

    private static let coverageBodies: [ContractSchema] = [
        ContractSchema(
            "QuietHoursBody", .sent,
            "Hours of the wall in which somebody does not want to be disturbed.",
            quietHours),
        ContractSchema(
            "AbsenceBody", .sent, "A time in which somebody is away.",
            absence),
        ContractSchema(
            "ReachBody", .sent, "When somebody may be disturbed, as it shall be.",
            [
                .required(
                    "version", .count, "The version that was edited; 0 when there was none.", 3),
                .required("zone", .text, "The zone of the quiet hours.", "Europe/Berlin"),
                .required(
                    "quiet", .list(.schema("QuietHoursBody")), "Quiet hours; a shift suspends them."
                ),
                .required(
                    "out_of_office", .list(.schema("AbsenceBody")),
                    "When they are away; a shift does not suspend that."),
            ]),
        ContractSchema(
            "OffShiftBody", .sent, "Until when somebody goes off shift.",
            [
                .optional(
                    "until", .instant, "The end of the shift when missing.",
                    "2026-11-23T08:00:00.000Z"),
                .optional(
                    "preview", .flag,
                    "True to be told what would come of it, and to change nothing.", true),
            ]),
    ]

    private static let coverageViews: [ContractSchema] = [
        ContractSchema(
            "CoverageSpanView", .answered, "A stretch in which the same people can decide.",
            [
                .required("start", .instant, "When it begins.", "2026-11-23T08:00:00.000Z"),
                .required(
                    "end", .instant, "The first instant at which it is over.",
                    "2026-11-30T08:00:00.000Z"),
                .required(
                    "who", .list(.text),
                    "The e-mails of who is expected to decide and may be disturbed.",
                    ["ann@acme.test"]),
                .required("gap", .flag, "True when they are too few.", false),
                .optional(
                    "sentence", .text, "Why they are too few; missing when they are not.",
                    "Mon 2026-11-23 09:00 – 17:00: nobody is on shift."),
                .optional(
                    "closes", .text, "What would close the gap; missing when there is none.",
                    "Add an override for these hours."),
            ]),
        ContractSchema(
            "CoverageRowView", .answered, "Who can decide what one rule sends.",
            [
                .required(
                    "rule", .text, "The rule, or the group whose calls no rule speaks of.",
                    "finance (tenant default)"),
                .required("group", .name, "The group that is asked.", "finance"),
                .optional(
                    "schedule", .name,
                    "Whose people are expected to decide; missing when all of the group are.",
                    "finance-primary"),
                .required(
                    "spans", .list(.schema("CoverageSpanView")), "In order, without gap or overlap."
                ),
            ]),
        ContractSchema(
            "CoverageView", .answered,
            "Who can decide, for every rule and hour of the days to come.",
            [
                .required("from", .instant, "When it begins.", "2026-11-23T08:00:00.000Z"),
                .required("to", .instant, "When it ends.", "2026-11-30T08:00:00.000Z"),
                .required(
                    "rows", .list(.schema("CoverageRowView")), "One for every rule and schedule."),
                .required("gaps", .count, "How many stretches have too few people.", 1),
            ]),
        ContractSchema(
            "DutyView", .answered, "Whether somebody is expected to decide.",
            [
                .required("on", .flag, "True while they are on shift.", true),
                .required(
                    "until", .orNull(.instant),
                    "The end of the shift; null when they are on none, or it goes on for 31 days.",
                    "2026-11-23T08:00:00.000Z"),
                .required(
                    "next", .orNull(.instant),
                    "When their next shift begins; null when none does in 31 days.",
                    "2026-11-30T08:00:00.000Z"),
                .required(
                    "schedules", .list(.name), "The schedules that they are on now.",
                    ["finance-primary"]),
                .required(
                    "handed_over", .count,
                    "How many pending approvals were there before their shift began.", 4),
            ]),
        ContractSchema(
            "QuietHoursView", .answered,
            "Hours of the wall in which somebody does not want to be disturbed.",
            quietHours),
        ContractSchema(
            "AbsenceView", .answered, "A time in which somebody is away.",
            absence),
        ContractSchema(
            "ReachView", .answered,
            "When somebody may be disturbed. It changes nothing about what they may decide.",
            [
                .required("zone", .text, "The zone of the quiet hours.", "Europe/Berlin"),
                .required(
                    "quiet", .list(.schema("QuietHoursView")), "Quiet hours; a shift suspends them."
                ),
                .required(
                    "out_of_office", .list(.schema("AbsenceView")),
                    "When they are away; a shift does not suspend that."),
                .required("version", .count, "Counts the changes; 0 when nobody set anything.", 3),
                .required(
                    "quiet_now", .flag,
                    "True while they are not to be disturbed, but for what breaks through.", false),
                .optional(
                    "changed_by", .text, "The e-mail of who changed it last.", "ann@acme.test"),
                .optional("changed_at", .instant, "When that was.", "2026-11-23T08:00:00.000Z"),
            ]),
        ContractSchema(
            "ShiftChangeAnswer", .answered, "What came of going off shift, or on it again.",
            [
                .required("on", .flag, "True when they are on shift now.", false),
                .required(
                    "until", .orNull(.instant),
                    "Until when that holds; null when nothing ends it in 31 days.",
                    "2026-11-23T08:00:00.000Z"),
                .required(
                    "handed_over", .list(.id),
                    "The pending approvals that others are expected to decide now.",
                    ["01a2043d-9860-7e0e-b08c-0ba87d4786f7"]),
                .required(
                    "to", .list(.text), "The e-mails of who is expected to.", ["bea@acme.test"]),
                .required(
                    "sentence", .text, "What happened.",
                    "You are off shift until Mon 2026-11-30 09:00 Europe/Berlin."),
                .required(
                    "warnings", .list(.text), "What is worse now.",
                    ["Nobody is on shift in finance-primary now."]),
            ]),
    ]
}
