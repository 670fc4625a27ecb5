public import JSONTree

extension Refusal {
    /// A refusal that stays the answer to a decision's key, as JSON; nil for any other.
    ///
    /// Who is told to come again later must be able to, and what is not there says nothing.
    public var record: JSONValue? {
        var members = RecordMembers()
        members.put("kind", text: kind)
        switch self {
        case .forbidden(let why): members.put("why", why.record)
        case .alreadySettled(let state, let by, let at):
            members.put("state", text: state.rawValue)
            members.put("by", text: by?.rawValue)
            members.put("at", instant: at)
        case .moved(let revision): members.put("count", int: revision)
        case .pastDeadline(let deadline): members.put("at", instant: deadline)
        case .editOutOfEnvelope(let pointer): members.put("pointer", text: pointer.description)
        case .editInvalid(let pointer, let sentence):
            members.put("pointer", text: pointer.description)
            members.put("sentence", text: sentence)
        case .againstSchema(let fields), .invalid(let fields):
            members.put("fields", list: fields.map { [.string($0.field), .string($0.sentence)] })
        case .limit(let sentence): members.put("sentence", text: sentence)
        case .stepUpWrongCode(let left): if let left { members.put("count", int: left) }
        case .stepUpLocked(let seconds): members.put("count", int: seconds)
        case .notFullyDisplayed, .stepUpRequired, .stepUpNotEnrolled: break
        case .stepUpPermitNeeded, .notFound, .unauthenticated, .notReleased, .claimTooLate,
            .alreadyClaimed,
            .notClaimer, .receiptDiffers, .idempotencyConflict, .conflict, .tooOften, .cursorReset,
            .halted:
            return nil
        }
        return members.value
    }

    private var kind: String {
        switch self {
        case .forbidden: "forbidden"
        case .alreadySettled: "already_settled"
        case .moved: "moved"
        case .pastDeadline: "past_deadline"
        case .editOutOfEnvelope: "edit_out_of_envelope"
        case .editInvalid: "edit_invalid"
        case .againstSchema: "against_schema"
        case .invalid: "invalid"
        case .limit: "limit"
        case .notFullyDisplayed: "not_fully_displayed"
        case .stepUpRequired: "step_up_required"
        case .stepUpNotEnrolled: "step_up_not_enrolled"
        case .stepUpWrongCode: "step_up_wrong_code"
        case .stepUpLocked: "step_up_locked"
        case .stepUpPermitNeeded, .notFound, .unauthenticated, .notReleased, .claimTooLate,
            .alreadyClaimed,
            .notClaimer, .receiptDiffers, .idempotencyConflict, .conflict, .tooOften, .cursorReset,
            .halted:
            "none"
        }
    }

    /// Reads what `record` wrote.
    public init(record: JSONValue) throws(RecordError) {
        let fields = try RecordFields(record, of: "refusal")
        func count() throws(RecordError) -> Int { try fields.required("count", \.recordInt) }
        func sentence() throws(RecordError) -> String {
            try fields.required("sentence", \.recordText)
        }
        switch try fields.required("kind", \.recordText) {
        case "forbidden": self = .forbidden(try Forbidden(record: try fields.value("why")))
        case "already_settled":
            self = .alreadySettled(
                try fields.required("state") { $0.recordWord(ApprovalState.self) },
                by: try fields.optional("by") { $0.recordName(MemberID.self) },
                at: try fields.optional("at", \.recordInstant))
        case "moved": self = .moved(currentRevision: try count())
        case "past_deadline": self = .pastDeadline(try fields.required("at", \.recordInstant))
        case "edit_out_of_envelope":
            self = .editOutOfEnvelope(try fields.required("pointer", \.recordPointer))
        case "edit_invalid":
            self = .editInvalid(try fields.required("pointer", \.recordPointer), try sentence())
        case "against_schema": self = .againstSchema(try fields.list("fields", \.recordProblem))
        case "invalid": self = .invalid(try fields.list("fields", \.recordProblem))
        case "limit": self = .limit(try sentence())
        case "not_fully_displayed": self = .notFullyDisplayed
        case "step_up_required": self = .stepUpRequired
        case "step_up_not_enrolled": self = .stepUpNotEnrolled
        case "step_up_wrong_code":
            self = .stepUpWrongCode(attemptsLeft: try fields.optional("count", \.recordInt))
        case "step_up_locked": self = .stepUpLocked(retryAfterSeconds: try count())
        default: throw RecordError(member: "kind")
        }
    }
}

extension Refusal.Forbidden {
    fileprivate var record: JSONValue {
        switch self {
        case .roleMissing(let needed):
            ["kind": "role", "list": .array(needed.map { .string($0.rawValue) })]
        case .notInGroup(let group, let could):
            [
                "kind": "group", "name": .string(group.rawValue),
                "list": .array(could.map { .string($0.rawValue) }),
            ]
        case .assignedTo(let member): ["kind": "assigned", "name": .string(member.rawValue)]
        case .ownRun: ["kind": "own_run"]
        case .decidedBefore: ["kind": "decided_before"]
        case .noDelegation(let member): ["kind": "delegation", "name": .string(member.rawValue)]
        case .lent(let obstacle, let member):
            [
                "kind": "lent", "name": .string(member.rawValue),
                "obstacle": .string(obstacle.rawValue),
            ]
        case .authorityUsed(let member):
            ["kind": "authority_used", "name": .string(member.rawValue)]
        case .ownRunOfGrantor: ["kind": "own_run_of_grantor"]
        case .operatorsOnly: ["kind": "operators"]
        }
    }

    fileprivate init(record: JSONValue) throws(RecordError) {
        let fields = try RecordFields(record, of: "why")
        switch try fields.required("kind", \.recordText) {
        case "role":
            self = .roleMissing(needed: try fields.list("list") { $0.recordWord(Role.self) })
        case "group":
            self = .notInGroup(
                try fields.required("name") { $0.recordName(GroupName.self) },
                couldDecide: try fields.list("list") { $0.recordName(MemberID.self) })
        case "assigned":
            self = .assignedTo(try fields.required("name") { $0.recordName(MemberID.self) })
        case "own_run": self = .ownRun
        case "decided_before": self = .decidedBefore
        case "delegation":
            self = .noDelegation(
                from: try fields.required("name") { $0.recordName(MemberID.self) })
        case "lent":
            self = .lent(
                try fields.required("obstacle") { $0.recordWord(DelegationObstacle.self) },
                from: try fields.required("name") { $0.recordName(MemberID.self) })
        case "authority_used":
            self = .authorityUsed(
                of: try fields.required("name") { $0.recordName(MemberID.self) })
        case "own_run_of_grantor": self = .ownRunOfGrantor
        case "operators": self = .operatorsOnly
        default: throw RecordError(member: "why")
        }
    }
}

extension JSONValue {
    fileprivate var recordProblem: FieldProblem? {
        guard let parts = arrayValue, parts.count == 2, let field = parts[0].stringValue,
            let sentence = parts[1].stringValue
        else { return nil }
        return FieldProblem(field, sentence)
    }
}
