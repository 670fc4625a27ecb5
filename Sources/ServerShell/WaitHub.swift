import Approvals
import ControlPlane
import Cryptography
import Synchronization

/// The requests that wait for something to change; none of them costs a thread.
///
/// Whoever waits takes a `mark` before looking at the store. A commit after that mark ends the wait
/// at once, so a change between the look and the wait is never missed.
final class WaitHub: Sendable {
    /// What somebody waits for.
    enum Subject: Hashable {
        case approval(ApprovalID)
        case feed(TenantName)
    }

    /// Names one waiting request.
    typealias Ticket = Int

    /// How many requests one token may have waiting for the change feed: more than any person's.
    static let feedWaitsMax = 64
    /// How many requests one token may have waiting for approvals: an agent has one for each call,
    /// and takes at most half of the connections.
    static let approvalWaitsMax = 12_000

    /// How many requests all tokens of one tenant may have waiting: others get connections, too.
    static let tenantWaitsMax = 20_000

    /// Who waits, and for what kind of thing.
    struct Claimant: Hashable {
        let token: Digest
        let tenant: TenantName
        let isFeed: Bool

        /// How many may wait at one time.
        var waitsMax: Int { isFeed ? WaitHub.feedWaitsMax : WaitHub.approvalWaitsMax }
    }

    /// How far the end of a wait is rounded up.
    static let tickMilliseconds: Int64 = 100

    private struct Waiter {
        let claimant: Claimant
        var subject: Subject?
        var continuation: CheckedContinuation<Void, Never>?
        /// Nothing is worth waiting for: the client went, or the time is over.
        var isOver = false
    }

    private struct State {
        var commits = 0
        var ticketsGiven = 0
        var waiters: [Ticket: Waiter] = [:]
        var counts: [Claimant: Int] = [:]
        var tenants: [TenantName: Int] = [:]
        var subjects: [Subject: Set<Ticket>] = [:]
        var endings: [Int64: [Ticket]] = [:]
        var tickDone: Int64 = 0
        var isClosed = false
    }

    private let state = Mutex(State())
    /// Rung when the first request begins to wait.
    let bell = Bell()

    /// How many requests wait now.
    var count: Int { state.withLock { $0.waiters.count } }

    /// True once the server shuts down.
    var isClosed: Bool { state.withLock(\.isClosed) }

    /// How many of them sleep.
    var sleepers: Int {
        state.withLock { $0.waiters.values.count { $0.continuation != nil } }
    }

    /// Stands for everything that was committed so far.
    var mark: Int { state.withLock { $0.commits } }

    /// Begins a request that may wait until `ending`, in milliseconds of the monotonic clock.
    ///
    /// Nil when the claimant has as many waiting as they may.
    func enter(until ending: Int64, for claimant: Claimant) -> Ticket? {
        let entered: (ticket: Ticket, isFirst: Bool)? = state.withLock { state in
            let count = state.counts[claimant, default: 0]
            let ofTenant = state.tenants[claimant.tenant, default: 0]
            guard count < claimant.waitsMax, ofTenant < Self.tenantWaitsMax else { return nil }
            state.counts[claimant] = count + 1
            state.tenants[claimant.tenant] = ofTenant + 1
            let isFirst = state.waiters.isEmpty
            state.ticketsGiven += 1
            let ticket = state.ticketsGiven
            state.waiters[ticket] = Waiter(claimant: claimant, isOver: state.isClosed)
            let tick = max(ending / Self.tickMilliseconds, state.tickDone) + 1
            state.endings[tick, default: []].append(ticket)
            return (ticket, isFirst)
        }
        guard let entered else { return nil }
        if entered.isFirst { bell.ring() }
        return entered.ticket
    }

    /// Returns when something about `subject` was committed after `mark`, or when it is over.
    ///
    /// True when it is worth looking at the store and waiting again.
    func wait(_ ticket: Ticket, for subject: Subject, since mark: Int) async -> Bool {
        await withCheckedContinuation { continuation in
            let isNow = state.withLock { state in
                guard let waiter = state.waiters[ticket], !waiter.isOver, state.commits == mark
                else { return true }
                state.waiters[ticket]?.subject = subject
                state.waiters[ticket]?.continuation = continuation
                state.subjects[subject, default: []].insert(ticket)
                return false
            }
            if isNow { continuation.resume() }
        }
        return state.withLock { !($0.waiters[ticket]?.isOver ?? true) }
    }

    /// Ends a request.
    func leave(_ ticket: Ticket) {
        state.withLock { state in
            _ = Self.woken(ticket, &state)
            guard let waiter = state.waiters.removeValue(forKey: ticket) else { return }
            let count = state.counts[waiter.claimant, default: 1] - 1
            state.counts[waiter.claimant] = count > 0 ? count : nil
            let ofTenant = state.tenants[waiter.claimant.tenant, default: 1] - 1
            state.tenants[waiter.claimant.tenant] = ofTenant > 0 ? ofTenant : nil
        }
    }

    /// Ends the wait of a request whose client went away.
    func abandon(_ ticket: Ticket) {
        state.withLock { Self.over(ticket, &$0) }?.resume()
    }

    /// Wakes whoever waits for one of the changes; they are durable and visible already.
    func announce(_ changes: [CommittedChange]) {
        let continuations = state.withLock { state in
            state.commits += 1
            var woken: [CheckedContinuation<Void, Never>] = []
            for change in changes {
                for subject in [Subject.approval(change.approval), .feed(change.tenant)] {
                    for ticket in state.subjects[subject] ?? [] {
                        if let one = Self.woken(ticket, &state) { woken.append(one) }
                    }
                }
            }
            return woken
        }
        for continuation in continuations { continuation.resume() }
    }

    /// Ends the waits whose time is over at `now`, in milliseconds of the monotonic clock.
    func tick(at now: Int64) {
        let continuations = state.withLock { state in
            state.tickDone = max(state.tickDone, now / Self.tickMilliseconds)
            let due = state.endings.keys.filter { $0 <= state.tickDone }
            let tickets = due.flatMap { state.endings.removeValue(forKey: $0) ?? [] }
            return tickets.compactMap { Self.over($0, &state) }
        }
        for continuation in continuations { continuation.resume() }
    }

    /// Ends every wait, now and for ever.
    func close() {
        let continuations = state.withLock { state in
            state.isClosed = true
            return Array(state.waiters.keys).compactMap { Self.over($0, &state) }
        }
        for continuation in continuations { continuation.resume() }
    }

    private static func over(
        _ ticket: Ticket, _ state: inout State
    ) -> CheckedContinuation<Void, Never>? {
        guard state.waiters[ticket] != nil else { return nil }
        state.waiters[ticket]?.isOver = true
        return woken(ticket, &state)
    }

    private static func woken(
        _ ticket: Ticket, _ state: inout State
    ) -> CheckedContinuation<Void, Never>? {
        guard let waiter = state.waiters[ticket], let subject = waiter.subject else { return nil }
        state.waiters[ticket]?.subject = nil
        state.waiters[ticket]?.continuation = nil
        state.subjects[subject]?.remove(ticket)
        if state.subjects[subject]?.isEmpty ?? false { state.subjects[subject] = nil }
        return waiter.continuation
    }
}
