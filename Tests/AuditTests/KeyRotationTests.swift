import Approvals
import Audit
import AuditVerifier
import Cryptography
import JSONTree
import Testing

/// Goal: whoever trusts the first key of a log believes a later one exactly when the log says so
/// under the signatures of both.
@Suite struct KeyRotationTests {
    private static let origin = "a.example/countersign/t"

    private static func signing(_ letter: Character) throws -> Ed25519SigningKey {
        try #require(
            Ed25519SigningKey(seed: Array(repeating: letter.asciiValue ?? 0, count: 32)))
    }

    private static func key(_ letter: Character) throws -> NoteKey {
        try #require(NoteKey(name: origin, kind: .note, key: signing(letter).publicKey))
    }

    private static func trust(_ letters: String) throws -> AuditTrust {
        AuditTrust(origin: origin, logKeys: try letters.map { try key($0) })
    }

    /// What a log is made of: `A>B` is a change of the key, a dot any other event, and `+AB` a
    /// checkpoint over what is there by then, signed by A and B.
    private static func export(_ script: String) throws -> [String: [UInt8]] {
        var files: [String: [UInt8]] = ["events.jsonl": [], "disclosures.jsonl": []]
        var head: ChainHead?
        var leaves: [Digest] = []
        var salts = Zeros()
        for (number, word) in (". " + script).split(separator: " ").enumerated() {
            if word.hasPrefix("+") {
                let checkpoint = Checkpoint(
                    origin: origin, size: Int64(leaves.count), root: MerkleTree.root(leaves))
                let keys = try word.dropFirst().map { try signing($0) }
                files["checkpoint.\(number)"] =
                    try #require(SignedCheckpoint(checkpoint, signedBy: keys)).note
                continue
            }
            let entry = try EventLog(origin: origin).entry(
                try event(word, isFirst: leaves.isEmpty),
                id: EventID(UUIDv7(at: Timestamp(milliseconds: 1), from: &salts)),
                at: .init(
                    wall: Timestamp(milliseconds: 1), uptime: Uptime(boot: "b", milliseconds: 1)),
                after: head, saltedFrom: &salts)
            head = ChainHead(sequence: entry.record.sequence, leafHash: entry.record.leafHash)
            leaves.append(entry.record.leafHash)
            files["events.jsonl", default: []] += entry.record.line + [0x0A]
        }
        return files
    }

    private struct Zeros: Entropy {
        mutating func bytes(_ count: Int) -> [UInt8] { Array(repeating: 0, count: count) }
    }

    private static func event(_ word: Substring, isFirst: Bool) throws -> AuditEvent {
        guard let old = word.first, let new = word.last, old != new else {
            return AuditEvent(
                isFirst ? .logOpened : .groupAdded, by: .server,
                about: isFirst ? .init(.log, origin) : .init(.group, "g"))
        }
        return AuditEvent(
            .keyRotated, by: .server, about: .init(.log, origin),
            facts: ["new": .string(try key(new).vkey), "old": .string(try key(old).vkey)])
    }

    @Test(
        "A later key counts after a change that a key that counts signed too",
        arguments: [
            // The log, the trusted keys, the verdict, the finding, the size of the last good one.
            (". +A A>B +AB . +AB", "A", "VERIFIED", nil, 4),
            (". +A A>B +AB . +B", "A", "VERIFIED", nil, 4),
            // One that only the new key signed, and that comes before what both signed.
            (". +A A>B +B . +AB", "A", "VERIFIED", nil, 4),
            // Two changes, and nothing at the end that the first key signed.
            (". +A A>B +AB . B>C +BC . +C", "A", "VERIFIED", nil, 6),
            (". +A A>B +AB . +B", "AB", "VERIFIED", nil, 4),
            // Whoever knows only a later key: it vouches for what the one before signed before.
            (". +A A>B +AB . +B", "B", "VERIFIED", nil, 4),
            (". +A A>B +AB . B>C +BC . +C", "C", "VERIFIED", nil, 6),
            (". +A A>B +AB . +A", "B", "INCONCLUSIVE", nil, 3),
            // Nobody vouched: no event, an event that only the new key covers, another old key.
            (". +A . +B", "A", "TAMPERED", "E_UNTRUSTED_KEY", 2),
            (". +A . +AB", "A", "TAMPERED", "E_UNTRUSTED_KEY", 3),
            (". +A A>B +B . +B", "A", "TAMPERED", "E_UNTRUSTED_KEY", 2),
            (". +A C>B +AB . +B", "A", "TAMPERED", "E_UNTRUSTED_KEY", 3),
            (". +AB A>B . +B", "A", "TAMPERED", "E_UNTRUSTED_KEY", 2),
            (". +A A>B +A . +B", "A", "TAMPERED", "E_UNTRUSTED_KEY", 3),
            // A third key that the second one does not name.
            (". +A A>B +AB . A>C +BC . +C", "A", "TAMPERED", "E_UNTRUSTED_KEY", 3),
        ] as [(String, String, String, String?, Int64)])
    func rows(
        _ script: String, _ keys: String, _ verdict: String, _ code: String?, _ good: Int64
    ) throws {
        let report = ChangedByteTests.check(try Self.export(script), try Self.trust(keys))
        #expect("\(report.result)".uppercased() == verdict, "\(report.findings)")
        #expect(report.lastGood?.size == good)
        #expect(report.findings.isEmpty == (code == nil), "\(report.findings)")
        #expect(report.findings.allSatisfy { $0.code.rawValue == code }, "\(report.findings)")
        let isTold = report.checked.contains { $0.contains("follows key") }
        #expect(isTold || code != nil || !keys.contains("A"))
    }

    @Test func aNewKeyBindsToTheEventsAsTheOldOneDid() throws {
        var files = try Self.export(". +A A>B +AB . +B")
        let other = try Self.export(". . . . +B")
        for (name, note) in other where name.hasPrefix("checkpoint.") {
            files["checkpoint.99"] = note
        }
        let longer = ChangedByteTests.check(files, try Self.trust("A"))
        #expect(longer.findings.map(\.code.rawValue) == ["E_TRUNCATED"])
        let fork = try Self.export(". . . +B")
        files["checkpoint.99"] = fork.first { $0.key.hasPrefix("checkpoint.") }?.value
        let forked = ChangedByteTests.check(files, try Self.trust("A"))
        #expect(Set(forked.findings.map(\.code.rawValue)) == ["E_FORK", "E_ROOT"])
    }

    @Test func anIncrementalCheckKnowsTheChangesBefore() throws {
        let files = try Self.export(". +A A>B +AB . +B")
        var options = ExportCheck.Options()
        let note = try #require(files["checkpoint.4"].flatMap { SignedNote(parsing: $0) })
        options.since = Checkpoint(note)
        var check = ExportCheck(trust: try Self.trust("A"), options: options)
        for (name, bytes) in files where name.hasPrefix("checkpoint.") {
            check.addCheckpoint(bytes, named: name)
        }
        var events = LinesInMemory(try #require(files["events.jsonl"]))
        var rows = LinesInMemory([])
        let report = check.run(events: &events, disclosures: &rows)
        #expect(report.result == .verified, "\(report.findings) \(report.doubts)")
    }
}
