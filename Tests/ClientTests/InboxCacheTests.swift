import Approvals
import Glibc
import Inbox
import InboxCache
import SQLiteDatabase
import Testing
import WireAPI

/// Goal: the local copy gives back what it was given, to nobody else, and forgets for good.
@Suite struct InboxCacheTests {
    private func feed(_ cursor: String) -> CachedFeed {
        CachedFeed(
            cursor: cursor, serverTime: Timestamp(milliseconds: 5),
            answeredAt: Timestamp(milliseconds: 6))
    }

    @Test func everythingSurvivesARestart() throws {
        let scratch = try ScratchFolder()
        let folder = scratch.cacheFolder()
        let rows = [
            try ApprovalSummary.fixture(3, risk: .critical),
            try .fixture(1, state: .rejected, settledAt: Timestamp(milliseconds: 9)),
            try .fixture(2, summary: "e\u{301} \u{202E} \u{1B}[2J"),
        ]
        try InboxCache(in: folder).apply([
            .putRows(rows), .putView(try .fixture(2)), .putDraft(try .fixture(7)),
            .putFeed(feed("c1")),
        ])
        let cached = try InboxCache(in: folder).start(rows: 10, views: 3)
        #expect(cached.rows == [rows[2], rows[0], rows[1]])
        #expect(cached.lostDrafts == 0)
        #expect(cached.totals == CachedTotals(rows: 3, pending: 2, pendingHigh: 1))
        #expect(cached.views == [try .fixture(2)])
        #expect(cached.drafts == [try .fixture(7)])
        #expect(cached.feed == feed("c1"))
        #expect(cached.me == nil)
    }

    @Test func pagesFollowEachOtherWithoutGapOrRepetition() throws {
        let scratch = try ScratchFolder()
        let cache = try InboxCache(in: scratch.cacheFolder())
        let rows = try (0..<100).map { number in
            try ApprovalSummary.fixture(
                number, state: number % 3 == 0 ? .expired : .pending, deadline: number % 7)
        }
        try cache.apply([.putRows(rows)])
        let order = rows.sorted { left, right in
            let (a, b) = (RowPlace(left), RowPlace(right))
            if a.isPending != b.isPending { return a.isPending }
            return a.deadline < b.deadline
        }
        var found = try cache.start(rows: 7, views: 0).rows
        while let last = found.last, found.count < 200 {
            let page = try cache.rows(after: RowPlace(last), limit: 9)
            found += page.rows
            if page.isLast { break }
        }
        #expect(Set(found) == Set(rows))
        #expect(found.map(\.deadline) == order.map(\.deadline))
        #expect(found.map(\.state) == order.map(\.state))
    }

    @Test func anOlderRevisionNeverReplacesANewerOne() throws {
        let scratch = try ScratchFolder()
        let cache = try InboxCache(in: scratch.cacheFolder())
        try cache.apply([.putRows([try .fixture(1, state: .approved, revision: 4)])])
        try cache.apply([.putRows([try .fixture(1, revision: 3)])])
        let cached = try cache.start(rows: 9, views: 0)
        #expect(cached.rows.map(\.revision) == [4])
        #expect(cached.totals == CachedTotals(rows: 1, pending: 0))
    }

    @Test func totalsAreTheRowsWhateverHappens() throws {
        let scratch = try ScratchFolder()
        let cache = try InboxCache(in: scratch.cacheFolder())
        var generator = SeededNumbers(seed: 11)
        var model: [Int: ApprovalSummary] = [:]
        for step in 0..<300 {
            let number = generator.next(below: 20)
            switch generator.next(below: 12) {
            case 0:
                try cache.apply([.removeAllRows])
                model = [:]
            case 1, 2, 3:
                try cache.apply([.removeRows([try .fixture(number)])])
                model[number] = nil
            default:
                let state: ApprovalState = generator.next(below: 3) == 0 ? .rejected : .pending
                let risk = Risk.allCases[generator.next(below: 4)]
                let row = try ApprovalSummary.fixture(
                    number, state: state, revision: step, risk: risk)
                try cache.apply([.putRows([row])])
                model[number] = row
            }
            let pending = model.values.filter { $0.state == .pending }
            let totals = CachedTotals(
                rows: model.count, pending: pending.count,
                pendingHigh: pending.count { $0.risk >= .high })
            try #require(try cache.totals() == totals, "step \(step)")
        }
    }

    @Test func whatIsOverGoesAfterADay() throws {
        let scratch = try ScratchFolder()
        let cache = try InboxCache(in: scratch.cacheFolder())
        let day = InboxCache.settledMillisecondsMax
        let waiting = Int(day) + 2_000
        try cache.apply([
            .putRows([
                try .fixture(1, state: .rejected, settledAt: Timestamp(milliseconds: 1_000)),
                try .fixture(2, state: .rejected, settledAt: Timestamp(milliseconds: 1_001)),
                try .fixture(3, deadline: waiting),
            ]), .putView(try .fixture(1)), .putFeed(feed("c1")),
        ])
        try cache.purge(at: Timestamp(milliseconds: day + 1_001))
        let cached = try cache.start(rows: 9, views: 9)
        #expect(cached.rows.map(\.id) == [try .fixture(3), try .fixture(2)])
        #expect(try cache.view(try .fixture(1)) == nil)
        #expect(cached.feed == feed("c1"))
    }

