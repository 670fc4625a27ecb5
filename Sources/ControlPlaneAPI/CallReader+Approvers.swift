import Approvals
import ControlPlane
import JSONTree
import WireAPI

// What approvers send.
extension CallReader {
    func decide() throws(APIFailure) -> Command {
        let id: ApprovalID = try named()
        let revision = try revision()
        let key = try key()
        let body: DecisionBody = try body()
        var command = DecideCommand(
            approval: id, revision: revision, displayedDigest: body.displayedDigest,
            verdict: body.verdict, edits: body.edits ?? JSONPatch([]),
            comment: body.comment, onBehalfOf: body.onBehalfOf,
            isFullyShown: body.fullyShown ?? false,
            stepUpCode: try stepUpCode(body.stepUp, "step_up/code"),
            key: key, grant: try wish(body.grant))
        command.glassReason = body.breakGlass?.reason
        return .decide(command)
    }

    func reviewBreakGlass() throws(APIFailure) -> Command {
        let id: ApprovalID = try named()
        let body: BreakGlassReviewBody = try body()
        return .reviewGlass(id, note: body.note)
    }

    func decideMany() throws(APIFailure) -> Command {
        let body: BulkDecisionBody = try body()
        guard (1...APILimits.decisionsMax).contains(body.items.count) else {
            throw .field("items", "must be 1 to \(APILimits.decisionsMax) decisions")
        }
        var commands: [DecideCommand] = []
        for (index, item) in body.items.enumerated() {
            if let key = item.idempotencyKey, !Self.isKey(key) {
                throw .field("items/\(index)/idempotency_key", Self.keyRule)
            }
            commands.append(
                DecideCommand(
                    approval: item.id, revision: item.revision,
                    displayedDigest: item.displayedDigest, verdict: item.verdict,
                    edits: item.edits ?? JSONPatch([]), comment: item.comment,
                    isFullyShown: item.fullyShown ?? false,
                    stepUpCode: try stepUpCode(item.stepUp, "items/\(index)/step_up/code"),
                    key: item.idempotencyKey))
        }
        return .decideMany(commands)
    }

    func extend() throws(APIFailure) -> Command {
        let id: ApprovalID = try named()
        let revision = try revision()
        let body: ExtendBody = try body()
        return .extend(id, revision: revision, seconds: body.seconds, reason: body.reason)
    }

    func reassign() throws(APIFailure) -> Command {
        let id: ApprovalID = try named()
        let revision = try revision()
        let body: ReassignBody = try body()
        let assignment: Assignment
        switch (body.group, body.member) {
        case (let group?, nil): assignment = .group(group)
        case (nil, let email?): assignment = .member(email: email)
        case (nil, nil), (_?, _?):
            throw .bodyWrong([FieldProblem("", "must name a group or a member, and not both")])
        }
        return .reassign(id, revision: revision, to: assignment, reason: body.reason)
    }

    func comment() throws(APIFailure) -> Command {
        let id: ApprovalID = try named()
        let body: CommentBody = try body()
        return .comment(id, text: body.text)
    }

    func review() throws(APIFailure) -> Command {
        let id: ApprovalID = try named()
        let body: ReviewingBody = try body()
        return .review(id, isActive: body.active)
    }

    func reveal() throws(APIFailure) -> Command {
        let id: ApprovalID = try named()
        let body: RevealBody = try body()
        return .reveal(id, try pointer(body.pointer, of: "pointer"), reason: body.reason)
    }
}
