public import Approvals
public import JSONTree

/// Who is asking.
public struct MeAnswer: WireValue, Hashable {
    /// The id of the member or agent.
    public var id: String
    /// The e-mail or the agent's name.
    public var name: String
    /// `member` or `agent`.
    public var kind: String
    /// The tenant.
    public var tenant: TenantName
    /// What they may do.
    public var roles: [Role]
    /// For whom they decide.
    public var groups: [GroupName]
    /// True when they may manage tenants.
    public var isOperator: Bool
    /// True until shifts say otherwise.
    public var isOnShift: Bool
    /// The end of the shift.
    public var shiftUntil: Timestamp?
    /// Lent to them.
    public var delegationsIn: [JSONValue]
    /// Lent by them.
    public var delegationsOut: [JSONValue]
    /// How far they are with their second factor.
    public var stepUp: StepUpState
    /// The server's clock.
    public var serverTime: Timestamp
    /// What stops every release of the tenant; nil when nothing does.
    public var halt: HaltView?
    /// Whether they are expected to decide; nil where no schedule of their groups says.
    public var duty: DutyView?
    /// Until when they are not to be disturbed, but for what is critical; nil when they may be.
    public var quietUntil: Timestamp?
    /// For a lead: what was approved by break-glass and nobody reviewed; nil when there is nothing.
    public var breakGlass: BreakGlassDebt?

    /// Puts the value together.
    public init(
        id: String, name: String, kind: String, tenant: TenantName, roles: [Role] = [],
        groups: [GroupName] = [], isOperator: Bool, isOnShift: Bool, shiftUntil: Timestamp? = nil,
        delegationsIn: [JSONValue] = [], delegationsOut: [JSONValue] = [],
        stepUp: StepUpState = .none, serverTime: Timestamp, halt: HaltView? = nil,
        duty: DutyView? = nil, quietUntil: Timestamp? = nil,
        breakGlass: BreakGlassDebt? = nil
    ) {
        self.id = id
        self.name = name
        self.kind = kind
        self.tenant = tenant
        self.roles = roles
        self.groups = groups
        self.isOperator = isOperator
        self.isOnShift = isOnShift
        self.shiftUntil = shiftUntil
        self.delegationsIn = delegationsIn
        self.delegationsOut = delegationsOut
        self.stepUp = stepUp
        self.serverTime = serverTime
        self.halt = halt
        self.duty = duty
        self.quietUntil = quietUntil
        self.breakGlass = breakGlass
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        id = try reader.required("id")
        name = try reader.required("name")
        kind = try reader.required("kind")
        tenant = try reader.required("tenant")
        roles = try reader.list("roles")
        groups = try reader.list("groups")
        isOperator = try reader.required("operator")
        isOnShift = try reader.required("on_shift")
        shiftUntil = try reader.optional("shift_until")
        delegationsIn = try reader.list("delegations_in")
        delegationsOut = try reader.list("delegations_out")
        stepUp = try reader.optional("step_up") ?? StepUpState.none
        serverTime = try reader.required("server_time")
        halt = try reader.optional("halt")
        duty = try reader.optional("duty")
        quietUntil = try reader.optional("quiet_until")
        breakGlass = try reader.optional("break_glass")
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("id", id)
        writer.write("name", name)
        writer.write("kind", kind)
        writer.write("tenant", tenant)
        writer.write("roles", roles)
        writer.write("groups", groups)
        writer.write("operator", isOperator)
        writer.write("on_shift", isOnShift)
        writer.write("shift_until", shiftUntil)
        writer.write("delegations_in", delegationsIn)
        writer.write("delegations_out", delegationsOut)
        writer.write("step_up", stepUp)
        writer.write("server_time", serverTime)
        writer.write("halt", halt)
        writer.write("duty", duty)
        writer.write("quiet_until", quietUntil)
        writer.write("break_glass", breakGlass)
        return writer.value
    }
}
