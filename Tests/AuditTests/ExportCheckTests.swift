import Audit
import AuditVerifier
import Cryptography
import Foundation
import JSONTree
import Testing

/// Goal: honest exports verify, and no tampered one does.
@Suite(.enabled(if: TamperData.isThere, "COUNTERSIGN_CONFORMANCE names no folder"))
struct ExportCheckTests {
    static func top() throws -> String { try present(TamperData.folder) + "/audit-tamper/" }

    static func bytes(_ path: String) throws -> [UInt8] {
        Array(try present(FileManager.default.contents(atPath: path)))
    }

    static func json(_ path: String) throws -> JSONValue {
        try JSONValue(parsing: bytes(path))
    }

    /// The files of an export that a verifier reads.
    static func export(_ name: String) throws -> [String: [UInt8]] {
        let folder = try top() + name
        let names = try FileManager.default.contentsOfDirectory(atPath: folder)
        return try names.reduce(into: [:]) { files, name in
            guard name.hasSuffix(".jsonl") || name.hasPrefix("checkpoint.") else { return }
            files[name] = try bytes(folder + "/" + name)
        }
    }

    static func check(
        _ files: [String: [UInt8]], _ trust: AuditTrust, _ options: ExportCheck.Options = .init()
    ) throws -> AuditReport {
        var check = ExportCheck(trust: trust, options: options)
        for name in files.keys.sorted() where name.hasPrefix("checkpoint.") {
            check.addCheckpoint(files[name] ?? [], named: name)
        }
        var events = LinesInMemory(try present(files["events.jsonl"]))
        var disclosures = LinesInMemory(try present(files["disclosures.jsonl"]))
        return check.run(events: &events, disclosures: &disclosures)
    }

    static func trust() throws -> AuditTrust { try AuditTrust(json(top() + "trusted.json")) }

    @Test func everyCaseEndsAsItsIndexSays() throws {
        let index = try Self.json(Self.top() + "index.json")
        for (name, expected) in try present(index.objectValue).members.map({ ($0.name, $0.value) })
        {
            var options = ExportCheck.Options()
            let asked = try Self.json(Self.top() + name + "/expect.json")["require_witness"]
            options.witnessesMin = Int(asked?.intValue ?? 0)
            let report = try Self.check(Self.export(name), Self.trust(), options)
            let result: AuditReport.Result = expected["exit"] == 0 ? .verified : .tampered
            #expect(report.result == result, "\(name) \(report.findings)")
            let codes = Set(report.findings.map(\.code.rawValue))
            let wanted = try present(expected["codes"]?.arrayValue).compactMap(\.stringValue)
            #expect(codes == Set(wanted), "\(name) \(report.findings)")
            #expect(report.firstBad == expected["seq"]?.intValue, "\(name)")
        }
    }

    @Test func whatNobodySignedIsInconclusive() throws {
        let files = try Self.export("00-base")
        let keyless = AuditTrust(origin: TamperData.log.origin, logKeys: [])
        #expect(try Self.check(files, keyless).result == .inconclusive)
        let unsigned = files.filter { !$0.key.hasPrefix("checkpoint") }
        #expect(try Self.check(unsigned, Self.trust()).result == .inconclusive)
        let tail = files.filter { $0.key != "checkpoint.2" }
        let report = try Self.check(tail, Self.trust())
        #expect(report.result == .inconclusive && report.findings.isEmpty)
        #expect(report.lastGood?.size == 40)
        var quorum = ExportCheck.Options()
        quorum.witnessesMin = 3
        let alone = try Self.check(files, Self.trust(), quorum)
        #expect(alone.result == .inconclusive && alone.findings.map(\.code) == [.badWitness])
    }

