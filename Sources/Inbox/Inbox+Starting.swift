import Approvals
import WireAPI

extension Inbox {
    /// Shows what earlier runs kept, and begins to ask.
    mutating func start(_ cached: CachedInbox) {
        network.isStarted = true
        if let feed = cached.feed {
            clock.heard(feed.serverTime, at: feed.answeredAt)
            poller.resume(feed)
        }
        countArrivals(among: cached.rows)
        queue.putCopied(cached.rows)
        copy.answeredAt = cached.feed?.answeredAt
        copy.openedAt = now
        me = cached.me
        logWatch.pin = cached.logPin
        for view in cached.views { shelf.put(KnownView(view, isFresh: false)) }
        for draft in cached.drafts { outbox.drafts[draft.id] = draft }
        let isAll = cached.rows.count >= cached.totals.rows
        copy.totals = isAll ? nil : cached.totals
        copy.place = isAll ? nil : cached.rows.last.map { RowPlace($0) }
        if cached.lostDrafts > 0 { sayLost(cached.lostDrafts) }
        queue.findSelection()
        network.subjectSince = now.adding(milliseconds: -Self.viewRestMilliseconds)
        send(Requests.me(), for: .me)
    }

    /// Drafts are kept under a key that does not outlive a restart of the machine.
    private mutating func sayLost(_ count: Int) {
        let drafts = count == 1 ? "1 draft was" : "\(count) drafts were"
        say(
            .warning,
            "\(drafts) lost: the key to the local copy is gone, as after a restart of the machine. "
                + "Nothing of it was sent.")
    }

    /// How old what a row shows is: milliseconds since the server last stood behind it; nil once it
    /// did so in this run, and in the first moment, in which it usually does.
    package func age(of row: QueueRow) -> Int64? {
        guard row.isFromCopy, let answeredAt = copy.answeredAt, showsAges else { return nil }
        return max(0, now.since(answeredAt))
    }

    /// True while rows of the local copy may be out of date.
    private var showsAges: Bool {
        guard !poller.isComplete || poller.isReloading else { return false }
        guard poller.connection == .connecting else { return true }
        return now >= agesDueAt
    }

    /// When ages are shown if nothing was answered until then.
    var agesDueAt: Timestamp { copy.openedAt.adding(seconds: 1) }

    /// A further piece of the local copy came.
    mutating func loaded(_ piece: CachedRows) {
        copy.isLoading = false
        copy.place = piece.isLast ? nil : piece.rows.last.map { RowPlace($0) } ?? copy.place
        if piece.isLast || piece.rows.isEmpty {
            copy.place = nil
            copy.totals = nil
        }
        queue.append(piece.rows)
        if copy.wantsAll, copy.place != nil { loadMore() }
        if copy.place == nil { allLoaded() }
    }

    /// What waited for all rows to be in memory.
    private mutating func allLoaded() {
        guard copy.wantsAll else { return }
        copy.wantsAll = false
        if copy.sortsWhenLoaded {
            copy.sortsWhenLoaded = false
            save(removing: queue.settle())
        }
        if copy.endWhenLoaded {
            copy.endWhenLoaded = false
            queue.select(.max, rows: layout.listRows)
        }
    }

    /// A view of the local copy came; the server's own is newer.
    mutating func loaded(_ view: ApproverView?, of id: ApprovalID) {
        guard let view, shelf[id] == nil else { return }
        take(view, isFresh: false)
    }

    /// Loads more of the local copy when the cursor comes near to the end of what is loaded.
    mutating func loadMoreIfNear() {
        let margin = 4 * max(1, layout.listRows)
        guard screen == .queue, queue.index + margin > queue.list.count else { return }
        loadMore()
    }

    /// Asks for the next piece of the local copy.
    mutating func loadMore() {
        guard let place = copy.place, !copy.isLoading else { return }
        copy.isLoading = true
        effects.append(.load(.rows(after: place, limit: copy.pageRows)))
    }

    /// Loads everything; then what the caller has set in `copy` is done.
    mutating func loadAll() {
        guard copy.place != nil, !copy.wantsAll else { return }
        if let totals = copy.totals { queue.reserve(totals.rows) }
        copy.wantsAll = true
        loadMore()
    }

    mutating func save(removing ids: [ApprovalID]) {
        if !ids.isEmpty { save([.removeRows(ids)]) }
    }

    /// How many approvals are pending, as far as anybody knows.
    package var pendingCount: Int { copy.totals?.pending ?? queue.counts.pending }

    /// How many pending approvals are of high or critical risk.
    package var pendingHighCount: Int { copy.totals?.pendingHigh ?? queue.counts.pendingHigh }

    /// True while more rows are in the local copy than in memory.
    package var hasMoreRows: Bool { copy.place != nil }
}
