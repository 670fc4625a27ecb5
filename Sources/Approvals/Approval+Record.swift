import Cryptography
public import JSONTree

/// An approval as a store keeps it: everything, exactly.
///
/// The record holds redacted values in the clear, so a store seals it.
extension Approval {
    /// The record; `init(record:)` gives back an equal approval.
    public var record: JSONValue {
        var members = RecordMembers()
        putSubmission(into: &members)
        putProgress(into: &members)
        putExecution(into: &members)
        return members.value
    }

    /// What a parser must let through, so that every record that was written can be read.
    public static let recordLimits = JSONLimits(bytesMax: 16 << 20, depthMax: 128)

    /// Reads a record; refuses one that lacks something or holds something impossible.
    public init(record: JSONValue) throws(RecordError) {
        let fields = try RecordFields(record, of: "approval")
        try self.init(submission: fields)
        try readProgress(from: fields)
        try readExecution(from: fields)
    }

    private func putSubmission(into members: inout RecordMembers) {
        members.put("id", text: id.rawValue)
        members.put("tenant", text: tenant.rawValue)
        members.put("agent", text: agent.rawValue)
        members.put("tool", text: tool.rawValue)
        members.put("arguments", arguments)
        members.put("proposed", digest: proposedDigest)
        members.put("schema", schema)
        members.put("redactions", list: redactions.map { .string($0.description) })
        if !found.isEmpty { members.put("found", list: found.map(\.record)) }
        members.put("context", context.record)
        members.put("origin", origin.record)
        members.put("created", instant: createdAt)
        members.put("uptime", submittedUptime?.record)
        members.put("risk", text: risk.rawValue)
        members.put("requirement", requirement.record)
        members.put("policies", policyRecord)
        members.put("follows", text: follows?.rawValue)
    }

    private init(submission fields: RecordFields) throws(RecordError) {
        self.init(
            id: try fields.required("id") { $0.recordName(ApprovalID.self) },
            tenant: try fields.required("tenant") { $0.recordName(TenantName.self) },
            agent: try fields.required("agent") { $0.recordName(AgentID.self) },
            tool: try fields.required("tool") { $0.recordName(ToolName.self) },
            arguments: try fields.value("arguments"),
            proposedDigest: try fields.required("proposed", \.recordDigest),
            schema: fields.object["schema"],
            redactions: try fields.list("redactions", \.recordPointer),
            found: try fields.records("found", FoundValue.init(record:)),
            context: try Context(record: fields), origin: try Origin(record: fields),
            risk: try fields.required("risk") { $0.recordWord(Risk.self) },
            requirement: try Requirement(record: fields),
            createdAt: try fields.required("created", \.recordInstant))
        policyRecord = fields.object["policies"]
        follows = try fields.optional("follows") { $0.recordName(ApprovalID.self) }
        submittedUptime = try fields.record("uptime", Uptime.init(record:))
    }

    private func putProgress(into members: inout RecordMembers) {
        members.put("state", text: state.rawValue)
        members.put("released", flag: isReleased)
        members.put("revision", int: revision)
        members.put("version", int: version)
        members.put("updated", instant: updatedAt)
        members.put("settled", instant: settledAt)
        members.put("provenance", provenance?.record)
        members.put("decisions", list: decisions.map(\.record))
        members.put("comments", list: comments.map(\.record))
        members.put("reviewers", list: reviewers.map(\.record))
        members.put("former_groups", list: formerGroups.map { .string($0.rawValue) })
        members.put("former_assignees", list: formerAssignees.map { .string($0.rawValue) })
        members.put("needs_review", flag: needsReview)
        members.put("held", instant: heldUntil)
        if asks > 1 { members.put("asks", int: asks) }
        members.put("escalation", escalation?.record)
        members.put("watch", watch?.record)
        members.put("erased", instant: erasedAt)
    }

    private mutating func readProgress(from fields: RecordFields) throws(RecordError) {
        state = try fields.required("state") { $0.recordWord(ApprovalState.self) }
        isReleased = try fields.optional("released", \.boolValue) ?? false
        revision = try fields.required("revision", \.recordInt)
        version = try fields.required("version", \.recordInt)
        updatedAt = try fields.required("updated", \.recordInstant)
        settledAt = try fields.optional("settled", \.recordInstant)
        provenance = try fields.record("provenance", Provenance.init(record:))
        decisions = try fields.records("decisions", Decision.init(record:))
        comments = try fields.records("comments", Comment.init(record:))
        reviewers = try fields.records("reviewers", Reviewer.init(record:))
        formerGroups = try fields.list("former_groups") { $0.recordName(GroupName.self) }
        formerAssignees = try fields.list("former_assignees") { $0.recordName(MemberID.self) }
        needsReview = try fields.optional("needs_review", \.boolValue) ?? false
        heldUntil = try fields.optional("held", \.recordInstant)
        asks = try fields.optional("asks", \.recordInt) ?? 1
        escalation = try fields.record("escalation", Escalation.init(record:))
        watch = try fields.record("watch", DutyWatch.init(record:))
        erasedAt = try fields.optional("erased", \.recordInstant)
    }

    private func putExecution(into members: inout RecordMembers) {
        members.put("execution", text: execution.rawValue)
        members.put("effective", effectiveArguments)
        members.put("effective_digest", digest: effectiveDigest)
        members.put("arguments_root", digest: argumentsRoot)
        members.put("effective_root", digest: effectiveRoot)
        members.put("claim_deadline", instant: claimDeadline)
        members.put("claim", claim?.record)
        members.put("receipt", receipt?.record)
    }

    private mutating func readExecution(from fields: RecordFields) throws(RecordError) {
        execution = try fields.required("execution") { $0.recordWord(Execution.self) }
        effectiveArguments = fields.object["effective"]
        effectiveDigest = try fields.optional("effective_digest", \.recordDigest)
        argumentsRoot = try fields.optional("arguments_root", \.recordDigest)
        effectiveRoot = try fields.optional("effective_root", \.recordDigest)
        claimDeadline = try fields.optional("claim_deadline", \.recordInstant)
        claim = try fields.record("claim", Claim.init(record:))
        receipt = try fields.record("receipt", Receipt.init(record:))
    }
}
