public import Approvals
public import Cryptography
public import JSONTree

extension Delegation {
    /// All of it that never changes, as the store keeps it and its digest covers it.
    public var terms: JSONValue {
        var members: JSONObject = [
            "ceiling": .string(ceiling.rawValue), "created_at": Self.number(createdAt),
            "created_by": .string(createdBy.rawValue), "delegate": .string(delegate.rawValue),
            "end": Self.number(end), "grantor": .string(grantor.rawValue),
            "id": .string(id.rawValue), "mode": .string(mode.rawValue),
            "new_only": .bool(isForNewOnly), "reason": .string(reason), "scope": scope.json,
            "start": Self.number(start),
        ]
        if let amountMax { members["amount_max"] = .number(JSONNumber(amountMax)) }
        if let reaches { members["reach"] = .bool(reaches) }
        return .object(members)
    }

    /// Names the terms, so that a decision can say which text it relied on.
    public var digest: Digest {
        do {
            return SHA256.hash(try terms.canonicalBytes())
        } catch {
            preconditionFailure("Terms hold texts, truths and whole numbers only.")
        }
    }

    /// Reads the terms; nil when they are not what `terms` writes.
    public init?(
        terms: JSONValue, revokedAt: Timestamp? = nil, revokedBy: MemberID? = nil
    ) {
        guard
            let id = terms.name("id", DelegationID.self),
            let grantor = terms.name("grantor", MemberID.self),
            let delegate = terms.name("delegate", MemberID.self),
            let start = terms.instant("start"), let end = terms.instant("end"),
            let scope = Scope(json: terms["scope"]),
            let ceiling = terms["ceiling"]?.stringValue.flatMap(Risk.init(rawValue:)),
            let mode = terms["mode"]?.stringValue.flatMap(Mode.init(rawValue:)),
            let isForNewOnly = terms["new_only"]?.boolValue,
            let reason = terms["reason"]?.stringValue,
            let createdBy = terms.name("created_by", MemberID.self),
            let createdAt = terms.instant("created_at")
        else { return nil }
        self.init(
            id: id, grantor: grantor, delegate: delegate, start: start, end: end, scope: scope,
            ceiling: ceiling, amountMax: terms["amount_max"]?.intValue, mode: mode,
            reaches: terms["reach"]?.boolValue, isForNewOnly: isForNewOnly, reason: reason,
            createdBy: createdBy, createdAt: createdAt, revokedAt: revokedAt, revokedBy: revokedBy)
    }

    private static func number(_ instant: Timestamp) -> JSONValue {
        .number(JSONNumber(instant.milliseconds))
    }
}

extension Delegation.Scope {
    /// `"all"`, or what is named.
    public var json: JSONValue {
        switch self {
        case .all: "all"
        case .only(let tools, let groups, let tags):
            [
                "groups": .array(groups.sorted().map { .string($0.rawValue) }),
                "tags": .array(Self.sorted(tags).map { .string($0) }),
                "tools": .array(tools.sorted().map { .string($0.rawValue) }),
            ]
        }
    }

    /// Nil when it is not what `json` writes.
    public init?(json: JSONValue?) {
        if json?.stringValue == "all" {
            self = .all
            return
        }
        guard
            let tools = json?["tools"]?.arrayValue, let groups = json?["groups"]?.arrayValue,
            let tags = json?["tags"]?.arrayValue
        else { return nil }
        let named = tools.compactMap { $0.stringValue.flatMap { ToolName($0) } }
        let asked = groups.compactMap { $0.stringValue.flatMap { GroupName($0) } }
        let marked = tags.compactMap(\.stringValue)
        guard named.count == tools.count, asked.count == groups.count, marked.count == tags.count
        else { return nil }
        self = .only(tools: Set(named), groups: Set(asked), tags: Set(marked))
    }

    private static func sorted(_ texts: Set<String>) -> [String] {
        texts.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
}

extension JSONValue {
    fileprivate func name<Name: Identifier>(_ member: String, _: Name.Type) -> Name? {
        self[member]?.stringValue.flatMap { Name($0) }
    }

    fileprivate func instant(_ member: String) -> Timestamp? {
        self[member]?.intValue.map { Timestamp(milliseconds: $0) }
    }
}
