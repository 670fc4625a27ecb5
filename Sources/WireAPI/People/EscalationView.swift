public import Approvals
public import JSONTree

/// The escalation plan of a pending approval, and where it stands.
public struct EscalationView: WireValue, Hashable {
    /// Those of the pass that it is in.
    public var steps: [EscalationStepView]
    /// How many steps of this pass were taken.
    public var step: Int
    /// How many passes were finished.
    public var repeats: Int
    /// Who says that they look at it, while that holds it back.
    public var acknowledgedBy: String?
    /// Until when that holds it back.
    public var acknowledgedUntil: Timestamp?

    /// Puts the value together.
    public init(
        steps: [EscalationStepView], step: Int, repeats: Int, acknowledgedBy: String? = nil,
        acknowledgedUntil: Timestamp? = nil
    ) {
        self.steps = steps
        self.step = step
        self.repeats = repeats
        self.acknowledgedBy = acknowledgedBy
        self.acknowledgedUntil = acknowledgedUntil
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        steps = try reader.list("steps")
        step = try reader.required("step")
        repeats = try reader.required("repeats")
        acknowledgedBy = try reader.optional("acknowledged_by")
        acknowledgedUntil = try reader.optional("acknowledged_until")
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("steps", steps)
        writer.write("step", step)
        writer.write("repeats", repeats)
        writer.write("acknowledged_by", acknowledgedBy)
        writer.write("acknowledged_until", acknowledgedUntil)
        return writer.value
    }
}

/// One step of a plan that runs.
public struct EscalationStepView: WireValue, Hashable {
    /// How many seconds after the step before it, or after the pass began.
    public var afterSeconds: Int
    /// To whom the approval is brought.
    public var to: EscalationTargetBody
    /// True when the group may decide from this step on.
    public var mayDecide: Bool?
    /// `done`, `now`, `next` or `later`.
    public var state: String
    /// When it was taken, or will be if nothing happens.
    public var at: Timestamp?
    /// By e-mail, when it goes to a schedule: who was told, or who is on duty now.
    public var onDuty: [String]?

    /// Puts the value together.
    public init(
        afterSeconds: Int, to: EscalationTargetBody, mayDecide: Bool? = nil, state: String,
        at: Timestamp? = nil, onDuty: [String]? = nil
    ) {
        self.onDuty = onDuty
        self.afterSeconds = afterSeconds
        self.to = to
        self.mayDecide = mayDecide
        self.state = state
        self.at = at
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        afterSeconds = try reader.required("after_s")
        to = try reader.required("to")
        mayDecide = try reader.optional("may_decide")
        state = try reader.required("state")
        at = try reader.optional("at")
        onDuty = try reader.optional("on_duty")
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("after_s", afterSeconds)
        writer.write("to", to)
        writer.write("may_decide", mayDecide)
        writer.write("state", state)
        writer.write("at", at)
        writer.write("on_duty", onDuty)
        return writer.value
    }
}

/// To whom a step brings an approval: exactly one of these.
public struct EscalationTargetBody: WireValue, Hashable {
    /// Everybody of a group who decides.
    public var group: String?
    /// Whoever is on duty by a schedule.
    public var schedule: String?
    /// These people, by e-mail.
    public var people: [String]?

    /// Puts the value together.
    public init(group: String? = nil, schedule: String? = nil, people: [String]? = nil) {
        self.group = group
        self.schedule = schedule
        self.people = people
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        group = try reader.optional("group")
        schedule = try reader.optional("schedule")
        people = try reader.optional("people")
        try reader.finish()
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("group", group)
        writer.write("schedule", schedule)
        writer.write("people", people)
        return writer.value
    }
}
