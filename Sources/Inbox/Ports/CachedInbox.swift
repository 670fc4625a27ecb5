public import WireAPI

/// What earlier runs kept, as far as the first frame needs it.
///
/// Only the first rows come at once, so that starting costs the same however long the queue is; the
/// rest is asked for with `CacheQuery.rows` when somebody looks for it.
public struct CachedInbox: Hashable, Sendable {
    /// The most urgent rows: pending first, then by deadline; of one deadline in any order that
    /// stays. 256 are plenty.
    public var rows: [ApprovalSummary]
    /// What the local copy holds in all.
    public var totals: CachedTotals
    /// The views of the most urgent few.
    public var views: [ApproverView]
    /// Every draft.
    public var drafts: [Draft]
    /// How far the rows reach; nil when nothing was ever fetched.
    public var feed: CachedFeed?
    /// Who was asking.
    public var me: MeAnswer?
    /// What the audit log was seen to be.
    public var logPin: LogPin?
    /// How many drafts were there that nobody can open any more.
    public var lostDrafts: Int

    /// Puts it together; empty for a first start.
    public init(
        rows: [ApprovalSummary] = [], totals: CachedTotals = CachedTotals(),
        views: [ApproverView] = [], drafts: [Draft] = [], feed: CachedFeed? = nil,
        me: MeAnswer? = nil, logPin: LogPin? = nil, lostDrafts: Int = 0
    ) {
        self.rows = rows
        self.totals = totals
        self.views = views
        self.drafts = drafts
        self.feed = feed
        self.me = me
        self.logPin = logPin
        self.lostDrafts = lostDrafts
    }
}

/// A further piece of the local copy.
public struct CachedRows: Hashable, Sendable {
    /// In the order of `CachedInbox.rows`.
    public var rows: [ApprovalSummary]
    /// True when no row comes after these.
    public var isLast: Bool

    /// Puts it together.
    public init(rows: [ApprovalSummary], isLast: Bool) {
        self.rows = rows
        self.isLast = isLast
    }
}

/// How much the local copy holds.
public struct CachedTotals: Hashable, Sendable {
    /// All rows.
    public var rows: Int
    /// Those that are pending.
    public var pending: Int
    /// Those that are pending at high or critical risk.
    public var pendingHigh: Int

    /// Puts it together.
    public init(rows: Int = 0, pending: Int = 0, pendingHigh: Int = 0) {
        self.rows = rows
        self.pending = pending
        self.pendingHigh = pendingHigh
    }
}
