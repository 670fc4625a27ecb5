import WireAPI

// What the routes about coverage and one's own shift take and give.
extension Route {
    var coverageOperation: ContractOperation {
        guard let operation = Self.coverageOperations[self] else {
            preconditionFailure("Every route about coverage has a row.")
        }
        return operation
    }

    private static let coverageOperations: [Route: ContractOperation] = [
        .coverage: ContractOperation(
            "Who can decide, and when nobody can",
            "Every rule of the policies in force, and every group, with the people of each schedule"
                + " of it: who is expected to decide and may be disturbed, and what would close a"
                + " gap.",
            with: [
                .item(
                    "days", "How many days; 14 when missing.",
                    range: 1...APILimits.coverageDaysMax, example: 14)
            ], gives: [.ok("CoverageView", "Stretches without gap or overlap.")]),
        .offShift: ContractOperation(
            "Go off shift",
            "An override takes who asks off every shift that they are on, until it ends or an"
                + " instant. It changes nothing about what they may decide.",
            sends: "OffShiftBody", isBodyOptional: true,
            gives: [.ok("ShiftChangeAnswer", "What is handed over, and to whom.")],
            problems: [409]),
        .onShift: ContractOperation(
            "Go on shift again", "Takes back what going off shift made.",
            gives: [.ok("ShiftChangeAnswer", "They are on shift.")], problems: [409]),
        .listSwaps: ContractOperation(
            "List offers to swap", gives: [.ok("SwapList", "Those that are not over.")],
            problems: [404]),
        .offerSwap: ContractOperation(
            "Offer hours of yours",
            "To one person, or to everybody of the schedule's group; perhaps for hours in return."
                + " Nothing changes until somebody takes it, which is before it begins.",
            sends: "SwapBody", gives: [.made("SwapAnswer", "It is open.")], problems: [404]),
        .takeSwap: ContractOperation(
            "Take an offer", "Its halves are overrides from then on.",
            gives: [.ok("SwapAnswer", "It is taken.")], problems: [404, 409]),
        .withdrawSwap: ContractOperation(
            "Take an offer back, or undo a swap",
            "By either of the two, or a lead; both halves go, and what was stays as it was.",
            gives: [.gone], problems: [404, 409]),
        .memberReach: ContractOperation(
            "When a member may be disturbed", "Of others for leads, auditors and admins.",
            gives: [.ok("ReachView", "Their own quiet hours and absences.")], problems: [404]),
        .setMemberReach: ContractOperation(
            "Say when a member may be disturbed", changes,
            sends: "ReachBody", gives: [.ok("ReachView", "As it is now.")], problems: [404, 409]),
        .groupReach: ContractOperation(
            "When a group may be disturbed", "Everybody of it who set nothing of their own.",
            gives: [.ok("ReachView", "Its quiet hours and absences.")], problems: [404]),
        .setGroupReach: ContractOperation(
            "Say when a group may be disturbed", changes,
            sends: "ReachBody", gives: [.ok("ReachView", "As it is now.")], problems: [404, 409]),
    ]

    private static let changes =
        "People set their own, leads everybody's. It changes nothing about what they may decide."
        + " `version` is the one that was edited; when somebody changed it since, 409 says who and"
        + " when, and nothing is saved. Absences that are over are dropped."
}