    @Test func pinsAreHeldAgainstTheLog() throws {
        let note = try present(
            SignedNote(parsing: Self.bytes(Self.top() + "00-base/pinned.checkpoint")))
        let pin = try present(Checkpoint(note))
        var options = ExportCheck.Options()
        options.pins = [pin]
        options.event = 5
        let report = try Self.check(Self.export("00-base"), Self.trust(), options)
        #expect(report.result == .verified)
        let sample = try LogProof(parsing: Self.bytes(Self.top() + "example.tlog-proof"))
        #expect(report.proof?.hashes == sample?.hashes)
        options.pins = [Checkpoint(origin: pin.origin, size: 40, root: SHA256.hash([]))]
        let other = try Self.check(Self.export("00-base"), Self.trust(), options)
        #expect(other.findings.map(\.code) == [.pinDiffers])
        options.pins = [Checkpoint(origin: pin.origin, size: 63, root: pin.root)]
        let ahead = try Self.check(Self.export("00-base"), Self.trust(), options)
        #expect(ahead.findings.map(\.code) == [.pinAhead])
    }

    @Test func eventsUnderAKeptCheckpointAreOnlyHashed() throws {
        let note = try present(
            SignedNote(parsing: Self.bytes(Self.top() + "00-base/checkpoint.1")))
        var options = ExportCheck.Options()
        options.since = try present(Checkpoint(note))
        let report = try Self.check(Self.export("00-base"), Self.trust(), options)
        #expect(report.result == .verified, "\(report.findings)")
        let edited = try Self.check(Self.export("01-edit-header"), Self.trust(), options)
        #expect(edited.result == .tampered)
        #expect(edited.findings.contains { $0.code == .pinDiffers })
    }

    @Test func erasureWithoutItsEventIsFound() throws {
        var files = try Self.export("22-legitimate-erasure")
        let events = try present(files["events.jsonl"]).split(separator: UInt8(ascii: "\n"))
        files["events.jsonl"] = Array(events.dropLast().joined(separator: [10])) + [10]
        files["checkpoint.3"] = nil
        let report = try Self.check(files, Self.trust())
        #expect(report.findings.map(\.code) == [.erasedSilently] && report.firstBad == 4)
    }

    /// The numbers of a line are as hostile as its texts: the largest there is has no next one.
    @Test(arguments: ["seq", "mono_ms"], ["9223372036854775807", "-9223372036854775808"])
    func numbersAtTheEndOfTheirRangeAreFound(_ member: String, _ number: String) throws {
        var files = try Self.export("00-base")
        let lines = String(decoding: try present(files["events.jsonl"]), as: UTF8.self)
        let changed = lines.replacing(
            try Regex("\"\(member)\":[0-9]+"), with: "\"\(member)\":\(number)")
        files["events.jsonl"] = Array(changed.utf8)
        var options = ExportCheck.Options()
        options.event = 5
        #expect(try Self.check(files, Self.trust(), options).result == .tampered)
    }

    @Test func aSkewBeyondAllClocksIsRefused() {
        let trust: JSONValue = [
            "origin": "a.example/log", "max_clock_skew_ms": 9_223_372_036_854_775_807,
        ]
        #expect(throws: AuditTrust.Mistake.self) { try AuditTrust(trust) }
    }

    /// Method: another value for one byte anywhere; no byte of an export is without meaning but
    /// those of signatures by strangers, of which these exports have none.
    @Test(arguments: ["00-base", "22-legitimate-erasure", "34-single"])
    func everyChangedByteIsFound(_ name: String) throws {
        let files = try Self.export(name)
        let trust = try Self.trust()
        let environment = ProcessInfo.processInfo.environment
        let rounds = Int(environment["COUNTERSIGN_MUTATIONS"] ?? "") ?? 60
        var random = Seeded(state: UInt64(environment["COUNTERSIGN_SEED"] ?? "") ?? 11)
        let places = files.keys.sorted().flatMap { name in
            (0..<(files[name]?.count ?? 0)).map { (name, $0) }
        }
        for _ in 0..<rounds {
            let (file, place) = places[Int(random.next() % UInt64(places.count))]
            var changed = files
            let flip = UInt8(random.next() % 255 + 1)
            changed[file]?[place] ^= flip
            let report = try Self.check(changed, trust)
            #expect(report.result == .tampered, "\(name)/\(file) byte \(place) ^ \(flip)")
        }
    }
}

/// The same numbers on every run.
struct Seeded {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}
