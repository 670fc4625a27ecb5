import Approvals
import ControlPlane
import JSONTree
import WireAPI

extension Contract {
    /// One sample of every problem, made by the code that answers it.
    static let problems: [Problem] =
        calls.map(\.problem)
        + refusals.map { refusal in
            Problem(refusal, current: nil)
        } + failures.map { Problem($0) }

    private static let calls: [APIFailure] = [
        .unknownPath, .wrongMethod(allowed: [.get]), .targetTooLong, .bodyTooLarge,
        .bodyUnexpected, .contentTypeWrong,
        .malformedJSON(
            JSONSyntaxError(line: 1, column: 14, offset: 13, reason: "a value was expected")),
        .keyMissing, .matchMissing,
        .headerWrong("if-match", "must be the ETag of the approval, like \"3\" in quotes"),
        .queryWrong("wait", "must be a whole number from 0 to 60"), .bodyIncomplete,
        .internalError,
    ]

    private static let moment = Timestamp(milliseconds: 1_795_367_475_818)

    private static let refusals: [Refusal] = [
        .notFound, .unauthenticated, .forbidden(.ownRun),
        .alreadySettled(.rejected, by: nil, at: moment), .moved(currentRevision: 3),
        .pastDeadline(moment), .notReleased(.rejected), .claimTooLate(moment),
        .alreadyClaimed(at: moment), .notClaimer, .receiptDiffers, .idempotencyConflict,
        .editOutOfEnvelope(JSONPointer(tokens: ["customer_id"])),
        .editInvalid(JSONPointer(tokens: ["amount_cents"]), "there is no value to replace"),
        .againstSchema([FieldProblem("/amount_cents", "must be an integer")]),
        .invalid([FieldProblem("/timeout_s", "must be from 1 to 604800")]),
        .conflict("A group of this name exists."), .limit("There are 1,000 agents already."),
        .notFullyDisplayed, .stepUpRequired, .stepUpNotEnrolled,
        .stepUpPermitNeeded, .stepUpWrongCode(attemptsLeft: 4),
        .stepUpLocked(retryAfterSeconds: 900),
        .tooOften(retryAfterSeconds: 600), .halted(since: moment), .cursorReset,
    ]

    private static let failures: [StoreFailure] = [.busy(""), .stopped(""), .damaged("")]

    /// The statuses that problems have.
    static let problemStatuses = Set(problems.map(\.status)).sorted()

    /// What may go wrong on a route.
    static func statuses(of route: Route) -> [Int] {
        var statuses: Set<Int> = [400, 405, 413, 414, 500]
        statuses.formUnion(route.operation.problems)
        if !route.roles.isEmpty { statuses.formUnion([401, 403, 503]) }
        if route.path.contains("{") { statuses.insert(404) }
        if route.operation.sends != nil { statuses.formUnion([415, 422]) }
        return statuses.sorted()
    }
}
