import Approvals
public import Inbox
import InboxViews
import JSONTree
import Keymap
import TextGrid
import WireAPI

/// The real inbox in front of an approver who presses keys at random, on a bad line.
///
/// The local copy survives a crash of the program; everything else is gone.
public final class SimulatedApprover {
    public private(set) var inbox: Inbox
    private let token: String
    private let world: World
    private let name: String
    private var entropy: SeededEntropy
    private var cache = SimulatedCache()
    private var process = 0
    private var wakePlanned: Int64 = 0
    private var open: [RequestID: HTTPRequest] = [:]
    /// The inbox's local clock never steps back: it counts from the start of its process.
    private var startedAt: (wall: Timestamp, monotonic: Int64)

    init(name: String, token: String, in world: World, entropy: SeededEntropy) {
        self.name = name
        self.token = token
        self.world = world
        self.entropy = entropy
        inbox = Inbox(seed: 0)
        startedAt = (world.clock.wall, world.clock.monotonic)
    }

    /// Begins a process, from the local copy.
    public func start() {
        process += 1
        open = [:]
        startedAt = (world.clock.wall, world.clock.monotonic)
        inbox = Inbox(
            settings: InboxSettings(server: "simulated", pollWaitSeconds: 5, pageRows: 20),
            seed: entropy.next())
        send(.resized(GridSize(columns: 80, rows: 24)))
        send(.started(cache.contents))
        pressKeys()
    }

    private var localNow: Timestamp {
        startedAt.wall.adding(milliseconds: world.clock.monotonic - startedAt.monotonic)
    }

    private func send(_ message: InboxMessage) {
        let effects = inbox.update(message, at: localNow)
        for effect in effects { carryOut(effect) }
    }

    private func carryOut(_ effect: InboxEffect) {
        switch effect {
        case .request(let id, let request): exchange(id, request)
        case .cancel(let id): open[id] = nil
        case .wake(let at): planWake(at)
        case .save(let changes): for change in changes { cache.apply(change) }
        case .load(let query): answer(query)
        case .openEditor(let text):
            plan(in: 50) { [self] in send(.editorReturned(.success(text))) }
        case .quit: if world.isStormy { crash() }
        case .copy, .flushTypedAhead, .redraw, .bell, .notify, .suspend,
            .reloadSettings, .useTheme, .readToken, .readZone, .wipeCopy, .farewell:
            break
        }
    }

    private func exchange(_ id: RequestID, _ request: HTTPRequest) {
        open[id] = request
        let born = process
        world.network.exchange(request, token: token) { [self] result in
            guard born == process, open.removeValue(forKey: id) != nil else { return }
            if case .success(let response) = result { note(response, for: request) }
            send(.answered(id, result))
        }
    }

    private func note(_ response: HTTPResponse, for request: HTTPRequest) {
        world.checker.saw(response, for: request)
        guard let state = response.decided, request.target.hasSuffix("/decision"),
            let id = ApprovalID(String(request.target.split(separator: "/")[2]))
        else { return }
        world.checker.count("inbox decided")
        world.checker.sawAcknowledgement(of: state, on: id)
    }

    private func answer(_ query: CacheQuery) {
        plan(in: 1) { [self] in
            switch query {
            case .rows(let after, let limit):
                send(.rowsLoaded(cache.rows(after: after, limit: limit)))
            case .view(let id): send(.viewLoaded(id, cache.views[id]))
            }
        }
    }

    private func planWake(_ at: Timestamp?) {
        wakePlanned += 1
        guard let at else { return }
        let wanted = wakePlanned
        let delay = at.since(localNow)
        plan(in: max(1, delay)) { [self] in
            if wanted == wakePlanned { send(.woke) }
        }
    }

    private func plan(in delay: Int64, _ action: @escaping () -> Void) {
        let born = process
        world.agenda.plan(in: delay) { [self] in
            if born == process { action() }
        }
    }

    private func crash() {
        process += 1
        world.agenda.plan(in: 500) { [self] in start() }
    }

