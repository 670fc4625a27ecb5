import Approvals
import Audit
import AuditVerifier
import Cryptography
import Foundation
import JSONTree
import Testing

/// Goal: the documents in `policies/` of an export are the published ones, to the byte.
struct PolicyFileTests {
    private static let origin = "a.example/countersign/t"
    private static let document = Array(#"{"id":"finance","rules":[],"version":7}"#.utf8)

    private struct Counted: Entropy {
        var state: UInt8 = 0

        mutating func bytes(_ count: Int) -> [UInt8] {
            state &+= 1
            return Array(repeating: state, count: count)
        }
    }

    /// A log of two events, of which the second publishes finance@7, checked with these files.
    private func report(_ files: [String: [UInt8]], since: Int = 0) throws -> AuditReport {
        let key = try present(Ed25519SigningKey(seed: Array(repeating: 9, count: 32)))
        let digest = "sha256:" + SHA256.hash(Self.document).hex
        let events = [
            AuditEvent(.logOpened, by: .server, about: .init(.log, Self.origin)),
            AuditEvent(
                .policyPublished, by: .init(.user, "usr_lead"), about: .init(.policy, "finance"),
                facts: ["digest": .string(digest), "version": 7]),
        ]
        let log = EventLog(origin: Self.origin)
        var salts = Counted()
        var head: ChainHead?
        var lines: [UInt8] = []
        var leaves: [Digest] = []
        for (number, event) in events.enumerated() {
            let id = try present(EventID("01930000-0000-7000-8000-00000000003\(number)"))
            let at = Timestamp(milliseconds: 1_790_000_000_000 + Int64(number))
            let entry = try log.entry(
                event, id: id,
                at: .init(wall: at, uptime: Uptime(boot: "b", milliseconds: Int64(number))),
                after: head, saltedFrom: &salts)
            head = ChainHead(sequence: entry.record.sequence, leafHash: entry.record.leafHash)
            lines += entry.record.line + [10]
            leaves.append(entry.record.leafHash)
        }
        let vkey = try present(NoteKey(name: Self.origin, kind: .note, key: key.publicKey))
        var options = ExportCheck.Options()
        if since > 0 {
            options.since = Checkpoint(
                origin: Self.origin, size: Int64(since), root: MerkleTree.root(leaves[..<since]))
        }
        var check = ExportCheck(
            trust: AuditTrust(origin: Self.origin, logKeys: [vkey]), options: options)
        let signed = try present(
            SignedCheckpoint(
                Checkpoint(
                    origin: Self.origin, size: Int64(leaves.count), root: MerkleTree.root(leaves)),
                signedBy: [key]))
        check.addCheckpoint(signed.note, named: "checkpoint.0")
        for (name, bytes) in files { check.addPolicy(bytes, named: name) }
        var source = LinesInMemory(lines)
        var rows = LinesInMemory([])
        return check.run(events: &source, disclosures: &rows)
    }

    @Test func thePublishedDocumentHolds() throws {
        let report = try report(["finance.7.json": Self.document])
        #expect(report.result == .verified, "\(report.findings)")
        #expect(report.checked.contains("1 documents of policies against what was published"))
        let none = try self.report([:])
        #expect(none.result == .verified)
        #expect(none.notChecked.contains { $0.hasPrefix("1 published policies whose") })
    }

    @Test func everyOtherByteIsFound() throws {
        for place in Self.document.indices {
            var changed = Self.document
            changed[place] ^= 1
            let report = try report(["finance.7.json": changed])
            #expect(report.findings.map(\.code) == [.unknownPolicy], "byte \(place)")
        }
    }

    @Test(arguments: ["finance.8.json", "other.7.json", "finance.7", "finance.07.json", "x"])
    func aDocumentThatNobodyPublishedIsFound(_ name: String) throws {
        let report = try report(["finance.7.json": Self.document, name: Self.document])
        #expect(report.result == .tampered && report.findingsCount == 1)
    }

    /// What was published before the checkpoint that the check begins from is not known to it.
    @Test func whatWasPublishedBeforeIsSaidAsNotChecked() throws {
        let report = try report(["finance.7.json": Self.document], since: 2)
        #expect(report.result == .verified, "\(report.findings)")
        #expect(report.notChecked.contains { $0.hasPrefix("1 documents of policies published") })
    }
}
