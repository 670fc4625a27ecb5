import CLinux
public import Approvals
import Glibc
public import Inbox
import Synchronization
public import WireAPI

/// What the local copy answers.
public enum CacheReport: Hashable, Sendable {
    case rows(CachedRows)
    case view(ApprovalID, ApproverView?)
    /// Changes were kept; this much is there now.
    case saved(CachedTotals)
    /// Some rows did not open; the next start fetches everything anew.
    case damaged
    /// A sentence for a person; nothing is kept any more.
    case failed(String)
}

/// Reads and writes the local copy on a thread of its own: nobody who draws waits for a disk.
///
/// Orders are carried out one after another. Only one process at a time keeps rows for an account;
/// a second one still reads, and keeps its drafts.
public final class CacheWorker: Sendable {
    private let mailbox: CacheMailbox
    private let folder: CacheFolder
    private let now: Timestamp

    /// Nil when the process may open no more descriptors. The thread begins with the first order.
    public init?(in folder: CacheFolder, at now: Timestamp) {
        guard let mailbox = CacheMailbox() else { return nil }
        self.mailbox = mailbox
        self.folder = folder
        self.now = now
    }

    /// Readable while reports wait.
    public var descriptor: Int32 { mailbox.descriptor }

    /// Keeps changes, all or none of them.
    public func save(_ changes: [CacheChange]) { order(.save(changes)) }

    /// Reads, after everything that was to be kept before.
    public func load(_ query: CacheQuery) { order(.load(query)) }

    /// Takes the reports that came since the last time.
    public func drain() -> [CacheReport] { mailbox.takeReports() }

    /// Waits until everything is kept, and ends the thread.
    public func finish() {
        guard mailbox.isLaunched else { return }
        mailbox.leave(.stop)
        mailbox.join()
    }

    private func order(_ order: CacheMailbox.Order) {
        mailbox.leave(order)
        mailbox.launchOnce { CacheThread.launch(mailbox, folder, now) }
    }
}

/// What the caller's thread and the cache's thread share.
final class CacheMailbox: Sendable {
    enum Order: Sendable {
        case save([CacheChange])
        case load(CacheQuery)
        case stop
    }

    private struct State {
        var orders: [Order] = []
        var reports: [CacheReport] = []
        var thread: UInt?
    }

    /// Readable while reports wait.
    let descriptor: Int32
    /// Readable while orders wait.
    private let bell: Int32
    private let state = Mutex(State())

    init?() {
        descriptor = cs_eventfd()
        bell = cs_eventfd()
        guard descriptor >= 0, bell >= 0 else { return nil }
    }

    deinit {
        close(descriptor)
        close(bell)
    }

    var isLaunched: Bool { state.withLock { $0.thread != nil } }

    func leave(_ order: Order) {
        state.withLock { $0.orders.append(order) }
        cs_eventfd_add(bell)
    }

    func launchOnce(_ launch: () -> UInt?) {
        guard !isLaunched else { return }
        if let thread = launch() {
            state.withLock { $0.thread = thread }
        } else {
            report(.failed("No thread could be started for the local copy."))
        }
    }

    func join() {
        guard let thread = state.withLock({ $0.thread }) else { return }
        pthread_join(pthread_t(thread), nil)
    }

    func takeReports() -> [CacheReport] {
        cs_eventfd_clear(descriptor)
        return state.withLock { state in
            defer { state.reports.removeAll() }
            return state.reports
        }
    }

    func report(_ report: CacheReport) {
        state.withLock { $0.reports.append(report) }
        cs_eventfd_add(descriptor)
    }

    /// Sleeps until there are orders and takes them.
    func waitForOrders() -> [Order] {
        while true {
            let orders = state.withLock { state in
                defer { state.orders.removeAll() }
                return state.orders
            }
            if !orders.isEmpty { return orders }
            var waiting = pollfd(fd: bell, events: Int16(POLLIN), revents: 0)
            _ = unsafe poll(&waiting, 1, -1)
            cs_eventfd_clear(bell)
        }
    }
}
