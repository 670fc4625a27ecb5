import Approvals
import JSONTree

extension Tenant {
    /// Everything but the name, as JSON text.
    var settings: String {
        var members = JSONObject()
        members["default_group"] = .string(defaultGroup.rawValue)
        members["default_timeout_s"] = .number(JSONNumber(defaultTimeoutSeconds))
        members["timeout_max_s"] = .number(JSONNumber(timeoutMaxSeconds))
        members["claim_window_s"] = .number(JSONNumber(claimWindowSeconds))
        members["default_risk"] = .string(defaultRisk.rawValue)
        let risks = toolRisks.sorted { $0.key < $1.key }
        members["tool_risks"] = .array(
            risks.map { .array([.string($0.key.rawValue), .string($0.value.rawValue)]) })
        members["fail_open_tools"] = .array(failOpenTools.sorted().map { .string($0.rawValue) })
        members["step_up_from"] = .string(stepUpFrom.rawValue)
        members["retention_days"] = .number(JSONNumber(retentionDays))
        members["created"] = .number(JSONNumber(createdAt.milliseconds))
        if let halt {
            members["halt"] = [
                .string(halt.by.rawValue), .number(JSONNumber(halt.at.milliseconds)),
                .string(halt.reason),
            ]
        }
        return JSONValue.object(members).text()
    }

    /// Reads what `settings` wrote; nil when it did not.
    init?(_ name: TenantName, settings text: String) {
        let value: JSONValue
        do {
            value = try JSONValue(parsing: text, limits: Approval.recordLimits)
        } catch {
            return nil
        }
        guard let group = value["default_group"]?.stringValue.flatMap({ GroupName($0) }),
            let timeout = value["default_timeout_s"]?.intValue,
            let timeoutMax = value["timeout_max_s"]?.intValue,
            let window = value["claim_window_s"]?.intValue,
            let risk = value["default_risk"]?.stringValue.flatMap(Risk.init(rawValue:)),
            let risks = value["tool_risks"]?.arrayValue,
            let tools = value["fail_open_tools"]?.arrayValue,
            let created = value["created"]?.intValue
        else { return nil }
        self.init(
            name: name, defaultGroup: group, defaultTimeoutSeconds: Int(timeout),
            timeoutMaxSeconds: Int(timeoutMax), claimWindowSeconds: Int(window),
            defaultRisk: risk, createdAt: Timestamp(milliseconds: created))
        // Missing in what was written before there was such a thing.
        if let word = value["step_up_from"] {
            guard let from = word.stringValue.flatMap(StepUpFrom.init(rawValue:)) else {
                return nil
            }
            stepUpFrom = from
        }
        retentionDays =
            value["retention_days"]?.intValue.map { Int($0) } ?? Tenant.retentionDaysDefault
        if let parts = value["halt"] {
            guard let by = parts[0]?.stringValue.flatMap({ MemberID($0) }),
                let at = parts[1]?.intValue, let reason = parts[2]?.stringValue
            else { return nil }
            halt = Halt(by: by, at: Timestamp(milliseconds: at), reason: reason)
        }
        for pair in risks {
            guard let tool = pair[0]?.stringValue.flatMap({ ToolName($0) }),
                let risk = pair[1]?.stringValue.flatMap(Risk.init(rawValue:))
            else { return nil }
            toolRisks[tool] = risk
        }
        for tool in tools {
            guard let name = tool.stringValue.flatMap({ ToolName($0) }) else { return nil }
            failOpenTools.insert(name)
        }
    }
}
