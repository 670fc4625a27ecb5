public import JSONTree

/// A grant as a store keeps it; it holds hidden arguments in the clear, so a store seals it.
extension Grant {
    /// The record; `init(record:)` gives back an equal grant.
    public var record: JSONValue {
        var members = RecordMembers()
        members.put("id", text: id.rawValue)
        members.put("tenant", text: tenant.rawValue)
        members.put("tool", text: tool.rawValue)
        members.put("agent", text: agent.rawValue)
        members.put("session", text: session)
        members.put("approved", approved)
        members.put("redactions", list: redactions.map { .string($0.description) })
        members.put("bounds", list: bounds.map(\.record))
        members.put("terms", terms.record)
        members.put("proven", flag: isProven)
        members.put("by", text: grantedBy.rawValue)
        members.put("at", instant: grantedAt)
        members.put("approval", text: fromApproval.rawValue)
        members.put("expires", instant: expiresAt)
        members.put("uses_max", usesMax.map { .number(JSONNumber($0)) })
        members.put("uses", int: uses)
        members.put("last_used", instant: lastUsedAt)
        members.put("ending", ending?.record)
        members.put("version", int: version)
        return members.value
    }

    /// Reads a record; refuses one that lacks something or holds something impossible.
    public init(record: JSONValue) throws(RecordError) {
        let fields = try RecordFields(record, of: "grant")
        self.init(
            id: try fields.required("id") { $0.recordName(GrantID.self) },
            tenant: try fields.required("tenant") { $0.recordName(TenantName.self) },
            tool: try fields.required("tool") { $0.recordName(ToolName.self) },
            agent: try fields.required("agent") { $0.recordName(AgentID.self) },
            session: try fields.optional("session", \.recordText),
            approved: try fields.value("approved"),
            redactions: try fields.list("redactions", \.recordPointer),
            bounds: try fields.records("bounds", GrantBound.init(record:)),
            terms: try GrantTerms(record: RecordFields(try fields.value("terms"), of: "terms")),
            isProven: try fields.optional("proven", \.boolValue) ?? false,
            grantedBy: try fields.required("by") { $0.recordName(MemberID.self) },
            grantedAt: try fields.required("at", \.recordInstant),
            fromApproval: try fields.required("approval") { $0.recordName(ApprovalID.self) },
            expiresAt: try fields.required("expires", \.recordInstant),
            usesMax: try fields.optional("uses_max", \.recordInt))
        restore(
            uses: try fields.required("uses", \.recordInt),
            lastUsedAt: try fields.optional("last_used", \.recordInstant),
            ending: try fields.record("ending", Ending.init(record:)),
            version: try fields.required("version", \.recordInt))
    }
}

extension Grant.Ending {
    var record: JSONValue {
        var members = RecordMembers()
        members.put("cause", text: cause.rawValue)
        members.put("by", text: by?.rawValue)
        members.put("at", instant: at)
        members.put("reason", text: reason)
        return members.value
    }

    init(record fields: RecordFields) throws(RecordError) {
        self.init(
            try fields.required("cause") { $0.recordWord(Cause.self) },
            by: try fields.optional("by") { $0.recordName(MemberID.self) },
            at: try fields.required("at", \.recordInstant),
            reason: try fields.optional("reason", \.recordText))
    }
}

extension GrantTerms {
    var record: JSONValue {
        var members = RecordMembers()
        members.put("group", text: group.rawValue)
        members.put("risk", text: risk.rawValue)
        members.put("rule", text: rule)
        members.put("besides", list: besides.map { .string($0) })
        members.put("timeout", timeoutSeconds.map { .number(JSONNumber($0)) })
        return members.value
    }

    init(record fields: RecordFields) throws(RecordError) {
        self.init(
            group: try fields.required("group") { $0.recordName(GroupName.self) },
            risk: try fields.required("risk") { $0.recordWord(Risk.self) },
            rule: try fields.required("rule", \.recordText),
            besides: try fields.list("besides", \.recordText),
            timeoutSeconds: try fields.optional("timeout", \.recordInt))
    }
}

extension GrantBound {
    var record: JSONValue {
        var members = RecordMembers()
        members.put("pointer", text: pointer.description)
        switch limit {
        case .max(let most): members.put("max", .number(most))
        case .equals(let value): members.put("equals", value)
        }
        return members.value
    }

    init(record fields: RecordFields) throws(RecordError) {
        let pointer = try fields.required("pointer", \.recordPointer)
        if let value = fields.object["equals"] {
            self.init(pointer, .equals(value))
        } else {
            self.init(
                pointer,
                .max(
                    try fields.required("max") { value in
                        if case .number(let number) = value { number } else { nil }
                    }))
        }
    }
}

extension GrantWish {
    /// As a store keeps it with the decision.
    public var record: JSONValue {
        var members = RecordMembers()
        members.put("seconds", int: seconds)
        members.put("uses", uses.map { .number(JSONNumber($0)) })
        members.put("scope", text: scope.rawValue)
        members.put("bounds", list: bounds.map(\.record))
        return members.value
    }

    init(record fields: RecordFields) throws(RecordError) {
        self.init(
            seconds: try fields.required("seconds", \.recordInt),
            uses: try fields.optional("uses", \.recordInt),
            scope: try fields.required("scope") { $0.recordWord(GrantScope.self) },
            bounds: try fields.records("bounds", GrantBound.init(record:)))
    }
}
