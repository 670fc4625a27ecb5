import Audit
import AuditVerifier
import Foundation
import JSONTree
import Testing

/// Goal: whatever value stands anywhere in an export, the verifier says so and lives.
///
/// Method: a value in a line is replaced by one of another kind or size, well written.
/// `COUNTERSIGN_MUTATIONS` asks for more rounds.
@Suite(.enabled(if: TamperData.isThere, "COUNTERSIGN_CONFORMANCE names no folder"))
struct StrangeValueTests {
    private static let strange: [JSONValue] = [
        .null, true, 0, -1, 1, "", "é\u{0}", [], [[]], ["a": ["b": 1]], .object(JSONObject()),
        .number(JSONNumber(Int.max)), .number(JSONNumber(Int.min)),
        .number(JSONNumber(9_007_199_254_740_991)), .number(JSONNumber(9_007_199_254_740_992)),
        "9999-12-31T23:59:59.999Z", "0000-01-01T00:00:00.000Z", "approval.decided",
        "disclosure.erased", "sha256:", "-1",
    ]

    private static var rounds: Int {
        ProcessInfo.processInfo.environment["COUNTERSIGN_MUTATIONS"].flatMap { Int($0) } ?? 60
    }

    @Test(arguments: ["events.jsonl", "disclosures.jsonl"])
    func everyStrangeValueIsFound(_ file: String) throws {
        let files = try ExportCheckTests.export("22-legitimate-erasure")
        let trust = try ExportCheckTests.trust()
        let lines = try present(files[file]).split(separator: UInt8(ascii: "\n")).map(Array.init)
        var random = Seeded(state: 5)
        var changedCount = 0
        for _ in 0..<Self.rounds {
            var changed = lines
            let line = Int(random.next() % UInt64(lines.count))
            changed[line] = try Self.strange(lines[line], &random)
            guard changed != lines else { continue }
            changedCount += 1
            var export = files
            export[file] = Array(changed.joined(separator: [10])) + [10]
            var options = ExportCheck.Options()
            options.event = Int64(random.next() % 70)
            let report = try ExportCheckTests.check(export, trust, options)
            #expect(
                report.result == .tampered,
                "\(file) line \(line): \(String(decoding: changed[line], as: UTF8.self))")
        }
        #expect(changedCount > Self.rounds / 2)
    }

    /// The line with another value at one of its places.
    private static func strange(_ line: [UInt8], _ random: inout Seeded) throws -> [UInt8] {
        let json = try JSONValue(parsing: line)
        let places = places(in: json)
        let place = places[Int(random.next() % UInt64(places.count))]
        let value = strange[Int(random.next() % UInt64(strange.count))]
        let changed = try JSONPatch([.replace(place, value)]).applied(to: json)
        return Array(changed.text().utf8)
    }

    private static func places(
        in value: JSONValue, at pointer: JSONPointer = .root
    ) -> [JSONPointer] {
        let inner: [JSONPointer]
        switch value {
        case .null, .bool, .number, .string: inner = []
        case .array(let elements):
            inner = elements.enumerated().flatMap { places(in: $1, at: pointer.appending($0)) }
        case .object(let object):
            inner = object.members.flatMap { places(in: $0.value, at: pointer.appending($0.name)) }
        }
        return pointer.isRoot ? inner : [pointer] + inner
    }
}
