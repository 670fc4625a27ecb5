public import Approvals
public import JSONTree
public import WireAPI

/// One change of the local copy. Nothing here ever holds a revealed value.
public enum CacheChange: Hashable, Sendable {
    /// Add these rows, or put them in place of older ones of the same ids.
    case putRows([ApprovalSummary])
    /// Forget these rows, with their views.
    case removeRows([ApprovalID])
    /// Forget every row and view and the place in the feed; drafts stay.
    case removeAllRows
    /// Keep this view, in place of an older one of the same id.
    case putView(ApproverView)
    /// Keep this draft, in place of an older one of the same id.
    case putDraft(Draft)
    /// Forget the draft of this approval.
    case removeDraft(ApprovalID)
    /// Who is asking.
    case putMe(MeAnswer)
    /// How far the rows reach.
    case putFeed(CachedFeed)
    /// What the audit log was seen to be.
    case putLogPin(LogPin)
    /// Forget everything: the token is another person's now.
    case removeEverything
}

/// How far the rows of the local copy reach, and how old they are.
public struct CachedFeed: WireValue, Hashable {
    /// Where the change feed goes on.
    public var cursor: String
    /// The server's clock at the last answer.
    public var serverTime: Timestamp
    /// The local clock at the last answer.
    public var answeredAt: Timestamp

    /// Puts it together.
    public init(cursor: String, serverTime: Timestamp, answeredAt: Timestamp) {
        self.cursor = cursor
        self.serverTime = serverTime
        self.answeredAt = answeredAt
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        cursor = try reader.required("cursor")
        serverTime = try reader.required("server_time")
        answeredAt = try reader.required("answered_at")
        try reader.finish()
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("cursor", cursor)
        writer.write("server_time", serverTime)
        writer.write("answered_at", answeredAt)
        return writer.value
    }
}

/// What to read from the local copy.
public enum CacheQuery: Hashable, Sendable {
    /// The rows after a place, in the order of `CachedInbox.rows`; answered by `.rowsLoaded`.
    case rows(after: RowPlace, limit: Int)
    /// One view; answered by `.viewLoaded`.
    case view(ApprovalID)
}

/// A place in the order of the queue: pending first, then by deadline, then by id.
public struct RowPlace: Hashable, Sendable {
    /// Whether the row there is pending.
    public var isPending: Bool
    /// Its deadline.
    public var deadline: Timestamp
    /// Its id.
    public var id: ApprovalID

    /// Puts a place together.
    public init(isPending: Bool, deadline: Timestamp, id: ApprovalID) {
        self.isPending = isPending
        self.deadline = deadline
        self.id = id
    }

    /// The place of a row.
    public init(_ row: ApprovalSummary) {
        self.init(isPending: row.state == .pending, deadline: row.deadline, id: row.id)
    }
}
