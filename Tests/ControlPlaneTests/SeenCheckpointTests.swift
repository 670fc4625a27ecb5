import Approvals
import Audit
import ControlPlane
import Cryptography
import JSONTree
import Testing

/// Goal: a decision carries what its inbox saw of the log; from an inbox that saw another log
/// nothing is decided.
@Suite struct SeenCheckpointTests {
    private static let ada = "ada@acme.test"

    /// What the log comes to after its first events; of all of them without a number.
    private func seen(_ size: Int? = nil, in desk: Desk) throws -> SeenCheckpoint {
        let answer = try desk.ask(.audit(.events(from: 0, limit: 1_000)), as: "aud@acme.test")
        guard case .audit(.events(let records, nil)) = answer else { throw Surprise(answer) }
        let leaves = records.prefix(size ?? records.count).map { EventLog.leafHash($0.line) }
        return SeenCheckpoint(size: Int64(leaves.count), root: MerkleTree.root(leaves))
    }

    private func decide(_ id: ApprovalID, seeing: SeenCheckpoint, _ desk: Desk) throws {
        var command = try desk.decision(.approve, on: id, as: Self.ada)
        command.seen = seeing
        try desk.tell(.decide(command), as: Self.ada)
    }

    @Test func whatWasSeenIsInTheEvent() throws {
        for size in [1, 7, nil] {
            let desk = try Desk()
            let id = try desk.submit(as: "other")
            let seen = try seen(size, in: desk)
            try decide(id, seeing: seen, desk)
            let facts = try #require(try desk.events().last?["facts"])
            #expect(facts["seen_size"]?.intValue == seen.size)
            #expect(facts["seen_root"]?.stringValue == seen.root.hex)
        }
    }

    @Test func anotherLogDecidesNothing() throws {
        let desk = try Desk()
        let id = try desk.submit(as: "other")
        let now = try seen(in: desk)
        let strange = [
            SeenCheckpoint(size: now.size, root: try seen(3, in: desk).root),
            SeenCheckpoint(size: now.size + 1, root: now.root),
            SeenCheckpoint(size: 0, root: now.root), SeenCheckpoint(size: -1, root: now.root),
            SeenCheckpoint(size: .max, root: now.root),
        ]
        let before = try desk.events().count
        for other in strange {
            let why = refusal { try decide(id, seeing: other, desk) }
            guard case .conflict(let sentence, _) = why else {
                Issue.record("\(other.size): \(String(describing: why))")
                continue
            }
            #expect(sentence.contains("your inbox saw \(other.size)"))
        }
        #expect(try desk.stored(id).state == .pending)
        #expect(try desk.events().count == before)
        try decide(id, seeing: now, desk)
        #expect(try desk.stored(id).state == .approved)
    }
}
