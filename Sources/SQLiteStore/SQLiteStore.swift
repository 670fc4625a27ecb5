public import ControlPlane
public import Cryptography
import Dispatch
public import SQLiteDatabase
import Synchronization

/// The control plane's store in one SQLite file.
///
/// One thread writes and commits many commands at once; reads run beside it on connections of
/// their own. The folder is held by a lock for as long as the store lives.
public final class SQLiteStore: RunningStore {
    /// The name of the database file in the folder.
    public static let fileName = "countersign.db"
    /// How many reads run at the same time.
    public static let readersMax = 4

    /// The folder that the store lives in, without links in its path.
    public let folder: PrivateFolder

    /// What signs the audit logs in this run, the one in use or to be used last.
    public let logKeys: [Ed25519Key]

    private let pool: SQLitePool
    private let key: StoreKey
    private let shared: StoreWriterThread.SharedState
    private let isClosed = Mutex(false)

    /// Opens the store in a folder, or makes it there.
    ///
    /// `surroundings` is asked on the writer's thread, inside each transaction. `onStop` is told
    /// once when the disk failed: the program then ends, and the next start recovers.
    public init(
        in path: String, keys: StoreKeySources = StoreKeySources(),
        surroundings: @escaping @Sendable () -> Surroundings,
        onStop: @escaping @Sendable (StoreFailure) -> Void
    ) throws(StoreRefusal) {
        let file: String
        let lock: FolderLock
        do {
            folder = try PrivateFolder(creating: path)
            lock = try FolderLock(of: folder)
            file = try folder.databaseFile(Self.fileName)
        } catch {
            throw .opening(error)
        }
        let opened = try StoreOpening.open(
            file, in: folder, keys: keys, surroundings)
        key = opened.key
        logKeys = opened.sealer.keys.map(\.publicKey)
        pool = try StoreOpening.readers(file)
        shared = StoreWriterThread.SharedState(onStop: onStop)
        guard StoreWriterThread.launch(opened, lock, shared, surroundings) else {
            shared.ended.signal()
            throw .system("No thread could be started for the store.")
        }
    }

    deinit {
        shared.queue.close(.stopped("The store is closed."))
    }

    /// Finishes what waits, moves the log into the file and frees the folder before it returns.
    ///
    /// Later commands are refused. A second call does nothing. Never call it on the writer's
    /// thread, where observers and completions are called.
    public func close() {
        let isFirst = isClosed.withLock { isClosed in
            defer { isClosed = true }
            return !isClosed
        }
        guard isFirst else { return }
        shared.queue.close(.stopped("The store is closed."))
        shared.ended.wait()
    }

    /// Gives the files of the log's keys their names, after the next key was taken over.
    public func settleLogKeys() throws(StoreRefusal) {
        let known: [Ed25519Key]
        do throws(CommandFailure) {
            known = try read { (reader) throws(CommandFailure) in
                do throws(StoreFailure) {
                    return try reader.logKeys()
                } catch {
                    throw .store(error)
                }
            }
        } catch {
            throw .system("The keys of the audit logs cannot be read.")
        }
        try LogKeyRing.settleNames(known, in: folder)
    }

    /// Removes the file of the key that signed before the one in use, which no run has open.
    public static func retireFormerLogKey(in path: String) throws(StoreRefusal) -> Bool {
        do {
            let folder = try PrivateFolder(creating: path)
            let lock = try FolderLock(of: folder)
            defer { withExtendedLifetime(lock) {} }
            guard folder.exists(KeyFile.formerLog.rawValue) else { return false }
            try folder.remove(KeyFile.formerLog.rawValue)
            return true
        } catch {
            throw .opening(error)
        }
    }

    /// Queues `body` for the writer; see `RunningStore`.
    public func write<Value: Sendable>(
        _ body:
            @escaping @Sendable (
                any StoreWriter, inout Surroundings
            ) throws(CommandFailure) -> Value,
        completion: @escaping @Sendable (Result<Value, CommandFailure>) -> Void
    ) {
        shared.queue.add(WriteJob(body, completion: completion))
    }

    /// Runs `body` on a read snapshot, on the calling thread.
    public func read<Value>(
        _ body: (any StoreReader) throws(CommandFailure) -> Value
    ) throws(CommandFailure) -> Value {
        try pool.withConnection { (connection) throws(CommandFailure) in
            try Self.snapshot(connection, key, body)
        }
    }

    /// Has `observer` called after each commit, before the completions.
    public func onCommit(_ observer: @escaping @Sendable ([CommittedChange]) -> Void) {
        shared.observers.withLock { $0.append(observer) }
    }

    private static func snapshot<Value>(
        _ connection: SQLiteConnection, _ key: StoreKey,
        _ body: (any StoreReader) throws(CommandFailure) -> Value
    ) throws(CommandFailure) -> Value {
        var outcome: Result<Value, CommandFailure>?
        do {
            try connection.transaction(.deferred) { () throws(SQLiteFailure) in
                let session = SQLiteSession(connection, Vault(key))
                do throws(CommandFailure) {
                    outcome = .success(try body(session))
                } catch {
                    outcome = .failure(error)
                }
                return TransactionEnding.undo(())
            }
        } catch {
            throw .store(StoreFailure(error))
        }
        guard let outcome else { throw .store(.stopped("The read gave no answer.")) }
        return try outcome.get()
    }
}
