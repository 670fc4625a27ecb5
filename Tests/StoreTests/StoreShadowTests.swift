import Approvals
import ControlPlane
import Cryptography
import JSONTree
import Policies
import Testing

@Suite("Every store counts what shadows said, with the call and not by looking at all of them")
struct StoreShadowTests {
    private static let refunds = PolicyID("refunds")

    private static func published() throws -> PublishedPolicy {
        let document: JSONValue = ["id": "refunds", "version": 1]
        return PublishedPolicy(
            id: try #require(refunds), version: 1, digest: SHA256.hash(document.bytes()),
            document: document, publishedBy: MemberID(Fixture.uuid(1)),
            publishedAt: Fixture.start, status: .shadow)
    }

    /// A call on which a policy in force said one thing and the shadow another.
    private static func call(
        _ number: UInt64, live: String, said: String?, leaning: String, rule: String = "small"
    ) throws -> Approval {
        var approval = Fixture.approval(number)
        var shadow: JSONObject = ["policy": "refunds@1", "leaning": .string(leaning)]
        if let said {
            shadow["policy"] = ["id": "refunds", "version": 1]
            shadow["effect"] = .string(said)
            shadow["rule"] = .string(rule)
        }
        approval.policyRecord = [
            "verdicts": [["effect": .string(live)]], "shadows": [.object(shadow)],
        ]
        return approval
    }

    private static func calls() throws -> [Approval] {
        [
            try call(1, live: "require_approval", said: "allow", leaning: "laxer"),
            try call(2, live: "require_approval", said: "require_approval", leaning: "same"),
            try call(3, live: "allow", said: "deny", leaning: "stricter"),
            try call(4, live: "require_approval", said: nil, leaning: "error"),
            try call(
                5, live: "require_approval", said: "require_approval", leaning: "same",
                rule: "on_error"),
        ]
    }

    @Test("Counts, cases and who looked at them", arguments: StoreKind.allCases)
    func counts(kind: StoreKind) throws {
        let rig = try StoreRig(furnished: kind)
        let policy = try Self.published()
        #expect(try rig.save { try $0.insert(policy, of: Fixture.acme) })
        let calls = try Self.calls()
        for (place, call) in calls.enumerated() {
            let submission = Fixture.submission(call, key: "k\(place)")
            #expect(try rig.save { try $0.insert(call, submission: submission) })
        }
        let (id, acme, long) = (policy.id, Fixture.acme, Timestamp(milliseconds: 0))
        func tallies() throws -> [ShadowTally] {
            try rig.read { try $0.shadowTallies(of: id, version: 1, since: long, in: acme) }
        }
        #expect(try tallies().reduce(0) { $0 + $1.count } == 5)
        #expect(try tallies().filter { !$0.isAnswered }.reduce(0) { $0 + $1.count } == 2)
        #expect(
            try rig.read { try $0.shadowTallies(of: id, version: 2, since: long, in: acme) } == [])
        #expect(
            try rig.read {
                try $0.shadowTallies(of: id, version: 1, since: long, in: Fixture.other)
            }
                == [])
        func cases() throws -> [Int] {
            try rig.read {
                try $0.shadowCases(of: id, version: 1, since: long, limit: 9, in: acme)
            }.compactMap { one in calls.firstIndex { $0.id == one.approval }.map { $0 + 1 } }
        }
        #expect(try cases() == [5, 4, 1, 3])
        let reviewer = MemberID(Fixture.uuid(1))
        func mark() throws -> Bool {
            try rig.save {
                try $0.markReviewed(
                    calls[3].id, of: id, version: 1, by: reviewer, at: Fixture.start, in: acme)
            }
        }
        #expect(try mark())
        #expect(try !mark(), "the first who looked stays on record")
        #expect(try cases() == [5, 1, 4, 3], "what nobody looked at comes first")
        #expect(try rig.read { try $0.isShadowCase(calls[0].id, of: id, version: 1, in: acme) })
        #expect(try rig.read { try !$0.isShadowCase(calls[1].id, of: id, version: 1, in: acme) })
        #expect(try tallies().filter(\.isReviewed).reduce(0) { $0 + $1.count } == 1)
        var settled = calls[0]
        settled.state = .rejected
        settled.provenance = .person(reviewer)
        settled.settledAt = settled.createdAt.adding(seconds: 90)
        let changed = settled
        #expect(try rig.save { try $0.replace(changed) })
        let rejected = try tallies().filter { $0.person == .rejected }
        #expect(rejected.map(\.waitedMilliseconds) == [90_000])
    }
}