    @Test func aRowThatRanOutUnseenGoesAndTheQueueIsFetchedAnew() throws {
        let scratch = try ScratchFolder()
        let cache = try InboxCache(in: scratch.cacheFolder())
        try cache.apply([
            .putRows([try .fixture(1, deadline: 1_000)]), .putDraft(try .fixture(1)),
            .putFeed(feed("c1")),
        ])
        try cache.purge(at: Timestamp(milliseconds: InboxCache.settledMillisecondsMax + 1_001))
        let cached = try cache.start(rows: 9, views: 9)
        #expect(cached.rows.isEmpty && cached.drafts.isEmpty && cached.feed == nil)
    }

    @Test func accountsDoNotMixAndOthersCannotRead() throws {
        let scratch = try ScratchFolder()
        try InboxCache(in: scratch.cacheFolder(account: "ada")).apply([
            .putRows([try .fixture(1)])
        ])
        let other = scratch.cacheFolder(account: "bob")
        #expect(try InboxCache(in: other).start(rows: 9, views: 0).rows.isEmpty)
        #expect(mode(of: other.path) == 0o700)
        for suffix in ["", "-wal", "-shm"] {
            let mode = mode(of: other.path + "/inbox.sqlite" + suffix)
            #expect(mode == 0o600 || mode == nil)
        }
        #expect(chmod(other.path, 0o755) == 0)
        #expect(throws: CacheFailure.self) { try InboxCache(in: other) }
    }

    @Test func wipingLeavesNothing() throws {
        let scratch = try ScratchFolder()
        let folder = scratch.cacheFolder()
        try InboxCache(in: folder).apply([.putRows([try .fixture(1)])])
        try folder.wipe()
        #expect(mode(of: folder.path) == nil)
        try folder.wipe()
    }

    private func mode(of path: String) -> mode_t? {
        var facts = stat()
        return lstat(path, &facts) == 0 ? facts.st_mode & 0o777 : nil
    }
}

/// Goal: the thread keeps everything in order and tells the loop; a second process harms nothing.
@Suite struct CacheWorkerTests {
    private func wait(for worker: CacheWorker, _ count: Int) -> [CacheReport] {
        var reports: [CacheReport] = []
        while reports.count < count {
            var waiting = pollfd(fd: worker.descriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&waiting, 1, 10_000) == 1 else { return reports }
            reports += worker.drain()
        }
        return reports
    }

    @Test func aLoadSeesEverySaveBeforeIt() throws {
        let scratch = try ScratchFolder()
        let folder = scratch.cacheFolder()
        let worker = try #require(CacheWorker(in: folder, at: Timestamp(milliseconds: 0)))
        for number in 1...50 { worker.save([.putRows([try .fixture(number)])]) }
        worker.load(
            .rows(
                after: RowPlace(
                    isPending: true, deadline: Timestamp(milliseconds: 0), id: try .fixture(0)),
                limit: 100))
        let reports = wait(for: worker, 51)
        guard case .rows(let page) = reports.last else {
            Issue.record("\(reports.count) reports")
            return
        }
        #expect(page.rows.count == 50 && page.isLast)
        worker.finish()
    }

    @Test func theEndWaitsForWhatIsToBeKept() throws {
        let scratch = try ScratchFolder()
        let folder = scratch.cacheFolder()
        let worker = try #require(CacheWorker(in: folder, at: Timestamp(milliseconds: 0)))
        worker.save([.putDraft(try .fixture(1))])
        worker.finish()
        #expect(try InboxCache(in: folder).start(rows: 1, views: 0).drafts.count == 1)
    }

    @Test func aSecondProcessKeepsDraftsOnly() throws {
        let scratch = try ScratchFolder()
        let folder = scratch.cacheFolder()
        let first = try #require(CacheWorker(in: folder, at: Timestamp(milliseconds: 0)))
        first.save([.putRows([try .fixture(1)])])
        _ = wait(for: first, 1)
        let second = try #require(CacheWorker(in: folder, at: Timestamp(milliseconds: 0)))
        second.save([.removeRows([try .fixture(1)]), .putDraft(try .fixture(2))])
        second.finish()
        first.finish()
        let cached = try InboxCache(in: folder).start(rows: 9, views: 0)
        #expect(cached.rows.count == 1)
        #expect(cached.drafts.count == 1)
    }
}

/// The same numbers for the same seed.
struct SeededNumbers {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next(below bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(bound))
    }
}
