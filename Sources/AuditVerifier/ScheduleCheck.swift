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

    /// A sentence when a step or a change of shifts names what cannot have been.
    func look(at header: RecordHeader, isWhole: Bool) -> String? {
        if header.type == .approvalEscalated { return step(header, isWhole: isWhole) }
        return header.type == .approvalHandedOver ? change(header, isWhole: isWhole) : nil
    }

    private func change(_ header: RecordHeader, isWhole: Bool) -> String? {
        guard let schedules = header.facts["schedules"]?.stringValue, !schedules.isEmpty,
            header.facts["to"]?.stringValue?.isEmpty == false
        else { return "A change of shifts does not say to whom it went, or by which schedule." }
        for part in schedules.split(separator: " ") {
            let words = part.split(separator: "@").map(String.init)
            guard words.count == 2, let stated = Int64(words[1]) else {
                return "A change of shifts names no version of a schedule."
            }
            let known = versions[ByteText(words[0])]
            guard known == stated || (known == nil && !isWhole) else {
                return "A change of shifts names a version of its schedule that was not in force."
            }
        }
        return nil
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
