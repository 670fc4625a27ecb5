public import Approvals
public import Cryptography
public import JSONTree

/// The log of one tenant: gives events their place in the chain.
public struct EventLog: Hashable, Sendable {
    /// The C2SP origin line, `<host>/countersign/<tenant>`.
    public let origin: String

    /// The version of the format; a verifier refuses others.
    public static let format = "countersign-audit/1"

    /// The log of `tenant` at an installation.
    public init(host: String, tenant: TenantName) {
        origin = "\(host)/countersign/\(tenant)"
    }

    /// The log with this origin line.
    public init(origin: String) { self.origin = origin }

    /// When an event happened, by both clocks.
    public struct Instant: Hashable, Sendable {
        public let wall: Timestamp
        public let uptime: Uptime

        /// Puts an instant together.
        public init(wall: Timestamp, uptime: Uptime) {
            self.wall = wall
            self.uptime = uptime
        }
    }

    /// An event in its place, with what it discloses and the roots it commits to.
    public struct Entry: Hashable, Sendable {
        public let record: AuditRecord
        public let disclosures: [Disclosure]
        /// The root of each document, in the order of the event's documents.
        public let roots: [Digest]
    }

    /// What the `prev` of the first event is: SHA-256 of format, LF, origin, LF.
    public var genesis: Digest { SHA256.hash(Array("\(Self.format)\n\(origin)\n".utf8)) }

    /// Builds the event that follows `head`; salts are drawn from `entropy`.
    ///
    /// Refuses a document with a number that has no canonical form.
    public func entry(
        _ event: AuditEvent, id: EventID, at instant: Instant, after head: ChainHead?,
        saltedFrom entropy: inout some Entropy
    ) throws(CanonicalFormError) -> Entry {
        let sequence = head.map { $0.sequence + 1 } ?? 0
        var commits = JSONObject()
        var roots: [Digest] = []
        var disclosures: [Disclosure] = []
        for document in event.documents {
            let commitment = try FieldCommitment(to: document.value, saltedFrom: &entropy)
            commits[document.name] = commitment.header
            roots.append(commitment.root)
            for (index, field) in commitment.fields.enumerated() {
                disclosures.append(
                    Disclosure(
                        sequence: sequence, document: document.name, index: index,
                        pointer: field.pointer, salt: field.salt, value: field.value,
                        digest: field.digest))
            }
        }
        let header = header(
            of: event, id: id, at: instant, sequence: sequence,
            previous: head?.leafHash ?? genesis, commits: commits)
        let line = try header.canonicalBytes()
        let record = AuditRecord(
            sequence: sequence, id: id, at: instant.wall, type: event.type.rawValue, line: line,
            leafHash: Self.leafHash(line))
        return Entry(record: record, disclosures: disclosures, roots: roots)
    }

    /// SHA-256(0x00 ‖ line).
    public static func leafHash(_ line: [UInt8]) -> Digest { SHA256.hash([0] + line) }

    private func header(
        of event: AuditEvent, id: EventID, at instant: Instant, sequence: Int64,
        previous: Digest, commits: JSONObject
    ) -> JSONValue {
        [
            "actor": ["id": .string(event.actor.id), "kind": .string(event.actor.kind.rawValue)],
            "boot": .string(instant.uptime.boot), "commit": .object(commits),
            "facts": .object(event.facts), "id": .string(id.rawValue), "log": .string(origin),
            "mono_ms": .number(JSONNumber(instant.uptime.milliseconds)),
            "outcome": event.outcome.map { .string($0) } ?? .null,
            "prev": .string(previous.hex), "provenance": event.provenance,
            "seq": .number(JSONNumber(sequence)),
            "subject": [
                "id": .string(event.subject.id), "kind": .string(event.subject.kind.rawValue),
            ],
            "ts": .string(instant.wall.rfc3339), "type": .string(event.type.rawValue),
            "v": .string(Self.format),
        ]
    }
}
