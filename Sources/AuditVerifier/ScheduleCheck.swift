import Audit
import JSONTree

/// Whether a step of an escalation asked the schedule that was in force.
struct ScheduleCheck {
    /// The newest version of each schedule.
    private var versions: [ByteText: Int64] = [:]

    static let types: Set<EventType> = [.scheduleChanged, .scheduleRemoved]

    mutating func note(_ header: RecordHeader) {
        versions[ByteText(header.subject)] = header.facts["version"]?.intValue
    }

    /// A sentence when the step names what cannot have been; nil for a step to no schedule.
    func step(_ header: RecordHeader, isWhole: Bool) -> String? {
        guard let name = header.facts["schedule"]?.stringValue else { return nil }
        guard let stated = header.facts["schedule_version"]?.intValue,
            header.facts["zones"]?.stringValue != nil,
            header.facts["to_people"]?.stringValue?.isEmpty == false
        else { return "An escalation to a schedule does not say whom it named, or from what." }
        guard isWhole || versions[ByteText(name)] != nil else { return nil }
        return versions[ByteText(name)] == stated
            ? nil : "An escalation asked a version of its schedule that was not in force."
    }
}
