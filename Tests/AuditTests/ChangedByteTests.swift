import AuditVerifier
import Foundation
import Testing

/// Goal: whichever bit of whichever file of an export is another one, the check finds something.
///
/// `COUNTERSIGN_MUTATIONS` asks for more places (the format asks for 10,000) and
/// `COUNTERSIGN_SEED` for other ones.
struct ChangedByteTests {
    private static func number(_ name: String) -> Int? {
        ProcessInfo.processInfo.environment[name].flatMap { Int($0) }
    }

    static func check(_ files: [String: [UInt8]], _ trust: AuditTrust) -> AuditReport {
        var check = ExportCheck(trust: trust, options: ExportCheck.Options())
        for (name, bytes) in files.sorted(by: { $0.key < $1.key }) {
            if name.hasPrefix("checkpoint.") {
                check.addCheckpoint(bytes, named: name)
            } else if name.hasPrefix("policies/") {
                check.addPolicy(bytes, named: String(name.dropFirst("policies/".count)))
            }
        }
        var events = LinesInMemory(files["events.jsonl"] ?? [])
        var rows = LinesInMemory(files["disclosures.jsonl"] ?? [])
        return check.run(events: &events, disclosures: &rows)
    }

    @Test func theExportIsHonest() throws {
        let export = try RichExport()
        let report = Self.check(export.files, export.trust)
        #expect(report.result == .verified, "\(report.findings) \(report.doubts)")
        #expect(report.stats.withheld == 1 && report.stats.erased == 1)
        #expect(report.stats.checkpoints == 4 && report.stats.witnesses == 1)
        #expect(report.checked.contains { $0.hasPrefix("2 documents of policies") })
    }

    /// Method: at seeded places over all files, one of the eight bits of a byte is flipped.
    @Test func everyFlippedBitIsFound() throws {
        let export = try RichExport()
        let seed = Self.number("COUNTERSIGN_SEED") ?? 2026
        var random = Seeded(state: UInt64(truncatingIfNeeded: seed))
        let places = export.files.keys.sorted().flatMap { name in
            (export.files[name] ?? []).indices.map { (name, $0) }
        }
        for _ in 0..<(Self.number("COUNTERSIGN_MUTATIONS") ?? 300) {
            let (name, place) = places[Int(random.next() % UInt64(places.count))]
            let bit = UInt8(1) << UInt8(random.next() % 8)
            var files = export.files
            files[name]?[place] ^= bit
            let report = Self.check(files, export.trust)
            #expect(
                report.result == .tampered && !report.findings.isEmpty,
                "seed \(seed): \(name) byte \(place) ^ \(bit) is \(report.result)")
        }
    }
}
