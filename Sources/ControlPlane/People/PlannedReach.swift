public import Approvals
public import JSONTree
public import Reach
public import ZoneTime

/// Whose quiet hours they are.
public enum ReachOwner: Hashable, Sendable {
    case member(MemberID)
    /// Those of everybody of the group who set none of their own.
    case group(GroupName)
}

/// When somebody may be disturbed, as it is kept. It changes nothing about what they may decide.
public struct PlannedReach: Hashable, Sendable {
    public let owner: ReachOwner
    /// Counts its changes, from 1.
    public var version: Int
    public var zone: String
    public var quiet: [QuietHours]
    public var absences: [InstantRange]
    public var changedBy: MemberID
    public var changedAt: Timestamp

    /// Puts it together.
    public init(
        owner: ReachOwner, version: Int, zone: String, quiet: [QuietHours],
        absences: [InstantRange], changedBy: MemberID, changedAt: Timestamp
    ) {
        self.owner = owner
        self.version = version
        self.zone = zone
        self.quiet = quiet
        self.absences = absences
        self.changedBy = changedBy
        self.changedAt = changedAt
    }

    /// The same for the one who is to be disturbed.
    public var person: PersonReach { PersonReach(quiet: quiet, absences: absences) }

    /// The most quiet hours of one person or group.
    public static let quietMax = 14
    /// The most absences of one person or group.
    public static let absencesMax = 20
    /// The longest absence, in seconds.
    public static let absenceMax = 366 * 86_400
}

extension PlannedReach {
    /// What it says, as the store keeps it and the log commits to it.
    public var record: JSONValue {
        [
            "zone": .string(zone), "quiet": .array(quiet.map(Self.record)),
            "away": .array(
                absences.map { range in
                    [
                        "start": .number(JSONNumber(range.start.milliseconds)),
                        "end": .number(JSONNumber(range.end.milliseconds)),
                    ]
                }),
        ]
    }

    private static func record(_ hours: QuietHours) -> JSONValue {
        let days = Weekday.allCases.filter { hours.days.contains($0) }
        return [
            "days": .array(days.map { .string($0.code) }),
            "from": .number(JSONNumber(hours.start)), "to": .number(JSONNumber(hours.end)),
        ]
    }

    /// Reads what it says; nil when it is not what `record` writes.
    public init?(
        record: JSONValue, owner: ReachOwner, version: Int, changedBy: MemberID,
        changedAt: Timestamp
    ) {
        guard let zone = record["zone"]?.stringValue, let quiet = record["quiet"]?.arrayValue,
            let away = record["away"]?.arrayValue
        else { return nil }
        let hours = quiet.compactMap { Self.hours($0, zone: zone) }
        let absences = away.compactMap { value -> InstantRange? in
            guard let start = value["start"]?.intValue, let end = value["end"]?.intValue else {
                return nil
            }
            return InstantRange(Timestamp(milliseconds: start), Timestamp(milliseconds: end))
        }
        guard hours.count == quiet.count, absences.count == away.count else { return nil }
        self.init(
            owner: owner, version: version, zone: zone, quiet: hours, absences: absences,
            changedBy: changedBy, changedAt: changedAt)
    }

    private static func hours(_ record: JSONValue, zone: String) -> QuietHours? {
        guard let from = record["from"]?.intValue, let to = record["to"]?.intValue,
            let codes = record["days"]?.arrayValue
        else { return nil }
        let days = codes.compactMap { code in
            Weekday.allCases.first { $0.code == code.stringValue }
        }
        guard days.count == codes.count else { return nil }
        return QuietHours(zone: zone, start: Int(from), end: Int(to), days: Set(days))
    }
}

/// Whose quiet hours are asked for or changed: a person by e-mail, or a group.
public enum ReachSubject: Hashable, Sendable {
    case member(email: String)
    case group(GroupName)
}

/// When somebody may be disturbed as they send it, with nothing looked at yet.
public struct ReachWish: Hashable, Sendable {
    public var of: ReachSubject
    /// The version that was edited; 0 when there was none.
    public var version: Int
    public var zone: String
    public var quiet: [QuietHours]
    public var absences: [InstantRange]

    /// Puts it together.
    public init(
        of subject: ReachSubject, version: Int, zone: String, quiet: [QuietHours],
        absences: [InstantRange]
    ) {
        of = subject
        self.version = version
        self.zone = zone
        self.quiet = quiet
        self.absences = absences
    }
}

/// When somebody may be disturbed, with names.
public struct ReachReport: Hashable, Sendable {
    public var zone: String
    public var quiet: [QuietHours]
    public var absences: [InstantRange]
    /// 0 when nobody set anything.
    public var version: Int
    public var isQuiet: Bool
    public var changerEmail: String?
    public var changedAt: Timestamp?
}
