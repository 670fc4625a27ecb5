public import Approvals
public import JSONTree

/// A tenant and its defaults.
public struct TenantView: WireValue, Hashable {
    /// The name.
    public var name: TenantName
    /// Who is asked when nobody says.
    public var defaultGroup: GroupName
    /// Seconds until an approval expires.
    public var defaultTimeoutSeconds: Int
    /// The longest timeout an agent may ask for.
    public var timeoutMaxSeconds: Int
    /// Seconds in which a released call must be claimed.
    public var claimWindowSeconds: Int
    /// The risk of a tool that is not named.
    public var defaultRisk: Risk
    /// The risk of named tools.
    public var toolRisks: [ToolRiskBody]
    /// Tools whose approvals may be released at the deadline.
    public var failOpenTools: [String]
    /// From which risk on a decision needs a second factor.
    public var stepUpFrom: StepUpFrom
    /// After so many days the values of a call are erased; nil from an older server.
    public var retentionDays: Int?
    /// When it was added.
    public var createdAt: Timestamp
    /// The token of its first admin, shown once.
    public var adminToken: String?

    /// Puts the value together.
    public init(
        name: TenantName, defaultGroup: GroupName, defaultTimeoutSeconds: Int,
        timeoutMaxSeconds: Int, claimWindowSeconds: Int, defaultRisk: Risk,
        toolRisks: [ToolRiskBody] = [], failOpenTools: [String] = [],
        stepUpFrom: StepUpFrom = .none, retentionDays: Int? = nil, createdAt: Timestamp,
        adminToken: String? = nil
    ) {
        self.name = name
        self.defaultGroup = defaultGroup
        self.defaultTimeoutSeconds = defaultTimeoutSeconds
        self.timeoutMaxSeconds = timeoutMaxSeconds
        self.claimWindowSeconds = claimWindowSeconds
        self.defaultRisk = defaultRisk
        self.toolRisks = toolRisks
        self.failOpenTools = failOpenTools
        self.stepUpFrom = stepUpFrom
        self.retentionDays = retentionDays
        self.createdAt = createdAt
        self.adminToken = adminToken
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        name = try reader.required("name")
        defaultGroup = try reader.required("default_group")
        defaultTimeoutSeconds = try reader.required("default_timeout_s")
        timeoutMaxSeconds = try reader.required("timeout_max_s")
        claimWindowSeconds = try reader.required("claim_window_s")
        defaultRisk = try reader.required("default_risk")
        toolRisks = try reader.list("tool_risks")
        failOpenTools = try reader.list("fail_open_tools")
        stepUpFrom = try reader.optional("step_up_from") ?? StepUpFrom.none
        retentionDays = try reader.optional("retention_days")
        createdAt = try reader.required("created_at")
        adminToken = try reader.optional("admin_token")
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("name", name)
        writer.write("default_group", defaultGroup)
        writer.write("default_timeout_s", defaultTimeoutSeconds)
        writer.write("timeout_max_s", timeoutMaxSeconds)
        writer.write("claim_window_s", claimWindowSeconds)
        writer.write("default_risk", defaultRisk)
        writer.write("tool_risks", toolRisks)
        writer.write("fail_open_tools", failOpenTools)
        writer.write("step_up_from", stepUpFrom)
        writer.write("retention_days", retentionDays)
        writer.write("created_at", createdAt)
        writer.write("admin_token", adminToken)
        return writer.value
    }
}
