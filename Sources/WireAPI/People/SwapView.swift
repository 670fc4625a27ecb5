public import Approvals
public import JSONTree

/// Hours of one's own that are offered, as sent.
public struct SwapBody: WireValue, Hashable {
    /// When they begin.
    public var start: Timestamp
    /// The first instant at which they are over.
    public var end: Timestamp
    /// The e-mail of who is asked; everybody of the group when missing.
    public var take: String?
    /// When the hours that are taken in return begin.
    public var returnStart: Timestamp?
    /// The first instant at which those are over.
    public var returnEnd: Timestamp?
    /// Why.
    public var reason: String

    /// Puts the value together.
    public init(
        start: Timestamp, end: Timestamp, take: String? = nil, returnStart: Timestamp? = nil,
        returnEnd: Timestamp? = nil, reason: String
    ) {
        self.start = start
        self.end = end
        self.take = take
        self.returnStart = returnStart
        self.returnEnd = returnEnd
        self.reason = reason
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        start = try reader.required("start")
        end = try reader.required("end")
        take = try reader.optional("take")
        returnStart = try reader.optional("return_start")
        returnEnd = try reader.optional("return_end")
        reason = try reader.required("reason")
        try reader.finish()
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("start", start)
        writer.write("end", end)
        writer.write("take", take)
        writer.write("return_start", returnStart)
        writer.write("return_end", returnEnd)
        writer.write("reason", reason)
        return writer.value
    }
}

/// An offer to swap hours of a schedule.
public struct SwapView: WireValue, Hashable {
    /// Names it.
    public var id: String
    /// The schedule whose hours they are.
    public var schedule: GroupName
    /// When they begin.
    public var start: Timestamp
    /// The first instant at which they are over.
    public var end: Timestamp
    /// The e-mail of whose hours they are.
    public var give: String
    /// The e-mail of who is asked; everybody of the group when missing.
    public var take: String?
    /// When the hours that are taken in return begin.
    public var returnStart: Timestamp?
    /// The first instant at which those are over.
    public var returnEnd: Timestamp?
    /// Why.
    public var reason: String
    /// `open`, `taken`, `lapsed` or `withdrawn`.
    public var state: String
    /// The e-mail of who took it.
    public var takenBy: String?
    /// Its halves, once it is taken.
    public var overrides: [String]
    /// When it was offered.
    public var createdAt: Timestamp

    /// Puts the value together.
    public init(
        id: String, schedule: GroupName, start: Timestamp, end: Timestamp, give: String,
        take: String? = nil, returnStart: Timestamp? = nil, returnEnd: Timestamp? = nil,
        reason: String, state: String, takenBy: String? = nil, overrides: [String] = [],
        createdAt: Timestamp
    ) {
        self.id = id
        self.schedule = schedule
        self.start = start
        self.end = end
        self.give = give
        self.take = take
        self.returnStart = returnStart
        self.returnEnd = returnEnd
        self.reason = reason
        self.state = state
        self.takenBy = takenBy
        self.overrides = overrides
        self.createdAt = createdAt
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        id = try reader.required("id")
        schedule = try reader.required("schedule")
        start = try reader.required("start")
        end = try reader.required("end")
        give = try reader.required("give")
        take = try reader.optional("take")
        returnStart = try reader.optional("return_start")
        returnEnd = try reader.optional("return_end")
        reason = try reader.required("reason")
        state = try reader.required("state")
        takenBy = try reader.optional("taken_by")
        overrides = try reader.list("overrides")
        createdAt = try reader.required("created_at")
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("id", id)
        writer.write("schedule", schedule)
        writer.write("start", start)
        writer.write("end", end)
        writer.write("give", give)
        writer.write("take", take)
        writer.write("return_start", returnStart)
        writer.write("return_end", returnEnd)
        writer.write("reason", reason)
        writer.write("state", state)
        writer.write("taken_by", takenBy)
        writer.write("overrides", overrides)
        writer.write("created_at", createdAt)
        return writer.value
    }
}

/// An offer that was made or taken.
public struct SwapAnswer: WireValue, Hashable {
    /// The offer.
    public var swap: SwapView
    /// What is worse with it than without.
    public var warnings: [String]

    /// Puts the value together.
    public init(swap: SwapView, warnings: [String] = []) {
        self.swap = swap
        self.warnings = warnings
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        swap = try reader.required("swap")
        warnings = try reader.list("warnings")
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("swap", swap)
        writer.write("warnings", warnings)
        return writer.value
    }
}
