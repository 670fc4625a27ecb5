import Approvals
import Audit
import Cryptography
import JSONSchema
import JSONTree
import Policies

// An agent asks.
extension Session {
    mutating func submit(_ command: SubmitCommand) throws(CommandFailure) -> Answer {
        let agent = try agent()
        try Intake.requireKey(command.key)
        if let known = try submission(command.key, by: agent) {
            return try repeated(known, command, by: agent)
        }
        let tenant = try tenantRecord()
        // Whatever looks at every part of a call comes after its size is known.
        let digest = try Intake.digest(of: command)
        let call = SameCall(command, arguments: digest, by: agent.id)
        if let joined = try joined(command, call, by: agent) { return joined }
        let id = ApprovalID(journal.uuid())
        let judgement = try judged(command, by: agent, for: id)
        try judgement.requirePolicy(command.policy)
        var approval = try fresh(id, command, digest, judgement, by: agent, for: tenant)
        approval.follows = try rejected(call)
        let entry = try journal.entry(requested(approval), of: tenant.name)
        approval.argumentsRoot = entry.roots.first
        var settling = try settle(&approval, judgement, command, for: tenant)
        if approval.state == .pending { settling = try ask(&approval) }
        let submission = Submission(
            key: command.key, agent: agent.id, payloadDigest: command.payloadDigest,
            approval: approval.id)
        guard try stored(try store.insert(approval, submission: submission)) else {
            throw .store(.busy("the same submission is being stored at the same time"))
        }
        if let call { try stored(try store.keepLatestAsk(id, for: call, in: tenant.name)) }
        try count(.submitted, of: approval)
        try journal.append(entry, about: approval.id, of: tenant.name)
        if let settling { try journal.record(settling, about: approval.id, of: tenant.name) }
        return .submitted(approval, agentName: agent.name, isNew: true)
    }

    /// Asks people, as far as they may be disturbed; the event when quiet hours change something.
    private func ask(_ approval: inout Approval) throws(CommandFailure) -> AuditEvent? {
        approval.escalation = try escalation(for: approval.requirement.group)
        approval.watch = try watch(for: approval)
        return try heedQuiet(&approval)
    }

    private func submission(
        _ key: String, by agent: Agent
    ) throws(CommandFailure) -> Submission? {
        return try stored(try store.submission(key: key, by: agent.id, of: tenant))
    }

    private func repeated(
        _ known: Submission, _ command: SubmitCommand, by agent: Agent
    ) throws(CommandFailure) -> Answer {
        guard known.payloadDigest == command.payloadDigest else {
            throw .refusing(.idempotencyConflict)
        }
        guard let approval = try stored(try store.approval(known.approval, of: tenant)) else {
            throw .store(.damaged("a submission names an approval that is not there"))
        }
        return .submitted(approval, agentName: agent.name, isNew: false)
    }

    private mutating func fresh(
        _ id: ApprovalID, _ command: SubmitCommand, _ digest: Digest,
        _ judgement: PolicyJudgement, by agent: Agent, for tenant: Tenant
    ) throws(CommandFailure) -> Approval {
        let requirement = try requirement(command, judgement.verdict, of: tenant)
        let scanned = Scanned(
            command.arguments, fitting: command.schema,
            declared: try judgement.hiding(besides: command.redactions))
        var scrubber = Scrubber(hiding: scanned.redactions, in: [command.arguments])
        scrubber.hide(scanned.found.flatMap { $0.secrets(in: command.arguments) })
        let named = tenant.risk(of: command.tool, at: judgement)
        var approval = Approval(
            id: id, tenant: tenant.name, agent: agent.id,
            tool: command.tool, arguments: command.arguments, proposedDigest: digest,
            schema: command.schema, redactions: scanned.redactions,
            found: scanned.found, context: Words.masked(scrubber.scrubbed(command.context)),
            origin: Words.masked(scrubber.scrubbed(command.origin)),
            risk: max(named, command.risk ?? named), requirement: requirement, createdAt: now)
        approval.submittedUptime = journal.uptime
        approval.policyRecord = judgement.record
        return approval
    }

