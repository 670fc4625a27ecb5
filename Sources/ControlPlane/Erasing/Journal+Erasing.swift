import Approvals
import Audit
import JSONTree

/// Who erases, and why.
struct ErasureGround {
    let actor: AuditEvent.Actor
    /// `erasure` or `retention`.
    let basis: String
    /// The erasure that somebody proposed, when it is one.
    let erasure: ErasureID?
}

extension Journal {
    /// An event names so many fields at most, so that its line stays small.
    private static let fieldsMax = 1_000

    /// Erases everything that a finished approval says; the number of its documents.
    mutating func erase(
        _ approval: Approval, on ground: ErasureGround
    ) throws(CommandFailure) -> Int {
        let tenant = approval.tenant
        let documents = try stored(try store.documents(about: approval.id, of: tenant))
        for document in documents { try erase(document, of: tenant, on: ground) }
        for id in approval.decisions.compactMap(\.grant) {
            guard let grant = try stored(try store.grant(id, of: tenant)) else { continue }
            try stored(try store.saveErased(grant.erased(at: now)))
        }
        try stored(try store.eraseTraces(of: approval.id, in: tenant))
        var bare = approval.erased(at: now)
        try save(&bare)
        return documents.count
    }

    /// Erases one document and says so.
    mutating func erase(
        _ document: CommittedDocument, of tenant: TenantName, on ground: ErasureGround
    ) throws(CommandFailure) {
        let indices = document.digests.indices
        var teller: Int64 = 0
        for start in stride(from: 0, to: indices.count, by: Self.fieldsMax) {
            let part = indices[start..<min(start + Self.fieldsMax, indices.count)]
            let event = AuditEvent(
                .disclosureErased, by: ground.actor,
                about: .init(.event, String(document.sequence)),
                facts: .facts([
                    "basis": .fact(ground.basis), "doc": .fact(document.name),
                    "erasure": ground.erasure.map { .fact($0.rawValue) },
                    "idx": .array(part.map { .fact($0) }),
                    "seq": .number(JSONNumber(document.sequence)),
                ]))
            let entry = try entry(event, of: tenant)
            try append(entry, about: document.approval, of: tenant)
            teller = entry.record.sequence
        }
        try stored(try store.erase(document, toldBy: teller, in: tenant))
    }
}
