import Cryptography
import SQLiteDatabase

/// The keys that sign the audit logs in this run, the one in use last.
///
/// The store holds the public half of every key that ever signed, in their order, and that order is
/// what counts: a change of the key is done when the store says so, and the names of the files
/// follow. Whatever ends the program in between, the next start finds the key that the store names.
struct LogKeyRing {
    /// What signs; the former one, where its file is still there, before the one in use.
    var signing: [Ed25519SigningKey]

    /// Gets the keys; the first one is made with a new store.
    init(
        _ source: StoreKeySource, known: [Ed25519Key], in folder: PrivateFolder,
        random: () -> [UInt8]
    ) throws(StoreRefusal) {
        if case .file = source { try Self.settleNames(known, in: folder) }
        let key = try Self.key(source, .log, in: folder, isNew: known.isEmpty, random: random)
        guard known.isEmpty || known.last == key.publicKey else {
            throw .key("The key of the audit logs is not the one that signed them before.")
        }
        signing = [key]
        guard case .file = source, folder.exists(KeyFile.formerLog.rawValue) else { return }
        let former = try Self.key(.file, .formerLog, in: folder)
        guard known.dropLast().last == former.publicKey else {
            throw .key(
                "\(folder.path)/\(KeyFile.formerLog.rawValue) is not the key that signed before the"
                    + " one in use; put it elsewhere.")
        }
        signing = [former, key]
    }

    /// Adds the key that is to sign from now on, made where it is to be in a file.
    mutating func add(
        next source: StoreKeySource, known: [Ed25519Key], in folder: PrivateFolder,
        random: () -> [UInt8]
    ) throws(StoreRefusal) {
        guard let current = known.last else {
            throw .key("There is no store yet whose key could be changed.")
        }
        guard signing.count == 1 else {
            throw .key(
                "The key before the one in use still signs; retire it first:"
                    + " countersignd log-key retire")
        }
        let next = try Self.key(source, .nextLog, in: folder, isNew: true, random: random)
        guard !known.contains(next.publicKey), next.publicKey != current else {
            throw .key("The new key signed these logs before; a new one must be new.")
        }
        signing.append(next)
    }

    /// Gives the files their names after the store took the next key over.
    static func settleNames(
        _ known: [Ed25519Key], in folder: PrivateFolder
    ) throws(StoreRefusal) {
        guard folder.exists(KeyFile.nextLog.rawValue) else { return }
        let next: Ed25519SigningKey
        // One that holds no key yet, or that the store does not know, is of a change that failed.
        do { next = try key(.file, .nextLog, in: folder) } catch { return }
        guard known.last == next.publicKey else { return }
        do {
            if folder.exists(KeyFile.log.rawValue) {
                try folder.move(KeyFile.log.rawValue, to: KeyFile.formerLog.rawValue)
            }
            try folder.move(KeyFile.nextLog.rawValue, to: KeyFile.log.rawValue)
        } catch {
            throw .opening(error)
        }
    }

    private static func key(
        _ source: StoreKeySource, _ file: KeyFile, in folder: PrivateFolder, isNew: Bool = false,
        random: () -> [UInt8] = { [] }
    ) throws(StoreRefusal) -> Ed25519SigningKey {
        let key = try StoreKey.load(source, in: folder, file: file, isNew: isNew, random: random)
        guard let signing = Ed25519SigningKey(seed: key.bytes) else {
            throw .key("The key of the audit logs cannot be used.")
        }
        return signing
    }
}
