import Approvals
import Audit
import Cryptography
import JSONSchema
import JSONTree

// A person changes the arguments, some of which they may not see.
extension Session {
    typealias Effective = (arguments: JSONValue, digest: Digest)

    /// What would run, within the envelope and the tool's schema.
    ///
    /// Where something is hidden, a refusal may depend on it: `uniqueItems` answers whether a guess
    /// is the hidden value. Such an answer counts as a reveal and is on record.
    mutating func effective(
        _ command: DecideCommand, of approval: Approval, for member: Member
    ) throws(CommandFailure) -> Result<Effective, Refusal> {
        let mayTell = !command.edits.isEmpty && !approval.redactions.isEmpty
        if mayTell { _ = try requireRevealsLeft(to: member) }
        var isPolicy = false
        var handed: Refusal?
        do throws(CommandFailure) {
            let effective = try fitting(command, approval)
            if !command.edits.isEmpty,
                let obstacle = try obstacle(to: effective.arguments, for: approval)
            {
                isPolicy = true
                if case .others(let verdict) = obstacle {
                    handed = try handedOn(command, approval, to: verdict, by: member)
                }
                throw CommandFailure.refusing(handed ?? obstacle.refusal)
            }
            return .success(effective)
        } catch {
            guard case .refused(let refusal, _) = error,
                handed != nil || mayTell && (isPolicy || refusal.dependsOnValues)
            else { throw error }
            if mayTell { try recordGuess(by: member, about: approval) }
            return .failure(refusal)
        }
    }

    private mutating func recordGuess(
        by member: Member, about approval: Approval
    ) throws(CommandFailure) {
        try countReveal(by: member)
        let event = AuditEvent(
            .valueRevealed, by: actor, about: .of(approval), outcome: "guessed")
        try journal.record(event, about: approval.id, of: tenant)
    }

    private func fitting(
        _ command: DecideCommand, _ approval: Approval
    ) throws(CommandFailure) -> Effective {
        let effective = try lawful(try approval.edited(by: command.edits))
        if !command.edits.isEmpty, let schema = approval.schema {
            let violations = try Intake.violations(
                in: effective.arguments, against: schema, command.finding)
            guard violations.isEmpty else {
                let view = try shown(command.edits, of: approval)
                throw .refusing(.againstSchema(Self.problems(violations, in: view)))
            }
        }
        if command.verdict == .approve, let agreed = approval.effectiveDigest,
            agreed != effective.digest
        {
            throw .refusing(
                .editInvalid(.root, "an approver before you approved other arguments"))
        }
        return effective
    }

    /// The arguments after the edits as the approver sees them.
    private func shown(
        _ edits: JSONPatch, of approval: Approval
    ) throws(CommandFailure) -> JSONValue {
        let (view, redacted) = approval.masked
        do {
            return try Redaction.masked(edits, of: view, redacted).view
        } catch {
            throw .refusing(.editInvalid(error.pointer, error.reason))
        }
    }

    /// What is wrong, without a word about what is inside of a mask.
    private static func problems(
        _ violations: [SchemaViolation], in view: JSONValue
    ) -> [FieldProblem] {
        var problems: [FieldProblem] = []
        for violation in violations {
            let place = Redaction.shown(violation.pointer, in: view)
            let isHidden = view[place].map(Redaction.isMask) ?? false
            let problem = FieldProblem(
                "/arguments\(place)",
                isHidden ? "does not fit the schema" : violation.sentence)
            if !problems.contains(problem) { problems.append(problem) }
        }
        return problems
    }
}

extension Refusal {
    /// True when it may depend on values that the asker does not see.
    fileprivate var dependsOnValues: Bool {
        switch self {
        case .againstSchema, .limit: true
        case .notFound, .unauthenticated, .forbidden, .alreadySettled, .moved, .pastDeadline,
            .notReleased, .claimTooLate, .alreadyClaimed, .notClaimer, .receiptDiffers,
            .idempotencyConflict, .editOutOfEnvelope, .editInvalid, .invalid, .conflict,
            .notFullyDisplayed, .stepUpRequired, .stepUpNotEnrolled, .stepUpPermitNeeded,
            .stepUpWrongCode,
            .stepUpLocked,
            .tooOften, .cursorReset, .halted:
            false
        }
    }
}
