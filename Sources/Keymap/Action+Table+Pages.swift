extension Action {
    /// Lists and pages beside the queue, each with its key.
    static let pages: [Row] = [
        Row(
            .acknowledge, .deciding, "Acknowledge",
            "Says that you look at it, so that nobody else is told for ten minutes.",
            ([.queue, .detail], ["I"])),
        Row(
            .shift, .deciding, "Shift",
            "Goes off shift, with the hand-over shown first; or comes back on it.",
            ([.queue, .detail], ["O"])),
        Row(
            .previousField, .moving, "Field above",
            "Goes from the buttons of a form to its fields.",
            ([.dialog], ["up"])),
        Row(
            .history, .looking, "History", "Lists what was settled.",
            ([.queue, .detail, .grants], ["H"])),
        Row(
            .grants, .looking, "Grants", "Lists what runs without asking.",
            ([.queue, .detail, .history], ["S"])),
        Row(
            .queue, .looking, "Queue", "Lists what waits for a decision.",
            ([.detail, .history, .grants, .diff, .page], ["Q"])),
        Row(
            .policies, .looking, "Policies", "Lists the policies and their versions.",
            ([.queue, .detail, .history, .grants, .page], ["P"])),
        Row(
            .why, .looking, "Why", "Shows which rule asked for the approval, and what it saw.",
            ([.queue, .detail, .history], ["W"])),
        Row(
            .story, .looking, "Story",
            "Tells what happened to the approval, from its submission to its receipt.",
            ([.queue, .detail, .history], ["Y"])),
        Row(
            .audit, .looking, "Audit log", "Shows the audit log as far as it is known.",
            ([.queue, .detail, .history, .page], ["T"])),
        Row(
            .delegations, .looking, "Delegations", "Lists who decides for whom, and until when.",
            ([.queue, .detail, .history, .grants, .page], ["D"])),
        Row(
            .coverage, .looking, "Coverage",
            "Shows who can decide in the days to come, and where nobody can.",
            ([.queue, .detail, .history, .grants, .page], ["C"])),
        Row(
            .shifts, .looking, "Shifts", "Shows who is expected to decide, week by week.",
            ([.queue, .detail, .history, .grants, .page], ["F"])),
        Row(
            .nextWeek, .moving, "Next week", "Shows the week after this one of a schedule.",
            ([.page], ["]"])),
        Row(
            .previousWeek, .moving, "Previous week",
            "Shows the week before this one of a schedule.", ([.page], ["["])),
        Row(
            .nextSchedule, .moving, "Next schedule", "Shows this week of the next schedule.",
            ([.page], ["}", "tab"])),
        Row(
            .previousSchedule, .moving, "Previous schedule",
            "Shows this week of the schedule before.", ([.page], ["{", "shift-tab"])),
    ]
}
