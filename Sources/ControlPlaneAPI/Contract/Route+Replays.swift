import JSONTree
import WireAPI

// What the routes about replays take and give.
extension Route {
    static let explanationOperation = ContractOperation(
        "Why an approval was decided as it was",
        "Gives what the policies saw to the same versions once more. What approvers do not see of"
            + " the call is hidden here, too.",
        gives: [.ok("ExplanationAnswer", "Every policy that was asked.")])

    static let policyDifferenceOperation = ContractOperation(
        "Compare two published versions of a policy",
        with: [
            version("from", "The version before.", 1), version("to", "The version after.", 2),
        ], gives: [.ok("PolicyDifferenceAnswer", "What changes.")], problems: [404])

    static let shadowReportOperation = ContractOperation(
        "How a version would have decided as a shadow",
        "The counts are of all calls; the cases are those that the caller may see.",
        with: [
            .item(
                "since", "How far back; 30 days when it is left out.",
                bytesMax: APILimits.lookBackBytesMax, example: LookBack.usual)
        ], gives: [.ok("ShadowReport", "The report.")], problems: [404])

    static let reviewShadowOperation = ContractOperation(
        "Say that I looked at calls that a version judges otherwise",
        sends: "ReviewedBody", gives: [.ok("ReviewedAnswer", "What is left to look at.")],
        problems: [404])

    static let backtestOperation = ContractOperation(
        "Try a policy on stored calls",
        "Answers one page; send its `next` as `cursor` until it is null, and add the pages up."
            + " Nothing is stored or decided.",
        sends: "BacktestBody", gives: [.ok("BacktestPage", "What it would have done.")])

    private static func version(
        _ name: String, _ text: String, _ example: Int
    ) -> ContractOperation.Parameter {
        ContractOperation.Parameter(
            name: name, place: "query", isRequired: true,
            schema: ["type": "integer", "minimum": 1], text: text,
            example: .number(JSONNumber(example)))
    }
}
