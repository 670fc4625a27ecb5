public import Approvals
public import JSONTree

/// Who is expected to decide, and when.
public struct ScheduleView: WireValue, Hashable {
    /// What it is called.
    public var name: GroupName
    /// Whose approvals these people are expected to decide.
    public var group: GroupName
    /// The zone of every time on the wall in it.
    public var zone: String
    /// Counts its changes; a change names the one it was made from.
    public var version: Int
    /// The e-mail of who changed it last.
    public var changedBy: String
    /// When that was.
    public var changedAt: Timestamp
    /// Who takes turns; all of them count.
    public var rotations: [RotationView]
    /// Who is on duty now.
    public var now: OnDutyView

    /// Puts the value together.
    public init(
        name: GroupName, group: GroupName, zone: String, version: Int, changedBy: String,
        changedAt: Timestamp, rotations: [RotationView] = [], now: OnDutyView
    ) {
        self.name = name
        self.group = group
        self.zone = zone
        self.version = version
        self.changedBy = changedBy
        self.changedAt = changedAt
        self.rotations = rotations
        self.now = now
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        name = try reader.required("name")
        group = try reader.required("group")
        zone = try reader.required("zone")
        version = try reader.required("version")
        changedBy = try reader.required("changed_by")
        changedAt = try reader.required("changed_at")
        rotations = try reader.list("rotations")
        now = try reader.required("now")
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("name", name)
        writer.write("group", group)
        writer.write("zone", zone)
        writer.write("version", version)
        writer.write("changed_by", changedBy)
        writer.write("changed_at", changedAt)
        writer.write("rotations", rotations)
        writer.write("now", now)
        return writer.value
    }
}

/// People who take turns.
public struct RotationView: WireValue, Hashable {
    /// What people call it.
    public var name: String
    /// The e-mails of who takes turns, in their order.
    public var people: [String]
    /// When the first turn begins, on the wall of the zone.
    public var start: String
    /// When the next one takes over, as in RFC 5545.
    public var recurrence: String
    /// How long each duty is; all the time when missing.
    public var lengthSeconds: Int?
    /// On which days the duty comes again; with `length_s` only.
    public var repeats: String?

    /// Puts the value together.
    public init(
        name: String, people: [String], start: String, recurrence: String,
        lengthSeconds: Int? = nil, repeats: String? = nil
    ) {
        self.name = name
        self.people = people
        self.start = start
        self.recurrence = recurrence
        self.lengthSeconds = lengthSeconds
        self.repeats = repeats
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        name = try reader.required("name")
        people = try reader.required("people")
        start = try reader.required("start")
        recurrence = try reader.required("recurrence")
        lengthSeconds = try reader.optional("length_s")
        repeats = try reader.optional("repeats")
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("name", name)
        writer.write("people", people)
        writer.write("start", start)
        writer.write("recurrence", recurrence)
        writer.write("length_s", lengthSeconds)
        writer.write("repeats", repeats)
        return writer.value
    }
}

/// Who is expected to decide now.
public struct OnDutyView: WireValue, Hashable {
    /// Their e-mails; nobody is a gap.
    public var people: [String]
    /// Until when; null when nothing changes in 31 days.
    public var until: Timestamp?

    /// Puts the value together.
    public init(
        people: [String] = [], until: Timestamp? = nil
    ) {
        self.people = people
        self.until = until
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        people = try reader.list("on")
        until = try reader.optional("until")
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("on", people)
        writer.write("until", orNull: until)
        return writer.value
    }
}
