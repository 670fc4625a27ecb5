import Approvals
import JSONTree
import Testing

/// Goal: a refusal that is remembered is the same when it is read again.
@Suite struct RefusalRecordTests {
    static let kept: [Refusal] = {
        guard let id = MemberID("01a2027c-1b5f-791b-b358-4f8cd8f16adf"),
            let group = GroupName("finance")
        else { return [] }
        let moment = Timestamp(milliseconds: 1_795_367_475_818)
        let place = JSONPointer(tokens: ["a~/b", "0"])
        return [
            .forbidden(.roleMissing(needed: [.approver, .lead])),
            .forbidden(.notInGroup(group, couldDecide: [id])), .forbidden(.assignedTo(id)),
            .forbidden(.ownRun), .forbidden(.decidedBefore), .forbidden(.noDelegation(from: id)),
            .forbidden(.operatorsOnly), .alreadySettled(.rejected, by: id, at: moment),
            .alreadySettled(.expired, by: nil, at: nil), .moved(currentRevision: 7),
            .pastDeadline(moment), .editOutOfEnvelope(place), .editInvalid(place, "no"),
            .againstSchema([FieldProblem("/a", "b"), FieldProblem("", "")]), .invalid([]),
            .limit("max"), .notFullyDisplayed, .stepUpRequired, .stepUpNotEnrolled,
            .stepUpWrongCode(attemptsLeft: nil), .stepUpWrongCode(attemptsLeft: 3),
            .stepUpLocked(retryAfterSeconds: 900),
        ]
    }()

    @Test(arguments: kept)
    func comesBack(_ refusal: Refusal) throws {
        #expect(try Refusal(record: try #require(refusal.record)) == refusal)
    }

    @Test(arguments: [
        Refusal.notFound, .unauthenticated, .idempotencyConflict, .tooOften(retryAfterSeconds: 1),
        .cursorReset, .conflict(""), .notClaimer,
    ])
    func isNotKept(_ refusal: Refusal) {
        #expect(refusal.record == nil)
    }
}
