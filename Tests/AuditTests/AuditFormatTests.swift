import Approvals
import Audit
import Cryptography
import JSONTree
import Testing

/// Goal: what this program writes is, byte for byte, what the published format says.
@Suite(.enabled(if: TamperData.isThere, "COUNTERSIGN_CONFORMANCE names no folder"))
struct AuditFormatTests {
    /// Method: build every event again from its header and disclosures; the line must be the same.
    @Test(arguments: ["00-base", "34-single"])
    func everyLineIsRebuiltByteForByte(_ export: String) throws {
        let disclosures = try TamperData.disclosures(of: export)
        var head: ChainHead?
        for line in try TamperData.lines("events.jsonl", in: export) {
            let header = try JSONValue(parsing: line)
            let documents = disclosures[try present(header["seq"]?.intValue)] ?? [:]
            let entry = try rebuilt(header, documents, after: head)
            #expect(text(entry.record.line) == text(line))
            head = ChainHead(
                sequence: entry.record.sequence, leafHash: entry.record.leafHash)
        }
    }

    @Test(arguments: ["00-base", "08-rehash-chain", "16-execution-after-rejection", "34-single"])
    func chainsThatLinkAreAccepted(_ export: String) throws {
        var check = ChainCheck(of: TamperData.log)
        let lines = try TamperData.lines("events.jsonl", in: export)
        for line in lines { try check.accept(line) }
        #expect(check.head?.sequence == Int64(lines.count - 1))
    }

    @Test(arguments: [
        ("01-edit-header", ChainCheck.Finding.brokenChain, 6),
        ("03-delete-middle", .gap, 5), ("05-reorder", .gap, 5),
        ("14-noncanonical", .notCanonical, 10),
    ])
    func brokenChainsAreRefusedWhereTheyBreak(
        _ export: String, _ finding: ChainCheck.Finding, _ sequence: Int64
    ) throws {
        var check = ChainCheck(of: TamperData.log)
        #expect(throws: finding) {
            for line in try TamperData.lines("events.jsonl", in: export) { try check.accept(line) }
        }
        #expect(check.head?.sequence == sequence - 1)
    }

    @Test(arguments: [("00-base", nil), ("02-edit-disclosure", 4)] as [(String, Int64?)])
    func disclosuresAgreeWithTheirRoots(_ export: String, _ wrong: Int64?) throws {
        let disclosures = try TamperData.disclosures(of: export)
        var disagreeing: [Int64] = []
        for line in try TamperData.lines("events.jsonl", in: export) {
            let header = try JSONValue(parsing: line)
            let sequence = try present(header["seq"]?.intValue)
            for (document, fields) in disclosures[sequence] ?? [:]
            where try !ChainCheck.agrees(fields, with: header, document: document) {
                disagreeing.append(sequence)
            }
        }
        #expect(disagreeing == (wrong.map { [$0] } ?? []))
    }

    private func text(_ line: [UInt8]) -> String { String(decoding: line, as: UTF8.self) }

    private func rebuilt(
        _ header: JSONValue, _ disclosed: [String: [Disclosure]], after head: ChainHead?
    ) throws -> EventLog.Entry {
        let names = header["commit"]?.objectValue?.names ?? []
        var event = AuditEvent(
            try present(EventType(rawValue: present(header["type"]?.stringValue))),
            by: try actor(header), about: try subject(header),
            outcome: header["outcome"]?.stringValue,
            provenance: try present(header["provenance"]),
            facts: try present(header["facts"]?.objectValue))
        var salts = ReplayedEntropy(drawn: [])
        for name in names {
            let fields = try present(disclosed[name])
            event.documents.append(AuditEvent.Document(name, unflattened(fields)))
            salts.drawn += fields.flatMap(\.salt)
        }
        let uptime = Uptime(
            boot: try present(header["boot"]?.stringValue),
            milliseconds: try present(header["mono_ms"]?.intValue))
        return try TamperData.log.entry(
            event, id: present(EventID(present(header["id"]?.stringValue))),
            at: EventLog.Instant(
                wall: present(Timestamp(rfc3339: present(header["ts"]?.stringValue))),
                uptime: uptime),
            after: head, saltedFrom: &salts)
    }

    private func actor(_ header: JSONValue) throws -> AuditEvent.Actor {
        let kind = try present(header["actor"]?["kind"]?.stringValue)
        return AuditEvent.Actor(
            try present(AuditEvent.Actor.Kind(rawValue: kind)),
            try present(header["actor"]?["id"]?.stringValue))
    }

    private func subject(_ header: JSONValue) throws -> AuditEvent.Subject {
        let kind = try present(header["subject"]?["kind"]?.stringValue)
        return AuditEvent.Subject(
            try present(AuditEvent.Subject.Kind(rawValue: kind)),
            try present(header["subject"]?["id"]?.stringValue))
    }

    /// The document whose fields these are; a token of digits is an index.
    private func unflattened(_ fields: [Disclosure]) -> JSONValue {
        if let only = fields.first, fields.count == 1, only.pointer.isRoot { return only.value }
        var groups: [(String, [Disclosure])] = []
        for field in fields {
            let inner = Disclosure(
                sequence: field.sequence, document: field.document, index: field.index,
                pointer: JSONPointer(tokens: Array(field.pointer.tokens.dropFirst())),
                salt: field.salt, value: field.value, digest: field.digest)
            if let last = groups.last, last.0 == field.pointer.tokens[0] {
                groups[groups.count - 1].1.append(inner)
            } else {
                groups.append((field.pointer.tokens[0], [inner]))
            }
        }
        let isArray = groups.allSatisfy { JSONPointer.index($0.0) != nil }
        return isArray
            ? .array(groups.map { unflattened($0.1) })
            : .object(JSONObject(groups.map { ($0.0, unflattened($0.1)) }))
    }
}
