public import Approvals
import Duty
public import JSONTree
import ZoneTime

extension PlannedSchedule {
    /// What a version says, as the store keeps it and the log commits to it.
    public var record: JSONValue {
        [
            "group": .string(group.rawValue), "zone": .string(zone),
            "rotations": .array(rotations.map(\.record)), "removed": .bool(isRemoved),
        ]
    }

    /// Reads what a version says; nil when it is not what `record` writes.
    public init?(
        record: JSONValue, name: GroupName, version: Int, changedBy: MemberID, changedAt: Timestamp
    ) {
        guard let group = record["group"]?.stringValue.flatMap({ GroupName($0) }),
            let zone = record["zone"]?.stringValue,
            let isRemoved = record["removed"]?.boolValue,
            let elements = record["rotations"]?.arrayValue
        else { return nil }
        let rotations = elements.compactMap(PlannedRotation.init(record:))
        guard rotations.count == elements.count else { return nil }
        self.init(
            name: name, group: group, zone: zone, version: version, changedBy: changedBy,
            changedAt: changedAt, rotations: rotations, isRemoved: isRemoved)
    }
}

extension PlannedRotation {
    fileprivate var record: JSONValue {
        var members: JSONObject = [
            "name": .string(name), "people": .array(people.map { .string($0.rawValue) }),
            "start": .string("\(start)"), "hand_off": .string(handOff.ruleText(start: start)),
        ]
        if let lengthSeconds { members["length_s"] = .number(JSONNumber(lengthSeconds)) }
        if let repeats { members["repeats"] = .string(repeats.ruleText(start: start)) }
        return .object(members)
    }

    fileprivate init?(record: JSONValue) {
        guard let name = record["name"]?.stringValue,
            let elements = record["people"]?.arrayValue,
            let start = record["start"]?.stringValue.flatMap({ LocalTime($0) }),
            let handOff = Self.rule(record["hand_off"], start)
        else { return nil }
        let people = elements.compactMap { $0.stringValue.flatMap { MemberID($0) } }
        let repeats = Self.rule(record["repeats"], start)
        guard people.count == elements.count, (repeats == nil) == (record["repeats"] == nil)
        else { return nil }
        self.init(
            name: name, people: people, start: start, handOff: handOff,
            lengthSeconds: record["length_s"]?.intValue.map { Int($0) }, repeats: repeats)
    }

    private static func rule(_ value: JSONValue?, _ start: LocalTime) -> Recurrence? {
        guard let text = value?.stringValue else { return nil }
        do {
            return try Recurrence(rule: text, start: start)
        } catch {
            return nil
        }
    }
}
