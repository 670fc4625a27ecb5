import ControlPlane
import Dispatch
import Glibc
import SQLiteDatabase
import Synchronization

/// The one thread that writes: everything here but the queue lives on it.
///
/// It commits all waiting commands in one transaction, because a commit costs a sync and a sync
/// costs the same for one command as for a hundred.
final class StoreWriterThread {
    /// How many commands share a transaction at most, so that no answer waits for too many others.
    static let batchMax = 256
    /// How large the write-ahead log grows before it is moved into the database.
    static let logPagesMax = 1_000
    /// SQLITE_CORRUPT: what is there is not what this program wrote.
    private static let corrupt: Int32 = 11

    /// How long it is left in peace after readers held it back.
    static let dropMilliseconds: Int64 = 60_000

    private let session: SQLiteSession
    /// When the write-ahead log may be emptied again.
    private var dropsNextAt: Int64 = 0
    private let sealer: LogSealer
    private let lock: FolderLock
    private let shared: SharedState
    private let surroundings: @Sendable () -> Surroundings

    /// What the thread and the store's face both know.
    final class SharedState: Sendable {
        let queue = WriteQueue()
        let observers = Mutex<[@Sendable ([CommittedChange]) -> Void]>([])
        let ended = DispatchSemaphore(value: 0)
        let onStop: @Sendable (StoreFailure) -> Void

        init(onStop: @escaping @Sendable (StoreFailure) -> Void) {
            self.onStop = onStop
        }
    }

    private init(
        _ opened: OpenedStore, _ lock: FolderLock, _ shared: SharedState,
        _ surroundings: @escaping @Sendable () -> Surroundings
    ) {
        session = opened.session
        sealer = opened.sealer
        self.lock = lock
        self.shared = shared
        self.surroundings = surroundings
    }

    /// Starts the thread, which takes the session and the folder's lock with it; false when the
    /// system has none to give.
    static func launch(
        _ opened: sending OpenedStore, _ lock: FolderLock, _ shared: SharedState,
        _ surroundings: @escaping @Sendable () -> Surroundings
    ) -> Bool {
        let owner = StoreWriterThread(opened, lock, shared, surroundings)
        let context = unsafe Unmanaged.passRetained(owner)
        var thread = pthread_t()
        let code = unsafe pthread_create(
            &thread, nil,
            { context in
                guard let context = unsafe context else { return nil }
                // The file and the lock are free before anybody is told that this is the end.
                let shared = unsafe Unmanaged<StoreWriterThread>.fromOpaque(context)
                    .takeRetainedValue().run()
                shared.ended.signal()
                return nil
            }, context.toOpaque())
        guard code == 0 else {
            unsafe context.release()
            return false
        }
        pthread_detach(thread)
        return true
    }

    /// Works until the queue is closed and empty.
    private func run() -> SharedState {
        var isWorking = true
        while let waiting = shared.queue.next(
            atMost: sealer.hasTail ? LogSealer.tailMilliseconds : nil)
        {
            if waiting.isEmpty { isWorking = isWorking && carryOut([]) }
            var rest = waiting[...]
            while !rest.isEmpty {
                let batch = rest.prefix(Self.batchMax)
                rest = rest.dropFirst(Self.batchMax)
                isWorking = isWorking && carryOut(Array(batch))
                if !isWorking { refuse(rest) }
            }
        }
        if isWorking, sealer.hasTail { isWorking = carryOut([]) }
        if isWorking { checkpoint(.truncate) }
        return shared
    }

    /// False when nothing may be written any more. An empty batch signs what is not signed yet.
    private func carryOut(_ batch: [WriteJob]) -> Bool {
        do {
            try session.connection.begin(.immediate)
        } catch {
            return recover(from: error, batch)
        }
        session.changes.removeAll(keepingCapacity: true)
        session.appended.removeAll(keepingCapacity: true)
        var outcomes: [WriteJob.Outcome] = []
        do {
            for job in batch { outcomes.append(try perform(job)) }
            try seal(isForced: batch.isEmpty)
            try session.connection.commit()
        } catch {
            stop(error, outcomes, batch.dropFirst(outcomes.count))
            return false
        }
        announce()
        let isWhole = dropOldPages()
        for outcome in outcomes { outcome.answer(nil) }
        guard isWhole else { return false }
        if session.connection.logPages >= Self.logPagesMax { return checkpoint(.passive) }
        return true
    }

    /// Runs one body in a savepoint, with the clock read now.
    private func perform(_ job: WriteJob) throws(SQLiteFailure) -> WriteJob.Outcome {
        let before = session.place
        return try session.connection.savepoint { () throws(SQLiteFailure) in
            var world = surroundings()
            let outcome = job.run(session, &world)
            if let fatal = session.fatalFailure { throw fatal }
            if outcome.isKept { return .keep(outcome) }
            session.goBack(to: before)
            return .undo(outcome)
        }
    }

    /// Nothing is committed that cannot be signed.
    private func seal(isForced: Bool) throws(SQLiteFailure) {
        do {
            try sealer.seal(session, isForced: isForced)
        } catch {
            throw session.fatalFailure
                ?? .fatal(SQLiteReport(code: Self.corrupt, message: error.sentence))
        }
    }

    private func announce() {
        guard !session.changes.isEmpty else { return }
        for observer in shared.observers.withLock({ $0 }) { observer(session.changes) }
    }

    /// A lock that somebody else holds is an answer; every other failure is the end.
    private func recover(from failure: SQLiteFailure, _ batch: [WriteJob]) -> Bool {
        switch failure {
        case .busy:
            let answer = StoreFailure(failure)
            for job in batch { job.refuse(answer) }
            return true
        case .constraint, .fatal, .misuse, .refused:
            stop(failure, [], batch[...])
            return false
        }
    }

    /// Nothing is known about the last commit, so nobody is told that it succeeded, and no second
    /// one is tried: the kernel may have dropped the pages that it could not write.
    private func stop(
        _ failure: SQLiteFailure, _ outcomes: [WriteJob.Outcome], _ rest: ArraySlice<WriteJob>
    ) {
        let reason = StoreFailure.stopped(failure.description)
        shared.queue.close(reason)
        for outcome in outcomes { outcome.answer(reason) }
        for job in rest { job.refuse(reason) }
        shared.onStop(reason)
    }

    private func refuse(_ jobs: ArraySlice<WriteJob>) {
        let reason = shared.queue.closed ?? .stopped("The store has stopped.")
        for job in jobs { job.refuse(reason) }
    }

    /// Empties the write-ahead log, which holds what was erased, before anybody is told that it is
    /// gone. Readers may hold it back: then it is tried again later, and nobody waits for it.
    private func dropOldPages() -> Bool {
        let now = LogSealer.milliseconds
        guard session.hasErased, now >= dropsNextAt else { return true }
        dropsNextAt = now + Self.dropMilliseconds
        let isGoing = checkpoint(.truncate)
        if !session.hasErased { dropsNextAt = 0 }
        return isGoing
    }

    /// False when the log cannot be moved for a reason that will not pass.
    @discardableResult
    private func checkpoint(_ mode: SQLiteCheckpoint) -> Bool {
        do {
            try session.connection.checkpoint(mode)
            if mode == .truncate { session.hasErased = false }
            return true
        } catch {
            // Readers hold it back; the next commit tries again.
            if case .busy = error { return true }
            stop(error, [], [])
            return false
        }
    }
}
