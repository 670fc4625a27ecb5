import Approvals
public import JSONTree

// What people were asked, as it stays with a call: what a comparison needs, and no condition.
extension ApprovalTerms {
    /// The terms that differ from asking one person of the default group.
    public var record: JSONValue {
        var members = JSONObject()
        members["group"] = group.map { .string($0.rawValue) }
        if quorum != 1 { members["quorum"] = .number(JSONNumber(quorum)) }
        members["timeout_s"] = timeoutSeconds.map { .number(JSONNumber($0)) }
        if posture != .failClosed { members["on_timeout"] = .string(posture.rawValue) }
        members["risk"] = risk.map { .string($0.rawValue) }
        if isReasonRequired { members["reason_required"] = true }
        if allowsFlag { members["auto_approve"] = true }
        members["delegation"] = delegation.map { .string($0.rawValue) }
        members["all_quiet"] = allQuiet.map { .string($0.rawValue) }
        return .object(members)
    }

    /// Reads what `record` wrote.
    public init(record: JSONValue) {
        self.init(
            group: record["group"]?.stringValue.flatMap { GroupName($0) },
            quorum: record["quorum"]?.intValue.flatMap { Int(exactly: $0) } ?? 1,
            timeoutSeconds: record["timeout_s"]?.intValue.flatMap { Int(exactly: $0) },
            posture: record["on_timeout"]?.stringValue.flatMap(Posture.init) ?? .failClosed,
            risk: record["risk"]?.stringValue.flatMap(Risk.init),
            isReasonRequired: record["reason_required"]?.boolValue ?? false,
            allowsFlag: record["auto_approve"]?.boolValue ?? false,
            delegation: record["delegation"]?.stringValue.flatMap(DelegationRule.init),
            allQuiet: record["all_quiet"]?.stringValue.flatMap(AllQuiet.init))
    }
}
