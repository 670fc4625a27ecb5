import Approvals
import Audit
import AuditVerifier
import Cryptography
import Glibc
import JSONTree
import TextGrid
import Testing

@testable import countersign

/// Goal: a folder on a disk is judged with the four statuses of the format, hostile texts included.
struct AuditCommandTests {
    private static let origin = "a.example/countersign/t"

    private struct Counted: Entropy {
        var state: UInt8 = 0

        mutating func bytes(_ count: Int) -> [UInt8] {
            state &+= 1
            return Array(repeating: state, count: count)
        }
    }

    private func write(_ bytes: [UInt8], _ name: String, _ scratch: ScratchFolder) throws {
        let file = try #require(fopen(scratch.path + "/" + name, "w"))
        defer { fclose(file) }
        #expect(fwrite(bytes, 1, bytes.count, file) == bytes.count)
    }

    /// An export of three events, signed to its end when `isSigned`, and the trust file beside it.
    private func export(isSigned: Bool, reason: String = "too much") throws -> ScratchFolder {
        let scratch = try ScratchFolder()
        let key = try #require(Ed25519SigningKey(seed: Array(repeating: 9, count: 32)))
        let events = [
            AuditEvent(.logOpened, by: .server, about: .init(.log, Self.origin)),
            AuditEvent(
                .approvalRequested, by: .init(.agent, "agt"), about: .init(.approval, "apr"),
                documents: [.init("args", ["amount": 5, "to": ["name": "Zoë"]])]),
            AuditEvent(
                .approvalDecided, by: .init(.policy, "pol"), about: .init(.approval, "apr"),
                outcome: "rejected", documents: [.init("reason", text: reason)]),
        ]
        try fill(scratch, events, signedBy: isSigned ? key : nil)
        let vkey = try #require(NoteKey(name: Self.origin, kind: .note, key: key.publicKey)).vkey
        let trust: JSONValue = ["origin": .string(Self.origin), "log_vkeys": [.string(vkey)]]
        try write(Array(trust.text().utf8), "trust.json", scratch)
        return scratch
    }

    private func fill(
        _ scratch: ScratchFolder, _ events: [AuditEvent], signedBy key: Ed25519SigningKey?
    ) throws {
        let log = EventLog(origin: Self.origin)
        var salts = Counted()
        var head: ChainHead?
        var lines: [UInt8] = []
        var rows: [UInt8] = []
        var tree = MerkleFrontier()
        for (number, event) in events.enumerated() {
            let id = try #require(EventID("01930000-0000-7000-8000-00000000003\(number)"))
            let at = Timestamp(milliseconds: 1_790_000_000_000 + Int64(number))
            let uptime = Uptime(boot: "b", milliseconds: Int64(number))
            let entry = try log.entry(
                event, id: id, at: .init(wall: at, uptime: uptime), after: head,
                saltedFrom: &salts)
            head = ChainHead(sequence: entry.record.sequence, leafHash: entry.record.leafHash)
            lines += entry.record.line + [10]
            tree.append(entry.record.leafHash)
            for field in entry.disclosures { rows += try row(field) + [10] }
        }
        try write(lines, "events.jsonl", scratch)
        try write(rows, "disclosures.jsonl", scratch)
        guard let key else { return }
        let note = Checkpoint(origin: Self.origin, size: tree.size, root: tree.root).note
        let signed = try #require(
            note.signed(as: Self.origin, kind: .note, by: key, atSeconds: 0))
        try write(signed.bytes, "checkpoint.0", scratch)
    }

    private func row(_ field: Disclosure) throws -> [UInt8] {
        let members: [(String, JSONValue)] = [
            ("seq", .number(JSONNumber(field.sequence))), ("doc", .string(field.document)),
            ("i", .number(JSONNumber(field.index))),
            ("ptr", .string(field.pointer.description)),
            ("salt", .string(Hexadecimal.encode(field.salt))), ("val", field.value),
            ("dig", .string(field.digest.hex)),
        ]
        return Array(JSONValue.object(JSONObject(members)).text(.compact).utf8)
    }

    private func check(
        _ scratch: ScratchFolder, event: Int64? = nil, pins: [String] = []
    ) throws -> AuditReport {
        try AuditRequest(
            folder: scratch.path, trust: scratch.path + "/trust.json", pins: pins, event: event
        ).report()
    }

    @Test func aFolderEndsInOneOfThreeWays() throws {
        let report = try check(export(isSigned: true), event: 1)
        #expect(report.result == .verified, "\(report.findings)")
        #expect(report.stats.events == 3 && report.stats.disclosures == 3)
        #expect(report.proof?.index == 1)
        #expect(AuditVerifyCommand.status(of: report) == .done)
        let unsigned = try check(export(isSigned: false))
        #expect(unsigned.result == .inconclusive && unsigned.findings.isEmpty)
        #expect(AuditVerifyCommand.status(of: unsigned).rawValue == 3)
        let edited = try export(isSigned: false)
        let file = try #require(fopen(edited.path + "/disclosures.jsonl", "r+"))
        fseek(file, -1, SEEK_END)
        fputs(" ", file)
        fclose(file)
        #expect(try AuditVerifyCommand.status(of: check(edited)).rawValue == 1)
    }

    @Test func whatIsNoExportIsRefused() throws {
        let empty = try ScratchFolder()
        try write(Array(#"{"origin": "o", "log_vkeys": []}"#.utf8), "trust.json", empty)
        #expect(throws: Complaint.self) { try check(empty) }
        try write(Array(#"{"origin": "o", "keys": []}"#.utf8), "trust.json", empty)
        #expect(throws: Complaint.self) { try check(empty) }
        let fine = try export(isSigned: true)
        #expect(throws: Complaint.self) { try check(fine, pins: [fine.path + "/trust.json"]) }
    }

    /// Also a log whose names are made to move a terminal.
    @Test func thePageIsInertAndSaysWhatWasNotChecked() throws {
        let scratch = try export(isSigned: true)
        try write(Array("\u{1B}[2J\n".utf8), "checkpoint.\u{1B}[2J", scratch)
        let lines = AuditPage.lines(try check(scratch)).map(\.text)
        #expect(lines.first?.hasPrefix("TAMPERED") == true)
        #expect(lines[2].hasPrefix("Last good checkpoint: 3 events, root "))
        #expect(lines.contains("NOT checked"))
        #expect(lines.allSatisfy { line in !line.utf8.contains { $0 < 0x20 } })
    }

    @Test func longAndTornLinesAreRead() throws {
        let scratch = try ScratchFolder()
        let short = [UInt8](repeating: 0x61, count: 1_000)
        let long = [UInt8](repeating: 0x61, count: 600_000)
        let bytes = short + [10, 10] + short + [0x61, 10] + long + [10, 0x63, 10, 0x64]
        try write(bytes, "lines", scratch)
        let lines = try FileLines(scratch.path + "/lines", bytesMax: 1_000)
        #expect(lines.next() == .whole(short))
        #expect(lines.next() == .whole([]))
        #expect(lines.next() == .tooLong)
        #expect(lines.next() == .tooLong)
        #expect(lines.next() == .whole([0x63]))
        #expect(lines.next() == .torn([0x64]))
        #expect(lines.next() == nil)
    }
}
