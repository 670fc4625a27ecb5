import Approvals
import ControlPlane
import Cryptography
import SQLiteDatabase

/// The steps from a file to a store that can be worked with, each with its own refusal.
enum StoreOpening {
    /// What is sealed once with the store's key, so that a wrong key is noticed at once.
    private static let keyProof = Array("countersign".utf8)

    /// A commit waits for the disk. Deleted content was sealed, and is overwritten all the same:
    /// what was erased must not come back with the store's key and an old page.
    private static let options = SQLiteOptions(
        durability: .full, erasesDeleted: true, checkpointPages: 0)

    /// Brings the file to the newest schema, gets the key and makes sure that it is the right one.
    static func open(
        _ file: String, in folder: PrivateFolder,
        keys: StoreKeySources, _ surroundings: () -> Surroundings
    ) throws(StoreRefusal) -> OpenedStore {
        var entropy = surroundings().entropy
        let connection = try refusing { () throws(SQLiteFailure) in
            let connection = try SQLiteConnection(path: file, options: options)
            try connection.migrate(StoreSchema.migrations, path: file)
            return connection
        }
        let proof = try refusing { () throws(SQLiteFailure) in try storedProof(connection) }
        let key = try StoreKey.load(
            keys.sealing, in: folder, file: .sealing, isNew: proof == nil
        ) { entropy.bytes(SealingKey.bytesCount) }
        let vault = Vault(key, sealingWith: entropy.bytes(16))
        try prove(vault, against: proof)
        try refusing { () throws(SQLiteFailure) in
            if proof == nil {
                try found(connection, epoch: entropy.bytes(16), sealedBy: vault)
            }
        }
        let session = SQLiteSession(connection, vault)
        let sealer = try LogSealer.opened(
            session, in: folder, key: keys.log, next: keys.nextLog
        ) { entropy.bytes(SealingKey.bytesCount) }
        try RunMark(in: folder).renew(in: connection) { entropy.bytes($0) }
        try refusing { () throws(SQLiteFailure) in
            // A close in good order moves the log by itself, before.
            try connection.leaveLogOnClose()
            try connection.restrict(
                SQLiteRestrictions(
                    appendOnlyTables: StoreSchema.appendOnlyTables,
                    erasableTables: StoreSchema.erasableTables))
        }
        return OpenedStore(session: session, sealer: sealer, key: key)
    }

    /// Connections that can only read.
    static func readers(_ file: String) throws(StoreRefusal) -> SQLitePool {
        var options = options
        options.access = .readOnly
        return try refusing { () throws(SQLiteFailure) in
            try SQLitePool(path: file, connections: SQLiteStore.readersMax, options: options) {
                (connection) throws(SQLiteFailure) in
                try connection.leaveLogOnClose()
                try connection.restrict(
                    SQLiteRestrictions(
                        appendOnlyTables: StoreSchema.appendOnlyTables,
                        erasableTables: StoreSchema.erasableTables))
            }
        }
    }

    /// Nil until something was sealed, so for a new store.
    private static func storedProof(
        _ connection: SQLiteConnection
    ) throws(SQLiteFailure) -> [UInt8]? {
        try connection.first("SELECT value FROM about WHERE name = 'key_proof'") {
            (row) throws(SQLiteFailure) in try row.blob(0)
        }
    }

    private static func prove(_ vault: Vault, against proof: [UInt8]?) throws(StoreRefusal) {
        guard let proof else { return }
        do {
            let opened = try vault.open(proof, at: "about|key_proof")
            if opened == keyProof { return }
        } catch {
            throw .key("The key is not the one that this store was made with.")
        }
        throw .key("The store's proof of its key is damaged.")
    }

    private static func found(
        _ connection: SQLiteConnection, epoch: [UInt8], sealedBy vault: Vault
    ) throws(SQLiteFailure) {
        let proof = vault.seal(keyProof, at: "about|key_proof")
        try connection.transaction { () throws(SQLiteFailure) in
            for (name, value) in [("epoch", epoch), ("key_proof", proof)] {
                try connection.changes(
                    "INSERT INTO about (name, value) VALUES (?1, ?2)",
                    [.text(name), .blob(value)])
            }
            return .keep(())
        }
    }

    private static func refusing<Value>(
        _ body: () throws(SQLiteFailure) -> Value
    ) throws(StoreRefusal) -> Value {
        do {
            return try body()
        } catch {
            throw StoreRefusal(error)
        }
    }
}

/// What the writer's thread takes over.
struct OpenedStore {
    let session: SQLiteSession
    let sealer: LogSealer
    let key: StoreKey
}
