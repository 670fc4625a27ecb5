import JSONTree

/// Whom a schedule named when a step of an escalation asked it, and from what it was computed.
///
/// It is kept as it was: a schedule that is changed later changes nothing of it.
public struct ScheduleAnswer: Hashable, Sendable {
    public let schedule: GroupName
    /// The version of the schedule; 0 when there was none of this name.
    public let version: Int
    /// The version of the zone database.
    public let zoneVersion: String
    /// Who was on duty and could be told; nobody is a gap.
    public let people: [MemberID]
    public let at: Timestamp

    /// Puts it together.
    public init(
        schedule: GroupName, version: Int, zoneVersion: String, people: [MemberID], at: Timestamp
    ) {
        self.schedule = schedule
        self.version = version
        self.zoneVersion = zoneVersion
        self.people = people
        self.at = at
    }

    var record: JSONValue {
        var members = RecordMembers()
        members.put("schedule", text: schedule.rawValue)
        members.put("version", int: version)
        members.put("zones", text: zoneVersion)
        members.put("people", list: people.map { .string($0.rawValue) })
        members.put("at", instant: at)
        return members.value
    }

    init(record fields: RecordFields) throws(RecordError) {
        self.init(
            schedule: try fields.required("schedule") { $0.recordName(GroupName.self) },
            version: try fields.required("version", \.recordInt),
            zoneVersion: try fields.required("zones", \.recordText),
            people: try fields.list("people") { $0.recordName(MemberID.self) },
            at: try fields.required("at", \.recordInstant))
    }
}
