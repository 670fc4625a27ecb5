public import Approvals
public import JSONTree

/// Who goes and who comes for a while.
public struct OverrideView: WireValue, Hashable {
    /// Names it.
    public var id: String
    /// The schedule that it lies on.
    public var schedule: GroupName
    /// When it begins.
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
    /// The e-mail of who made it.
    public var createdBy: String
    /// When it was made.
    public var createdAt: Timestamp

    /// Puts the value together.
    public init(
        id: String, schedule: GroupName, start: Timestamp, end: Timestamp, remove: String? = nil,
        add: String? = nil, parent: String? = nil, reason: String, createdBy: String,
        createdAt: Timestamp
    ) {
        self.id = id
        self.schedule = schedule
        self.start = start
        self.end = end
        self.remove = remove
        self.add = add
        self.parent = parent
        self.reason = reason
        self.createdBy = createdBy
        self.createdAt = createdAt
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        id = try reader.required("id")
        schedule = try reader.required("schedule")
        start = try reader.required("start")
        end = try reader.required("end")
        remove = try reader.optional("remove")
        add = try reader.optional("add")
        parent = try reader.optional("parent")
        reason = try reader.required("reason")
        createdBy = try reader.required("created_by")
        createdAt = try reader.required("created_at")
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("id", id)
        writer.write("schedule", schedule)
        writer.write("start", start)
        writer.write("end", end)
        writer.write("remove", remove)
        writer.write("add", add)
        writer.write("parent", parent)
        writer.write("reason", reason)
        writer.write("created_by", createdBy)
        writer.write("created_at", createdAt)
        return writer.value
    }
}

/// An override that was made.
public struct OverrideAnswer: WireValue, Hashable {
    /// The override.
    public var made: OverrideView
    /// What is worse with it than without.
    public var warnings: [String]

    /// Puts the value together.
    public init(
        made: OverrideView, warnings: [String] = []
    ) {
        self.made = made
        self.warnings = warnings
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        made = try reader.required("override")
        warnings = try reader.list("warnings")
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("override", made)
        writer.write("warnings", warnings)
        return writer.value
    }
}
