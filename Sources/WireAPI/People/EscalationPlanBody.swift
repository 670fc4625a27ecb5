public import Approvals
public import JSONTree

/// The escalation plan of a group, as sent.
public struct EscalationPlanBody: WireValue, Hashable {
    /// The version that was edited; 0 when there was none.
    public var version: Int
    /// In order; none takes the plan away.
    public var steps: [EscalationStepBody]
    /// How often the steps are taken again; never when missing.
    public var `repeat`: Int?
    /// `refuse` the call when the plan is through, the default, or `wait` for the deadline.
    public var end: String?

    /// Puts the value together.
    public init(
        version: Int, steps: [EscalationStepBody], repeat: Int? = nil, end: String? = nil
    ) {
        self.version = version
        self.steps = steps
        self.repeat = `repeat`
        self.end = end
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        version = try reader.required("version")
        steps = try reader.required("steps")
        `repeat` = try reader.optional("repeat")
        end = try reader.optional("end")
        try reader.finish()
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("version", version)
        writer.write("steps", steps)
        writer.write("repeat", `repeat`)
        writer.write("end", end)
        return writer.value
    }
}

/// One step of a plan.
public struct EscalationStepBody: WireValue, Hashable {
    /// How many seconds after the step before it, or after the submission.
    public var afterSeconds: Int
    /// To whom the approval is brought.
    public var to: EscalationTargetBody
    /// True to let the group decide from this step on; else a step changes nobody's authority.
    public var mayDecide: Bool?

    /// Puts the value together.
    public init(afterSeconds: Int, to: EscalationTargetBody, mayDecide: Bool? = nil) {
        self.afterSeconds = afterSeconds
        self.to = to
        self.mayDecide = mayDecide
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        afterSeconds = try reader.required("after_s")
        to = try reader.required("to")
        mayDecide = try reader.optional("may_decide")
        try reader.finish()
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("after_s", afterSeconds)
        writer.write("to", to)
        writer.write("may_decide", mayDecide)
        return writer.value
    }
}

/// The escalation plan of a group.
public struct EscalationPlanView: WireValue, Hashable {
    /// Whose calls it is for.
    public var group: String
    /// Send it back with a change; 0 when there never was a plan.
    public var version: Int
    /// In order; none when there is no plan.
    public var steps: [EscalationStepBody]
    /// How often the steps are taken again.
    public var `repeat`: Int
    /// `refuse` or `wait`.
    public var end: String
    /// The e-mail of who changed it last.
    public var changedBy: String?
    /// When they did.
    public var changedAt: Timestamp?
    /// Who is on duty now, by each schedule that a step goes to.
    public var onDuty: [EscalationDutyView]

    /// Puts the value together.
    public init(
        group: String, version: Int, steps: [EscalationStepBody] = [], repeat: Int = 0,
        end: String, changedBy: String? = nil, changedAt: Timestamp? = nil,
        onDuty: [EscalationDutyView] = []
    ) {
        self.group = group
        self.version = version
        self.steps = steps
        self.repeat = `repeat`
        self.end = end
        self.changedBy = changedBy
        self.changedAt = changedAt
        self.onDuty = onDuty
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        group = try reader.required("group")
        version = try reader.required("version")
        steps = try reader.list("steps")
        `repeat` = try reader.required("repeat")
        end = try reader.required("end")
        changedBy = try reader.optional("changed_by")
        changedAt = try reader.optional("changed_at")
        onDuty = try reader.optional("on_duty") ?? []
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("group", group)
        writer.write("version", version)
        writer.write("steps", steps)
        writer.write("repeat", `repeat`)
        writer.write("end", end)
        writer.write("changed_by", changedBy)
        writer.write("changed_at", changedAt)
        if !onDuty.isEmpty { writer.write("on_duty", onDuty) }
        return writer.value
    }
}
