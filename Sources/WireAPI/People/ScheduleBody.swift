public import Approvals
public import JSONTree

/// A schedule as it shall be.
public struct ScheduleBody: WireValue, Hashable {
    /// The version that was edited; 0 for a new one.
    public var version: Int
    /// Whose approvals these people are expected to decide.
    public var group: GroupName
    /// The zone of every time on the wall in it.
    public var zone: String
    /// Who takes turns; all of them count.
    public var rotations: [RotationBody]

    /// Puts the value together.
    public init(
        version: Int, group: GroupName, zone: String, rotations: [RotationBody]
    ) {
        self.version = version
        self.group = group
        self.zone = zone
        self.rotations = rotations
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        version = try reader.required("version")
        group = try reader.required("group")
        zone = try reader.required("zone")
        rotations = try reader.required("rotations")
        try reader.finish()
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("version", version)
        writer.write("group", group)
        writer.write("zone", zone)
        writer.write("rotations", rotations)
        return writer.value
    }
}

/// People who take turns, as sent.
public struct RotationBody: WireValue, Hashable {
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

    /// A rotation that is there, to be sent back.
    public init(_ view: RotationView) {
        self.init(
            name: view.name, people: view.people, start: view.start, recurrence: view.recurrence,
            lengthSeconds: view.lengthSeconds, repeats: view.repeats)
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        name = try reader.required("name")
        people = try reader.required("people")
        start = try reader.required("start")
        recurrence = try reader.required("recurrence")
        lengthSeconds = try reader.optional("length_s")
        repeats = try reader.optional("repeats")
        try reader.finish()
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

/// Who goes and who comes for a while, as sent.
public struct OverrideBody: WireValue, Hashable {
    /// When it begins; what was before now stays as it was.
    public var start: Timestamp
    /// The first instant at which it is over.
    public var end: Timestamp
    /// The e-mail of who goes.
    public var remove: String?
    /// The e-mail of who comes.
    public var add: String?
    /// The override whose added person goes.
    public var parent: String?
    /// Why.
    public var reason: String
    /// True to be told what is worse with it, and to change nothing.
    public var preview: Bool?

    /// Puts the value together.
    public init(
        start: Timestamp, end: Timestamp, remove: String? = nil, add: String? = nil,
        parent: String? = nil, reason: String, preview: Bool? = nil
    ) {
        self.start = start
        self.end = end
        self.remove = remove
        self.add = add
        self.parent = parent
        self.reason = reason
        self.preview = preview
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        start = try reader.required("start")
        end = try reader.required("end")
        remove = try reader.optional("remove")
        add = try reader.optional("add")
        parent = try reader.optional("parent")
        reason = try reader.required("reason")
        preview = try reader.optional("preview")
        try reader.finish()
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("start", start)
        writer.write("end", end)
        writer.write("remove", remove)
        writer.write("add", add)
        writer.write("parent", parent)
        writer.write("reason", reason)
        writer.write("preview", preview)
        return writer.value
    }
}