    private func pressKeys() {
        guard world.isStormy else { return }
        plan(in: Int64.random(in: 30...1_500, using: &entropy)) { [self] in
            if entropy.chance(3) { return crash() }
            for notation in Self.phrases.randomElement(using: &entropy) ?? [] { press(notation) }
            look()
            pressKeys()
        }
    }

    private func press(_ notation: String) {
        if notation.hasPrefix("paste:") { return send(.paste(String(notation.dropFirst(6)))) }
        guard let stroke = KeyStroke(notation: notation) else {
            return world.checker.complain("no such key: \(notation)")
        }
        send(.key(stroke))
    }

    /// Draws the frame, which must never claim what the server did not say.
    private func look() {
        let size = GridSize(
            columns: Int.random(in: 1...140, using: &entropy),
            rows: Int.random(in: 1...50, using: &entropy))
        if entropy.chance(100) { send(.resized(size)) }
        _ = inboxFrame(inbox, size: inbox.size)
        send(.drawn)
    }

    /// What an approver presses, in phrases that lead somewhere; single keys keep it random.
    private static let phrases: [[String]] = [
        ["j"], ["k"], ["j", "j"], ["enter"], ["esc"], ["tab"], ["a"], ["y"], ["r"], ["enter"],
        ["d"], ["e"], ["u"], ["q"], ["?"], ["esc", "esc"], ["/"], ["x"], ["space"], ["g"], ["G"],
        ["n", "o"], ["h"], ["l"], ["1"], ["down"], ["up"], ["bs"], ["ctrl-s"], ["v"],
        ["pgdn"], ["pgup"], ["R"], ["c"], ["H"], ["paste:50000"], ["P"], ["S"],
        ["W"],
    ]
}

/// The local copy of a simulated inbox.
struct SimulatedCache {
    private(set) var rowsByID: [ApprovalID: ApprovalSummary] = [:]
    private(set) var views: [ApprovalID: ApproverView] = [:]
    private var drafts: [ApprovalID: Draft] = [:]
    private var feed: CachedFeed?
    private var me: MeAnswer?
    private var logPin: LogPin?

    mutating func apply(_ change: CacheChange) {
        switch change {
        case .putRows(let rows): for row in rows { rowsByID[row.id] = row }
        case .removeRows(let ids):
            for id in ids {
                rowsByID[id] = nil
                views[id] = nil
            }
        case .removeAllRows:
            rowsByID = [:]
            views = [:]
            feed = nil
        case .putView(let view): views[view.id] = view
        case .putDraft(let draft): drafts[draft.id] = draft
        case .removeDraft(let id): drafts[id] = nil
        case .putMe(let answer): me = answer
        case .putFeed(let reached): feed = reached
        case .putLogPin(let pin): logPin = pin
        case .removeEverything: self = SimulatedCache()
        }
    }

    /// What the next process starts from.
    var contents: CachedInbox {
        CachedInbox(
            rows: Array(ordered.prefix(64)), totals: totals,
            views: views.values.sorted { $0.id < $1.id }.prefix(8).map { $0 },
            drafts: drafts.values.sorted { $0.id < $1.id }, feed: feed, me: me, logPin: logPin)
    }

    private var totals: CachedTotals {
        let pending = rowsByID.values.filter { $0.state == .pending }
        return CachedTotals(
            rows: rowsByID.count, pending: pending.count,
            pendingHigh: pending.count { $0.risk >= .high })
    }

    func rows(after place: RowPlace, limit: Int) -> CachedRows {
        let rest = ordered.drop { !Self.isOrdered(place, before: RowPlace($0)) }
        return CachedRows(rows: Array(rest.prefix(limit)), isLast: rest.count <= limit)
    }

    private var ordered: [ApprovalSummary] {
        rowsByID.values.sorted { Self.isOrdered(RowPlace($0), before: RowPlace($1)) }
    }

    private static func isOrdered(_ left: RowPlace, before right: RowPlace) -> Bool {
        if left.isPending != right.isPending { return left.isPending }
        if left.deadline != right.deadline { return left.deadline < right.deadline }
        return left.id < right.id
    }
}
