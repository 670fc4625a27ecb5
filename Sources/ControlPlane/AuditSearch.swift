public import Approvals

/// What is looked for in a tenant's audit log, newest first; all of what is named must fit.
public struct AuditSearch: Hashable, Sendable {
    /// The events about this approval.
    public var approval: ApprovalID?
    /// The tool that was called: every event about such an approval fits.
    public var tool: String?
    /// The e-mail of a member, the name of an agent, or an id, which members who left have too:
    /// what they did, or what was done in their name.
    public var by: String?
    /// The rule that asked, or a policy: every event about such an approval fits.
    public var rule: String?
    /// The type of event, or its beginning, as in `approval.`.
    public var type: String?
    /// The first instant, and the first one that is too late.
    public var since: Timestamp?
    public var until: Timestamp?
    /// Only events before this one.
    public var before: Int64?
    /// The most events.
    public var limit: Int

    /// Looks for the newest events.
    public init(limit: Int) { self.limit = limit }

    /// The most that one search finds at once.
    public static let foundMax = 200
    /// So many events are read for one answer; more are looked for with the next.
    public static let readMax = 2_000
    /// So many numbers are passed over for one answer.
    public static let passedMax: Int64 = 100_000
    /// The longest text.
    public static let textBytesMax = 256
}

/// What the store can sort out by itself.
public struct EventSieve: Hashable, Sendable {
    public var approval: ApprovalID?
    /// The type or its beginning.
    public var type: String?
    public var since: Timestamp?
    public var until: Timestamp?

    /// What of a search needs no look into the event.
    public init(_ search: AuditSearch) {
        approval = search.approval
        type = search.type
        since = search.since
        until = search.until
    }
}
