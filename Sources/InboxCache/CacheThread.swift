import Approvals
import CLinux
import Glibc
import Inbox
import SQLiteDatabase

/// The thread that owns the connection; everything here lives and dies on it.
@safe final class CacheThread {
    private let mailbox: CacheMailbox
    private let folder: CacheFolder
    private let now: Timestamp
    private var cache: InboxCache?
    /// True when this process is the one that keeps the rows.
    private var keepsRows = false

    private init(_ mailbox: CacheMailbox, _ folder: CacheFolder, _ now: Timestamp) {
        self.mailbox = mailbox
        self.folder = folder
        self.now = now
    }

    /// Starts the thread and names it; nil when the system has none to give.
    static func launch(
        _ mailbox: CacheMailbox, _ folder: CacheFolder, _ now: Timestamp
    ) -> UInt? {
        let context = unsafe Unmanaged.passRetained(CacheThread(mailbox, folder, now))
        var thread = pthread_t()
        let code = unsafe pthread_create(
            &thread, nil,
            { context in
                guard let context = unsafe context else { return nil }
                let owner = unsafe Unmanaged<CacheThread>.fromOpaque(context).takeRetainedValue()
                cs_block_all_signals()
                owner.run()
                return nil
            }, context.toOpaque())
        guard code == 0 else {
            unsafe context.release()
            return nil
        }
        return UInt(thread)
    }

    private func run() {
        do throws(CacheFailure) {
            let lock = try open()
            while try serve() {}
            _ = consume lock
        } catch {
            mailbox.report(.failed(error.sentence))
            // Without a copy there is nothing to do but to wait for the end.
            while !mailbox.waitForOrders().contains(where: \.isStop) {}
        }
    }

    /// Opens the copy and tries to become the one that keeps the rows.
    private func open() throws(CacheFailure) -> FolderLock? {
        let cache = try InboxCache(in: folder)
        self.cache = cache
        let place = try folder.opened()
        do {
            let lock = try FolderLock(of: place)
            keepsRows = true
            try cache.purge(at: now)
            return lock
        } catch let refusal as OpeningRefusal {
            guard case .held = refusal else { throw CacheFailure(refusal.description) }
            return nil
        } catch let failure as CacheFailure {
            throw failure
        } catch {
            throw CacheFailure("The local copy cannot be locked.")
        }
    }

    /// Carries out what waits; false when the thread shall end.
    private func serve() throws(CacheFailure) -> Bool {
        for order in mailbox.waitForOrders() {
            switch order {
            case .save(let changes): try save(changes)
            case .load(let query): try load(query)
            case .stop: return false
            }
        }
        return true
    }

    private func save(_ changes: [CacheChange]) throws(CacheFailure) {
        guard let cache else { return }
        let kept = keepsRows ? changes : changes.filter(\.isDraft)
        if !kept.isEmpty { try cache.apply(kept) }
        if kept.contains(where: \.touchesRows) { mailbox.report(.saved(try cache.totals())) }
    }

    private func load(_ query: CacheQuery) throws(CacheFailure) {
        guard let cache else { return }
        switch query {
        case .rows(let place, let limit):
            let wasDamaged = cache.isDamaged
            mailbox.report(.rows(try cache.rows(after: place, limit: limit)))
            guard cache.isDamaged, !wasDamaged else { return }
            try translating { () throws(SQLiteFailure) in try cache.noteDamage() }
            mailbox.report(.damaged)
        case .view(let id): mailbox.report(.view(id, try cache.view(id)))
        }
    }
}

extension CacheMailbox.Order {
    var isStop: Bool {
        switch self {
        case .stop: true
        case .save, .load: false
        }
    }
}

extension CacheChange {
    /// True for what even a second process keeps.
    var isDraft: Bool {
        switch self {
        case .putDraft, .removeDraft: true
        case .putRows, .removeRows, .removeAllRows, .putView, .putMe, .putFeed, .putLogPin,
            .removeEverything:
            false
        }
    }

    /// True when the number of rows may be another one afterwards.
    var touchesRows: Bool {
        switch self {
        case .putRows, .removeRows, .removeAllRows, .removeEverything: true
        case .putView, .putDraft, .removeDraft, .putMe, .putFeed, .putLogPin: false
        }
    }
}