    /// What a call asks for, by what the policies say or the tenant's defaults.
    func requirement(
        _ command: SubmitCommand, _ verdict: PolicyVerdict?, of tenant: Tenant
    ) throws(CommandFailure) -> Requirement {
        let seconds = command.timeoutSeconds ?? tenant.defaultTimeoutSeconds
        guard (1...tenant.timeoutMaxSeconds).contains(seconds) else {
            throw .field("/timeout_s", "must be from 1 to \(tenant.timeoutMaxSeconds)")
        }
        let posture = command.posture ?? .failClosed
        guard posture == .failClosed || tenant.failOpenTools.contains(command.tool) else {
            throw .field("/on_timeout", "fail_open is not allowed for this tool; use fail_closed")
        }
        let terms = verdict?.effect.terms
        // Where policies speak, the agent does not choose who decides.
        let group =
            verdict == nil
            ? command.group ?? tenant.defaultGroup : terms?.group ?? tenant.defaultGroup
        let groups = try stored(try store.groups(of: tenant.name))
        guard groups.contains(where: { $0.name == group }) else {
            throw .field("/group", "there is no group of this name")
        }
        guard let verdict else {
            return Requirement(
                group: group, deadline: now.adding(seconds: seconds), posture: posture,
                rule: "tenant default")
        }
        return Requirement(
            group: group, quorum: terms?.quorum ?? 1,
            deadline: now.adding(seconds: Self.seconds(command, terms, for: tenant)),
            posture: terms?.posture ?? .failClosed,
            envelope: terms?.editable.map { .only($0) } ?? .anything, rule: verdict.name,
            delegation: terms?.delegation, allQuiet: terms?.allQuiet)
    }

    /// How long people have: the agent may have less time than the rule gives, never more, and
    /// nothing to say where silence releases the call.
    private static func seconds(
        _ command: SubmitCommand, _ terms: ApprovalTerms?, for tenant: Tenant
    ) -> Int {
        let given = min(
            terms?.timeoutSeconds ?? tenant.timeoutMaxSeconds, tenant.timeoutMaxSeconds)
        let usual = min(given, terms?.timeoutSeconds ?? tenant.defaultTimeoutSeconds)
        guard terms?.posture != .failOpen else { return usual }
        return min(given, command.timeoutSeconds ?? usual)
    }

    /// What a policy or a grant settles without asking a person, and how the log says it; nil
    /// when people decide.
    private mutating func settle(
        _ approval: inout Approval, _ judgement: PolicyJudgement, _ command: SubmitCommand,
        for tenant: Tenant
    ) throws(CommandFailure) -> AuditEvent? {
        let session = command.origin.sessionID
        // While releases are halted a call waits for people, or is refused as ever.
        if tenant.halt != nil {
            guard case .deny = judgement.verdict?.effect else { return nil }
        }
        guard let verdict = judgement.verdict else {
            return try releaseByGrant(&approval, judgement, from: session, for: tenant)
        }
        let window = tenant.claimWindowSeconds
        switch verdict.effect {
        case .allow:
            try lawful(
                try approval.release(
                    because: .policy(verdict.name), at: now, claimWindowSeconds: window))
        case .deny:
            try lawful(try approval.refuse(because: .policy(verdict.name), at: now))
        case .requireApproval(let terms):
            guard command.isFlagged, terms.allowsFlag else {
                return try releaseByGrant(&approval, judgement, from: session, for: tenant)
            }
            try lawful(
                try approval.release(because: .toolFlag, at: now, claimWindowSeconds: window))
        }
        if approval.isReleased { approval.effectiveRoot = approval.argumentsRoot }
        let isFlag = approval.provenance == .toolFlag
        return AuditEvent(
            .approvalDecided, by: .init(.policy, verdict.id.rawValue), about: .of(approval),
            outcome: approval.isReleased ? "approved" : "rejected",
            provenance: verdict.provenance(basis: isFlag ? "tool_flag" : "policy"),
            facts: .facts([
                "effective_args_root": approval.effectiveRoot.map { .fact($0.hex) }
            ]))
    }

    private func requested(_ approval: Approval) -> AuditEvent {
        AuditEvent(
            .approvalRequested, by: actor, about: .of(approval),
            documents: [AuditEvent.Document("args", approval.arguments)],
            facts: .facts([
                "expires_ms": .fact(approval.requirement.deadline),
                "follows": approval.follows.map { .fact($0.rawValue) },
                "group": .fact(approval.requirement.group.rawValue),
                "posture": .fact(approval.requirement.posture.rawValue),
                "redacted_found": approval.found.isEmpty
                    ? nil
                    : .fact(Set(approval.found.flatMap(\.kinds)).sorted().joined(separator: " ")),
                "risk": .fact(approval.risk.rawValue),
                "rule": .fact(approval.requirement.rule), "tool": .fact(approval.tool.rawValue),
            ]))
    }
}

extension AuditEvent.Subject {
    static func of(_ approval: Approval) -> AuditEvent.Subject {
        AuditEvent.Subject(.approval, approval.id.rawValue)
    }
}

/// What a submission must be, whoever sends it.
enum Intake {
    static func requireKey(_ key: String) throws(CommandFailure) {
        guard (1...Limits.keyBytesMax).contains(key.utf8.count) else {
            throw .field("Idempotency-Key", "must have 1 to \(Limits.keyBytesMax) bytes")
        }
    }

