public import Approvals

/// A tenant as an operator or admin describes it; nil keeps what is or takes the default.
public struct TenantSettings: Hashable, Sendable {
    public var name: TenantName
    public var defaultGroup: GroupName?
    public var defaultTimeoutSeconds: Int?
    public var timeoutMaxSeconds: Int?
    public var claimWindowSeconds: Int?
    public var defaultRisk: Risk?
    public var toolRisks: [ToolName: Risk]?
    public var failOpenTools: Set<ToolName>?
    public var stepUpFrom: StepUpFrom?
    /// After so many days the values of a call are erased.
    public var retentionDays: Int?
    /// Of the admin's own second factor: whoever has one does not ask for less without it.
    public var stepUpCode: StepUpCode?

    /// Names a tenant and says nothing else.
    public init(name: TenantName) { self.name = name }
}
