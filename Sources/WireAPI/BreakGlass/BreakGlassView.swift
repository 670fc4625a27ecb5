public import Approvals
public import JSONTree

/// A use of break-glass and its review.
public struct BreakGlassView: WireValue, Hashable {
    /// The approval that was decided.
    public var id: String
    /// `open`, `overdue` or `reviewed`.
    public var state: String
    public var tool: String?
    /// The e-mail of who did it.
    public var by: String
    public var at: Timestamp
    /// Why; nil once it was erased.
    public var reason: String?
    /// Until when a lead has to look at it.
    public var dueAt: Timestamp
    /// The e-mail of the lead.
    public var reviewedBy: String?
    public var reviewedAt: Timestamp?

    /// Puts the value together.
    public init(
        id: String, state: String, tool: String? = nil, by: String, at: Timestamp,
        reason: String? = nil, dueAt: Timestamp, reviewedBy: String? = nil,
        reviewedAt: Timestamp? = nil
    ) {
        self.id = id
        self.state = state
        self.tool = tool
        self.by = by
        self.at = at
        self.reason = reason
        self.dueAt = dueAt
        self.reviewedBy = reviewedBy
        self.reviewedAt = reviewedAt
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        id = try reader.required("id")
        state = try reader.required("state")
        tool = try reader.optional("tool")
        by = try reader.required("by")
        at = try reader.required("at")
        reason = try reader.optional("reason")
        dueAt = try reader.required("due_at")
        reviewedBy = try reader.optional("reviewed_by")
        reviewedAt = try reader.optional("reviewed_at")
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("id", id)
        writer.write("state", state)
        writer.write("tool", tool)
        writer.write("by", by)
        writer.write("at", at)
        writer.write("reason", reason)
        writer.write("due_at", dueAt)
        writer.write("reviewed_by", reviewedBy)
        writer.write("reviewed_at", reviewedAt)
        return writer.value
    }
}

/// Uses of break-glass that nobody reviewed.
public struct BreakGlassDebt: WireValue, Hashable {
    public var open: Int
    /// So many of them for longer than they may wait.
    public var overdue: Int
    /// The newest of them.
    public var newest: BreakGlassView

    /// Puts the value together.
    public init(open: Int, overdue: Int, newest: BreakGlassView) {
        self.open = open
        self.overdue = overdue
        self.newest = newest
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        open = try reader.required("open")
        overdue = try reader.required("overdue")
        newest = try reader.required("newest")
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("open", open)
        writer.write("overdue", overdue)
        writer.write("newest", newest)
        return writer.value
    }
}
