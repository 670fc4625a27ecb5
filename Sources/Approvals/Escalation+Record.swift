public import JSONTree

extension EscalationPlan {
    /// As it is kept and committed to.
    public var record: JSONValue {
        var members = RecordMembers()
        members.put("steps", list: steps.map(\.record))
        members.put("repeat", int: repeats)
        members.put("end", text: end.rawValue)
        return members.value
    }

    /// Reads what `record` wrote.
    public init(record: JSONValue) throws(RecordError) {
        try self.init(record: try RecordFields(record, of: "plan"))
    }

    init(record fields: RecordFields) throws(RecordError) {
        self.init(
            steps: try fields.records("steps", Step.init(record:)),
            repeats: try fields.required("repeat", \.recordInt),
            end: try fields.required("end") { $0.recordWord(End.self) })
        guard (0...Self.repeatsMax).contains(repeats), steps.count <= Self.stepsMax else {
            throw RecordError(member: "steps")
        }
    }
}

extension EscalationPlan.Step {
    fileprivate var record: JSONValue {
        var members = RecordMembers()
        members.put("after", int: afterSeconds)
        switch target {
        case .group(let group): members.put("group", text: group.rawValue)
        case .people(let people):
            members.put("people", .array(people.map { .string($0.rawValue) }))
        case .schedule(let schedule): members.put("schedule", text: schedule.rawValue)
        }
        members.put("decides", flag: mayDecide)
        return members.value
    }

    fileprivate init(record fields: RecordFields) throws(RecordError) {
        let group = try fields.optional("group") { $0.recordName(GroupName.self) }
        let schedule = try fields.optional("schedule") { $0.recordName(GroupName.self) }
        let people = try fields.list("people") { $0.recordName(MemberID.self) }
        self.init(
            afterSeconds: try fields.required("after", \.recordInt),
            to: group.map { .group($0) } ?? schedule.map { .schedule($0) } ?? .people(people),
            mayDecide: try fields.optional("decides", \.boolValue) ?? false)
        guard (1...EscalationPlan.afterSecondsMax).contains(afterSeconds) else {
            throw RecordError(member: "after")
        }
    }
}

extension Escalation {
    var record: JSONValue {
        var members = RecordMembers()
        members.put("plan", plan.record)
        members.put("plan_version", int: version)
        members.put("step", int: step)
        members.put("passes", int: passes)
        members.put("next", instant: nextAt)
        members.put("taken", list: takenAt.map { .number(JSONNumber($0.milliseconds)) })
        members.put("groups", list: groups.map { .string($0.rawValue) })
        members.put("deciding", list: deciding.map { .string($0.rawValue) })
        members.put("people", list: people.map { .string($0.rawValue) })
        members.put("acknowledged", list: acknowledgements.map(\.record))
        if !duties.isEmpty { members.put("duties", list: duties.map(\.record)) }
        return members.value
    }

    init(record fields: RecordFields) throws(RecordError) {
        let plan = try EscalationPlan(record: try fields.value("plan"))
        let version = try fields.required("plan_version", \.recordInt)
        let begun = Escalation(plan, version: version, at: Timestamp(milliseconds: 0))
        guard var escalation = begun else { throw RecordError(member: "plan") }
        let step = try fields.required("step", \.recordInt)
        guard (0...plan.steps.count).contains(step) else { throw RecordError(member: "step") }
        escalation.restore(
            step: step, passes: try fields.required("passes", \.recordInt),
            takenAt: try fields.list("taken", \.recordInstant),
            nextAt: try fields.optional("next", \.recordInstant),
            told: Told(
                groups: try fields.list("groups") { $0.recordName(GroupName.self) },
                deciding: try fields.list("deciding") { $0.recordName(GroupName.self) },
                people: try fields.list("people") { $0.recordName(MemberID.self) }),
            acknowledgements: try fields.records(
                "acknowledged", Acknowledgement.init(record:)),
            duties: try fields.records("duties", ScheduleAnswer.init(record:)))
        self = escalation
    }
}

extension Escalation.Acknowledgement {
    fileprivate var record: JSONValue {
        var members = RecordMembers()
        members.put("by", text: by.rawValue)
        members.put("at", instant: at)
        members.put("until", instant: until)
        return members.value
    }

    fileprivate init(record fields: RecordFields) throws(RecordError) {
        self.init(
            by: try fields.required("by") { $0.recordName(MemberID.self) },
            at: try fields.required("at", \.recordInstant),
            until: try fields.required("until", \.recordInstant))
    }
}
