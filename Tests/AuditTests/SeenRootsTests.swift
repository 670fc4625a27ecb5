import Audit
import Cryptography
import JSONTree
import Testing

@testable import AuditVerifier

/// Goal: a decision whose inbox had seen another history is found; nothing else is.
@Suite struct SeenRootsTests {
    private func header(_ sequence: Int64, _ facts: JSONObject) throws -> RecordHeader {
        try #require(
            RecordHeader([
                "actor": ["id": "ada", "kind": "user"], "boot": "b", "commit": [:],
                "facts": .object(facts), "id": "01900000-0000-7000-8000-000000000001", "log": "l",
                "mono_ms": 1, "outcome": "approved", "prev": "p", "provenance": nil,
                "seq": .number(JSONNumber(sequence)),
                "subject": ["id": "apr", "kind": "approval"], "ts": "2026-11-22T09:04:11.719Z",
                "type": "approval.decided", "v": 1,
            ]))
    }

    /// The roots of a log whose events are numbers, one for each size.
    private func roots(_ count: Int) -> [Digest] {
        var tree = MerkleFrontier()
        return (0..<count).map { number in
            tree.append(EventLog.leafHash(Array("\(number)".utf8)))
            return tree.root
        }
    }

    private func grown(_ roots: [Digest]) -> SeenRoots {
        var seen = SeenRoots()
        for (index, root) in roots.enumerated() { seen.note(root, size: Int64(index + 1)) }
        return seen
    }

    @Test func onlyAnotherHistoryIsFound() throws {
        let roots = roots(40)
        var seen = grown(roots)
        for size in 1...40 {
            let own: JSONObject = [
                "seen_size": .number(JSONNumber(size)), "seen_root": .string(roots[size - 1].hex),
            ]
            #expect(try seen.check(header(40, own)) == nil)
            var other = own
            other["seen_root"] = .string(roots[size % 40].hex)
            #expect(try seen.check(header(40, other))?.contains("another log") == true)
        }
        #expect(seen.agreedCount == 40)
        #expect(try seen.check(header(40, [:])) == nil)
        let ahead: JSONObject = ["seen_size": 41, "seen_root": .string(roots[39].hex)]
        #expect(try seen.check(header(40, ahead))?.contains("before there were") == true)
        #expect(try seen.check(header(40, ["seen_size": 3]))?.contains("without its root") == true)
        #expect(seen.agreedCount == 40)
    }

    @Test func whatIsTooLongAgoIsCountedAndNotJudged() throws {
        let root = roots(1)[0]
        var seen = SeenRoots()
        for size in 1...Int64(SeenRoots.sizesMax + 10) { seen.note(root, size: size) }
        func check(_ size: Int64) throws -> String? {
            let facts: JSONObject = [
                "seen_size": .number(JSONNumber(size)), "seen_root": .string(root.hex),
            ]
            return try seen.check(header(Int64(SeenRoots.sizesMax) + 10, facts))
        }
        #expect(try check(10) == nil && seen.unknownCount == 1)
        #expect(try check(11) == nil && seen.agreedCount == 1)
    }
}
