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

    private let session: SQLiteSession
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
        _ session: SQLiteSession, _ lock: FolderLock, _ shared: SharedState,
        _ surroundings: @escaping @Sendable () -> Surroundings
    ) {
        self.session = session
        self.lock = lock
        self.shared = shared
        self.surroundings = surroundings
    }

    /// Starts the thread, which takes the session and the folder's lock with it; false when the
    /// system has none to give.
    static func launch(
        _ session: sending SQLiteSession, _ lock: FolderLock, _ shared: SharedState,
        _ surroundings: @escaping @Sendable () -> Surroundings
    ) -> Bool {
        let owner = StoreWriterThread(session, lock, shared, surroundings)
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
        while let waiting = shared.queue.next() {
            var rest = waiting[...]
            while !rest.isEmpty {
                let batch = rest.prefix(Self.batchMax)
                rest = rest.dropFirst(Self.batchMax)
                isWorking = isWorking && carryOut(Array(batch))
                if !isWorking { refuse(rest) }
            }
        }
        if isWorking { checkpoint(.truncate) }
        return shared
    }

    /// False when nothing may be written any more.
    private func carryOut(_ batch: [WriteJob]) -> Bool {
        do {
            try session.connection.begin(.immediate)
        } catch {
            return recover(from: error, batch)
        }
        session.changes.removeAll(keepingCapacity: true)
        var outcomes: [WriteJob.Outcome] = []
        do {
            for job in batch { outcomes.append(try perform(job)) }
            try session.connection.commit()
        } catch {
            stop(error, outcomes, batch.dropFirst(outcomes.count))
            return false
        }
        announce()
        for outcome in outcomes { outcome.answer(nil) }
        if session.connection.logPages >= Self.logPagesMax { return checkpoint(.passive) }
        return true
    }

    /// Runs one body in a savepoint, with the clock read now.
    private func perform(_ job: WriteJob) throws(SQLiteFailure) -> WriteJob.Outcome {
        let changesBefore = session.changes.count
        return try session.connection.savepoint { () throws(SQLiteFailure) in
            var world = surroundings()
            let outcome = job.run(session, &world)
            if let fatal = session.fatalFailure { throw fatal }
            if outcome.isKept { return .keep(outcome) }
            session.changes.removeLast(session.changes.count - changesBefore)
            return .undo(outcome)
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

    /// False when the log cannot be moved for a reason that will not pass.
    @discardableResult
    private func checkpoint(_ mode: SQLiteCheckpoint) -> Bool {
        do {
            try session.connection.checkpoint(mode)
            return true
        } catch {
            // Readers hold it back; the next commit tries again.
            if case .busy = error { return true }
            stop(error, [], [])
            return false
        }
    }
}
