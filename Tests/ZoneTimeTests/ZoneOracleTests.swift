import Approvals
import Foundation
import SystemClock
import Testing
import ZoneTime

/// Goal: our arithmetic and Python's `zoneinfo` say the same, about every zone and every change of
/// ten years.
///
/// Method: `oracle.py` writes what it knows; `COUNTERSIGN_ZONE_INSTANTS` says how much (Tests/run
/// takes it as an argument), `COUNTERSIGN_ZONE_SEED` which by chance.
@Suite struct ZoneOracleTests {
    private static func number(_ variable: String, _ usual: Int) -> Int {
        ProcessInfo.processInfo.environment[variable].flatMap { Int($0) } ?? usual
    }

    @Test("Every zone, every change in ten years ±3 h, and instants by chance: no mismatch")
    func agree() throws {
        let count = Self.number("COUNTERSIGN_ZONE_INSTANTS", 100_000)
        let seed = Self.number("COUNTERSIGN_ZONE_SEED", 1)
        let (names, records) = try Self.oracle(count: count, seed: seed)
        let system = SystemZones()
        let zones = try names.map { try #require(try system.zone($0), "\($0)") }
        #expect(zones.count > 400)
        #expect(records.count >= count * 5 / 2)
        var mismatches: [String] = []
        records.withUnsafeBufferPointer { records in
            for start in stride(from: 0, to: records.count, by: 5) {
                let zone = zones[records[start]]
                let (asked, first, last) = (
                    records[start + 2], records[start + 3], records[start + 4]
                )
                if !Self.agrees(zone, records[start + 1], asked, first, last) {
                    mismatches.append("\(zone.name) \(asked): \(first) \(last)")
                }
            }
        }
        #expect(mismatches.isEmpty, "seed \(seed): \(mismatches.prefix(20))")
        print("zones: \(zones.count), instants: \(records.count / 5), seed \(seed)")
    }

    /// Without closures in an `#expect`, so that millions are quick.
    private static func agrees(
        _ zone: Zone, _ kind: Int, _ asked: Int, _ first: Int, _ last: Int
    ) -> Bool {
        guard kind == 1 else {
            let local = zone.local(at: Timestamp(milliseconds: Int64(asked) * 1_000))
            guard local.seconds == first else { return false }
            // What the wall shows means this instant, as one of at most two.
            let meaning = zone.meaning(of: local)
            let instant = Int64(asked) * 1_000
            return meaning.first.milliseconds == instant || meaning.last.milliseconds == instant
        }
        let meaning = zone.meaning(of: LocalTime(seconds: asked))
        return meaning.first.milliseconds == Int64(first) * 1_000
            && meaning.last.milliseconds == Int64(last) * 1_000
    }

    private static func oracle(count: Int, seed: Int) throws -> ([String], [Int]) {
        let script = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "oracle.py").path(percentEncoded: false)
        let names = FileManager.default.temporaryDirectory
            .appending(path: "countersign-zones-\(ProcessInfo.processInfo.processIdentifier)")
        _ = FileManager.default.createFile(atPath: names.path(percentEncoded: false), contents: nil)
        defer { try? FileManager.default.removeItem(at: names) }
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", script, String(count), String(seed)]
        let answer = Pipe()
        process.standardOutput = answer
        process.standardError = try FileHandle(forWritingTo: names)
        try process.run()
        let data = try answer.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        let lines = try String(contentsOf: names, encoding: .utf8)
        try #require(process.terminationStatus == 0, "\(lines.suffix(400))")
        let numbers = data.withUnsafeBytes { Array($0.bindMemory(to: Int.self)) }
        return (lines.split(separator: "\n").map(String.init), numbers)
    }
}
