import Approvals
import ControlPlane
import JSONTree
import Policies
import Testing

/// Goal: a version decides, all calls or its share of them, only after two people want it and it
/// was watched.
struct PromotionTests {
    private static let lea = "lea@acme.test"

    private static func refunds() throws -> PolicyID { try #require(PolicyID("refunds")) }

    private static func publish(
        _ desk: Desk, _ version: Int, _ rules: [JSONValue] = [],
        default fallback: JSONValue = ["effect": "require_approval"]
    ) throws {
        try desk.tell(
            .publishPolicy(
                PublishingTests.document(version: version, rules: rules, default: fallback)),
            as: lea)
    }

    @discardableResult
    private static func change(
        _ desk: Desk, _ version: Int, _ status: PolicyStatus, share: Int? = nil,
        ack: String? = nil, by name: String
    ) throws -> PublishedPolicy {
        let answer = try desk.tell(
            .changePolicyMode(try refunds(), version: version, status, share: share, ack: ack),
            as: name)
        guard case .policies(let policies, _, true) = answer else { throw Surprise(answer) }
        return try #require(policies.first)
    }

    /// Both people want it.
    private static func promote(
        _ desk: Desk, _ version: Int, _ status: PolicyStatus, share: Int? = nil,
        ack: String? = nil
    ) throws -> PublishedPolicy {
        try change(desk, version, status, share: share, ack: ack, by: lea)
        return try change(desk, version, status, share: share, ack: ack, by: Desk.admin)
    }

    @discardableResult
    private static func submit(_ desk: Desk, _ key: String, _ n: JSONValue = 1) throws -> Approval {
        let arguments: JSONObject = n == .null ? [:] : ["n": n]
        return try desk.stored(
            try desk.submit(try Desk.submission(key: key, arguments: .object(arguments))))
    }

    private static let allowing: JSONValue = ["effect": "allow", "ack": "A trial."]
    private static let denying: JSONValue = ["effect": "deny"]

    /// The first version to come into force takes nobody's place.
    @Test func aVersionIsWatchedBeforeItTakesAnothersPlace() throws {
        let desk = try Desk()
        try Self.publish(desk, 1)
        #expect(try Self.promote(desk, 1, .enforced).status == .enforced)
        try Self.publish(desk, 2)
        for status in [PolicyStatus.enforced, .canary] {
            let refused = refusal {
                try desk.tell(
                    .changePolicyMode(
                        try Self.refunds(), version: 2, status,
                        share: status == .canary ? 10 : nil), as: Self.lea)
            }
            guard case .invalid(let problems)? = refused else {
                Issue.record("\(status) was taken: \(String(describing: refused))")
                return
            }
            #expect(problems.map(\.field) == ["/ack"])
        }
        // A word says why it cannot wait; both say it, and the log keeps it.
        let unheard = refusal {
            try Self.change(desk, 2, .enforced, ack: "It is urgent.", by: Self.lea)
            return try desk.tell(
                .changePolicyMode(try Self.refunds(), version: 2, .enforced), as: Desk.admin)
        }
        #expect(unheard != nil)
        #expect(
            try Self.change(desk, 2, .enforced, ack: "It is.", by: Desk.admin).status
                == .enforced)
        let changed = try desk.events().filter { $0["type"] == "policy.mode_changed" }
        #expect(changed.last?["commit"]?["reason"] != nil)
        try Self.publish(desk, 3)
        for number in 0..<PublishedPolicy.samplesMin { try Self.submit(desk, "k\(number)") }
        #expect(try Self.promote(desk, 3, .enforced).status == .enforced)
    }