    /// The digest of the arguments of a submission that is whole and within the limits.
    static func digest(of command: SubmitCommand) throws(CommandFailure) -> Digest {
        let digest = try digest(of: command.arguments)
        try requireRedactions(command.redactions, in: command.arguments)
        try requireWords(command.context, command.origin)
        if let schema = command.schema {
            try requireFit(command.arguments, schema, command.finding)
        }
        return digest
    }

    /// The digest of arguments that are an object, within the limits and without a mask.
    static func digest(of arguments: JSONValue) throws(CommandFailure) -> Digest {
        guard arguments.objectValue != nil else {
            throw .field("/arguments", "must be an object")
        }
        guard arguments.depth <= Limits.argumentsDepthMax else {
            throw .refusing(.limit("argumentsDepthMax is \(Limits.argumentsDepthMax)"))
        }
        guard !Redaction.containsMarker(arguments) else {
            throw .field("/arguments", "the member name \"\(Redaction.marker)\" is reserved")
        }
        try lawful(try CommitmentCost(of: arguments).requireWithinLimits())
        let canonical: [UInt8]
        do {
            canonical = try arguments.canonicalBytes()
        } catch {
            throw .field("/arguments\(error.pointer)", error.reason)
        }
        guard canonical.count <= Limits.argumentsBytesMax else {
            throw .refusing(.limit("argumentsBytesMax is \(Limits.argumentsBytesMax)"))
        }
        return SHA256.hash(canonical)
    }

    /// Every pointer must hide something: a misspelt one would show what it was meant to hide.
    static func requireRedactions(
        _ pointers: [JSONPointer], in arguments: JSONValue
    ) throws(CommandFailure) {
        guard pointers.count <= Limits.redactionsMax else {
            throw .refusing(.limit("redactionsMax is \(Limits.redactionsMax)"))
        }
        var problems: [FieldProblem] = []
        for (index, pointer) in pointers.enumerated() {
            if pointer.isRoot {
                problems.append(
                    FieldProblem("/redact/\(index)", "must leave something for an approver to see"))
            } else if arguments[pointer] == nil {
                problems.append(
                    FieldProblem(
                        "/redact/\(index)", "\"\(pointer)\" points to nothing in the arguments"))
            }
        }
        guard problems.isEmpty else { throw .refusing(.invalid(problems)) }
    }

    static func requireWords(_ context: Context, _ origin: Origin) throws(CommandFailure) {
        var problems: [FieldProblem] = []
        func check(_ text: String?, _ field: String, _ bytesMax: Int) {
            guard let text, text.utf8.count > bytesMax else { return }
            problems.append(FieldProblem(field, "must have at most \(bytesMax) bytes"))
        }
        check(context.summary, "/context/summary", Limits.summaryBytesMax)
        check(context.reason, "/context/reason", Limits.reasonBytesMax)
        check(context.preview, "/context/preview", Limits.previewBytesMax)
        for (index, link) in context.links.enumerated() {
            check(link.title, "/context/links/\(index)/title", Limits.linkTitleBytesMax)
            check(link.url, "/context/links/\(index)/url", Limits.linkURLBytesMax)
        }
        if context.links.count > Limits.linksMax {
            problems.append(FieldProblem("/context/links", "at most \(Limits.linksMax) links"))
        }
        check(origin.framework, "/origin/framework", Limits.originBytesMax)
        check(origin.runID, "/origin/run_id", Limits.originBytesMax)
        check(origin.callID, "/origin/call_id", Limits.originBytesMax)
        check(origin.sessionID, "/origin/session_id", Limits.originBytesMax)
        guard problems.isEmpty else { throw .refusing(.invalid(problems)) }
    }

    /// Refuses a schema that is not understood, and arguments that do not fit it.
    static func requireFit(
        _ arguments: JSONValue, _ schema: JSONValue, _ finding: SchemaFinding? = nil
    ) throws(CommandFailure) {
        let violations = try violations(in: arguments, against: schema, finding)
        guard violations.isEmpty else {
            let problems = violations.map {
                FieldProblem("/arguments\($0.pointer)", $0.sentence)
            }
            throw .refusing(Refusal.againstSchema(problems).bounded)
        }
    }

    /// What in the arguments does not fit a schema; refuses one that is not understood.
    static func violations(
        in arguments: JSONValue, against schema: JSONValue, _ finding: SchemaFinding? = nil
    ) throws(CommandFailure) -> [SchemaViolation] {
        if let known = try finding?.violations(in: arguments, against: schema) { return known }
        do {
            return try JSONSchema(schema).errors(in: arguments)
        } catch {
            throw .field("/schema\(error.pointer)", "\(error.keyword) \(error.sentence)")
        }
    }
}
