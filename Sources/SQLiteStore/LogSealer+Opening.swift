import ControlPlane
import Cryptography
import SQLiteDatabase

extension LogSealer {
    /// Gets the keys that sign the logs, and signs what is not signed yet.
    ///
    /// The key is made with the first start: its public half is in the store, so that another one
    /// is noticed. `next` is the key that is to sign from now on.
    static func opened(
        _ session: SQLiteSession, in folder: PrivateFolder, key source: StoreKeySource,
        next: StoreKeySource?, random: () -> [UInt8]
    ) throws(StoreRefusal) -> LogSealer {
        let known: [Ed25519Key]
        do { known = try session.logKeys() } catch { throw .system(error.sentence) }
        var ring = try LogKeyRing(source, known: known, in: folder, random: random)
        if let next { try ring.add(next: next, known: known, in: folder, random: random) }
        let sealer = LogSealer(ring.signing)
        let first = known.isEmpty ? ring.signing.last?.publicKey : nil
        var failure: StoreFailure?
        do {
            try session.connection.transaction { () throws(SQLiteFailure) in
                do throws(StoreFailure) {
                    if let first { try session.insert(first) }
                    try sealer.catchUp(session)
                    return .keep(())
                } catch {
                    failure = error
                    return .undo(())
                }
            }
        } catch {
            throw StoreRefusal(error)
        }
        if let failure { throw .system(failure.sentence) }
        return sealer
    }
}