    /// No word helps against a call that is known to be laxer, or that it cannot answer.
    @Test(arguments: [(JSONValue.number(JSONNumber(5)), "laxer"), (.null, "no answer")])
    func whatNobodyLookedAtIsInTheWay(_ n: JSONValue, _ word: String) throws {
        let desk = try Desk()
        try Self.publish(
            desk, 1,
            [["id": "small", "when": ["<": [["var": "args.n"], 9]], "then": Self.allowing]])
        let id = try Self.submit(desk, "k", n).id
        let refused = refusal {
            try desk.tell(
                .changePolicyMode(try Self.refunds(), version: 1, .enforced, ack: "Now."),
                as: Self.lea)
        }
        guard case .conflict(let sentence, let next)? = refused else {
            Issue.record("taken: \(String(describing: refused))")
            return
        }
        #expect(sentence.contains(word))
        #expect(next?.contains("countersign policy shadow refunds 1") == true)
        try desk.tell(.reviewShadow(try Self.refunds(), version: 1, [id]), as: Self.lea)
        #expect(try Self.promote(desk, 1, .enforced).status == .enforced)
    }

    /// A canary decides its share, the version in force the others; each call is always the same
    /// one's, and the record says whose.
    @Test func aCanaryDecidesItsShare() throws {
        let desk = try Desk()
        try Self.publish(desk, 1, default: Self.allowing)
        for status in [PolicyStatus.draft, .enforced] { _ = try Self.promote(desk, 1, status) }
        try Self.publish(desk, 2, default: Self.denying)
        #expect(
            try Self.change(desk, 2, .canary, share: 30, ack: "A trial.", by: Self.lea).share == nil
        )
        let other = try Self.change(desk, 2, .canary, share: 31, ack: "A trial.", by: Desk.admin)
        #expect(other.status == .shadow, "another share is another wish")
        let canary = try Self.change(desk, 2, .canary, share: 31, ack: "A trial.", by: Self.lea)
        #expect(canary.status == .canary && canary.share == 31)
        var taken = 0
        for number in 0..<200 {
            let approval = try Self.submit(desk, "k\(number)", .number(JSONNumber(number)))
            let verdict = approval.policyRecord?["verdicts"]?[0]
            #expect(approval.policyRecord?["verdicts"]?.arrayValue?.count == 1)
            if verdict?["mode"] == "canary" {
                taken += 1
                #expect(approval.state == .rejected)
                #expect(approval.provenance == .policy("refunds@2#default"))
                #expect(approval.policyRecord?["shadows"] == [])
            } else {
                #expect(approval.state == .approved)
                #expect(approval.policyRecord?["shadows"]?[0]?["leaning"] == "stricter")
            }
        }
        #expect((35...90).contains(taken), "\(taken) of 200")
        // Nobody alone ends it, and what follows it takes its place.
        #expect(try Self.change(desk, 2, .retired, by: Desk.admin).status == .canary)
        #expect(try Self.promote(desk, 2, .enforced).status == .enforced)
        #expect(try Self.submit(desk, "last").state == .rejected)
    }

    @Test func onlyACanaryHasAShare() throws {
        let desk = try Desk()
        try Self.publish(desk, 1)
        for (status, share) in [
            (PolicyStatus.canary, nil), (.canary, 0), (.canary, 100), (.enforced, 10),
            (.retired, 10),
        ] as [(PolicyStatus, Int?)] {
            guard
                case .invalid(let problems)? = refusal({
                    try desk.tell(
                        .changePolicyMode(try Self.refunds(), version: 1, status, share: share),
                        as: Self.lea)
                })
            else {
                Issue.record("\(status) \(share ?? -1) was taken")
                continue
            }
            #expect(problems.map(\.field) == ["/share"])
        }
    }

    /// One canary at a time; the one before gives way.
    @Test func aSecondCanaryTakesTheFirstOnesPlace() throws {
        let desk = try Desk()
        for version in 1...2 {
            try Self.publish(desk, version)
            #expect(try Self.promote(desk, version, .canary, share: 5).status == .canary)
        }
        let answer = try desk.ask(.policies(nil), as: "aud@acme.test")
        guard case .policies(let policies, _, false) = answer else { throw Surprise(answer) }
        #expect(policies.map(\.status) == [.retired, .canary])
        #expect(policies.map(\.share) == [nil, 5])
    }
}
