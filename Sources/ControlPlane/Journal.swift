import Approvals
import Audit
import Cryptography
import JSONTree

/// Writes the audit events of one transaction.
struct Journal {
    let store: any StoreWriter
    let host: String
    var surroundings: Surroundings

    var now: Timestamp { surroundings.now }

    var uptime: Uptime {
        Uptime(boot: surroundings.boot, milliseconds: surroundings.monotonicMilliseconds)
    }

    /// A fresh id for something that happens now.
    mutating func uuid() -> UUIDv7 {
        UUIDv7(at: surroundings.now, from: &surroundings.entropy)
    }

    mutating func randomBytes(_ count: Int) -> [UInt8] { surroundings.entropy.bytes(count) }

    /// Gives an event its place after the newest one, without writing it yet.
    mutating func entry(
        _ event: AuditEvent, of tenant: TenantName
    ) throws(CommandFailure) -> EventLog.Entry {
        let head = try stored(try store.chainHead(of: tenant))
        let id = EventID(uuid())
        // A log keeps its name when the machine gets another one.
        let origin = try stored(try store.logOrigin(of: tenant))
        let log = origin.map { EventLog(origin: $0) } ?? EventLog(host: host, tenant: tenant)
        do {
            return try log.entry(
                event, id: id, at: EventLog.Instant(wall: now, uptime: uptime), after: head,
                saltedFrom: &surroundings.entropy)
        } catch {
            throw .field(error.pointer.description, error.reason)
        }
    }

    /// Writes an event that nothing was appended before.
    func append(
        _ entry: EventLog.Entry, about approval: ApprovalID?, of tenant: TenantName
    ) throws(CommandFailure) {
        try stored(
            try store.append(
                entry.record, disclosures: entry.disclosures, about: approval, of: tenant))
    }

    /// Places an event and writes it.
    mutating func record(
        _ event: AuditEvent, about approval: ApprovalID? = nil, of tenant: TenantName
    ) throws(CommandFailure) {
        try append(try entry(event, of: tenant), about: approval, of: tenant)
    }

    /// Saves a changed approval, and says so in the log.
    ///
    /// `event` must be the one event of this change. Fails when somebody else saved it since it was
    /// read, which one transaction at a time cannot see.
    mutating func save(
        _ approval: inout Approval, because event: AuditEvent
    ) throws(CommandFailure) {
        let entry = try entry(event, of: approval.tenant)
        try save(&approval)
        try append(entry, about: approval.id, of: approval.tenant)
    }

    /// Saves a change that is no change of state.
    func save(_ approval: inout Approval) throws(CommandFailure) {
        guard try stored(try store.replace(approval)) else {
            throw .store(.busy("somebody else changed the approval at the same time"))
        }
        approval.version += 1
    }
}

extension JSONObject {
    /// Facts of an event: what is nil is left out.
    static func facts(_ pairs: KeyValuePairs<String, JSONValue?>) -> JSONObject {
        var facts = JSONObject()
        for (name, value) in pairs { facts[name] = value }
        return facts
    }
}

extension JSONValue {
    static func fact(_ instant: Timestamp) -> JSONValue {
        .number(JSONNumber(instant.milliseconds))
    }

    static func fact(_ count: Int) -> JSONValue { .number(JSONNumber(count)) }

    static func fact(_ text: String) -> JSONValue { .string(text) }
}
