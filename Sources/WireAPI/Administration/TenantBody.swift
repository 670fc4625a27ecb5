public import Approvals
public import JSONTree

/// A tenant and its defaults, as sent.
public struct TenantBody: WireValue, Hashable {
    /// The name.
    public var name: TenantName
    /// Who is asked when nobody says.
    public var defaultGroup: GroupName?
    /// Seconds until an approval expires.
    public var defaultTimeoutSeconds: Int?
    /// The longest timeout an agent may ask for.
    public var timeoutMaxSeconds: Int?
    /// Seconds in which a released call must be claimed.
    public var claimWindowSeconds: Int?
    /// The risk of a tool that is not named.
    public var defaultRisk: Risk?
    /// The risk of named tools.
    public var toolRisks: [ToolRiskBody]?
    /// Tools whose approvals may be released at the deadline.
    public var failOpenTools: [String]?
    /// From which risk on a decision needs a second factor.
    public var stepUpFrom: StepUpFrom?
    /// A code of the admin's own second factor, where they have one and ask for less.
    public var stepUp: StepUpBody?
    /// After so many days the values of a call are erased.
    public var retentionDays: Int?
    /// The first admin of a new tenant; refused in a change.
    public var adminEmail: String?

    /// Puts the value together.
    public init(
        name: TenantName, defaultGroup: GroupName? = nil, defaultTimeoutSeconds: Int? = nil,
        timeoutMaxSeconds: Int? = nil, claimWindowSeconds: Int? = nil, defaultRisk: Risk? = nil,
        toolRisks: [ToolRiskBody]? = nil, failOpenTools: [String]? = nil,
        stepUpFrom: StepUpFrom? = nil, stepUp: StepUpBody? = nil,
        retentionDays: Int? = nil, adminEmail: String? = nil
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
        self.stepUp = stepUp
        self.retentionDays = retentionDays
        self.adminEmail = adminEmail
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        name = try reader.required("name")
        defaultGroup = try reader.optional("default_group")
        defaultTimeoutSeconds = try reader.optional("default_timeout_s")
        timeoutMaxSeconds = try reader.optional("timeout_max_s")
        claimWindowSeconds = try reader.optional("claim_window_s")
        defaultRisk = try reader.optional("default_risk")
        toolRisks = try reader.optional("tool_risks")
        failOpenTools = try reader.optional("fail_open_tools")
        stepUpFrom = try reader.optional("step_up_from")
        stepUp = try reader.optional("step_up")
        retentionDays = try reader.optional("retention_days")
        adminEmail = try reader.optional("admin_email")
        try reader.finish()
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
        writer.write("step_up", stepUp)
        writer.write("retention_days", retentionDays)
        writer.write("admin_email", adminEmail)
        return writer.value
    }
}
