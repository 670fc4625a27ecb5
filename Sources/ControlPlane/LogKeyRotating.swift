import Approvals
import Audit
public import Cryptography
import JSONTree

extension ControlPlane {
    /// Says in every log that another key signs it from now on; the logs that say so.
    ///
    /// The store signs what covers these events with both keys, so that whoever trusts the old one
    /// can trust the new one.
    public func rotateLogKey(
        from old: Ed25519Key, to new: Ed25519Key, in store: any StoreWriter,
        with surroundings: inout Surroundings
    ) throws(CommandFailure) -> [String] {
        var journal = Journal(store: store, host: settings.host, surroundings: surroundings)
        defer { surroundings = journal.surroundings }
        var origins: [String] = []
        for tenant in try stored(try store.tenants()) {
            guard let origin = try stored(try store.logOrigin(of: tenant.name)),
                let former = NoteKey(name: origin, kind: .note, key: old),
                let next = NoteKey(name: origin, kind: .note, key: new)
            else { throw .store(.damaged("a tenant has no log")) }
            try journal.record(
                AuditEvent(
                    .keyRotated, by: .server, about: .init(.log, origin),
                    facts: .facts(["new": .fact(next.vkey), "old": .fact(former.vkey)])),
                of: tenant.name)
            origins.append(origin)
        }
        try stored(try store.insert(new))
        return origins
    }
}
