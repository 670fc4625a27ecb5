import Approvals
import Cryptography
import JSONTree
import Testing

/// Bytes that count up, so that every id of a test is another one and always the same one.
struct CountingEntropy: Entropy {
    var next: UInt64 = 0

    mutating func bytes(_ count: Int) -> [UInt8] {
        next += 1
        return (0..<count).map { UInt8(truncatingIfNeeded: next >> UInt64(8 * min($0, 7))) }
    }
}

enum Fixture {
    static let ada = member(1)
    static let bob = member(2)
    static let start = Timestamp(milliseconds: 1_790_000_000_000)

    static func member(_ number: UInt64) -> MemberID { MemberID(uuid(number)) }

    static func uuid(_ number: UInt64) -> UUIDv7 {
        var entropy = CountingEntropy(next: number)
        return UUIDv7(at: Timestamp(milliseconds: 1_780_000_000_000), from: &entropy)
    }

    static func name<Name: Identifier>(_ text: String) throws -> Name {
        try #require(Name(text))
    }

    static func digest(_ text: String) -> Digest { SHA256.hash(Array(text.utf8)) }

    /// A pending approval that ends 60 s after `start`.
    static func approval(
        arguments: JSONValue = [
            "amount_cents": 184_000, "recipient": ["iban": "DE89370400440532"],
        ],
        posture: Posture = .failClosed, quorum: Int = 1
    ) throws -> Approval {
        Approval(
            id: ApprovalID(uuid(7)), tenant: try name("acme"), agent: AgentID(uuid(8)),
            tool: try name("issue_refund"), arguments: arguments,
            proposedDigest: try Digest(canonical: arguments), risk: .high,
            requirement: Requirement(
                group: try name("finance"), quorum: quorum, deadline: start.adding(seconds: 60),
                posture: posture, rule: "tenant default"),
            createdAt: start)
    }

    static func decision(
        _ verdict: Verdict = .approve, by member: MemberID = ada, revision: Int = 1,
        at seconds: Int = 10
    ) -> Decision {
        Decision(
            verdict, by: member, revision: revision, displayedDigest: digest("shown"),
            at: start.adding(seconds: seconds))
    }
}
