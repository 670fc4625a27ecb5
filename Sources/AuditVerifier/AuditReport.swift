public import Audit
import Cryptography
public import JSONTree

/// What a check of an export found, what it checked and what it did not.
public struct AuditReport: Hashable, Sendable {
    public var result: Result
    /// The first thousand, and at least one of every code.
    public var findings: [AuditFinding]
    public var findingsCount: Int
    /// The lowest number of an event that a finding is about.
    public var firstBad: Int64?
    /// The newest trusted checkpoint whose root is that of the events before it.
    public var lastGood: Checkpoint?
    /// Why it is not verified although nothing is wrong.
    public var doubts: [String]
    public var checked: [String]
    public var notChecked: [String]
    public var stats: Stats
    /// The proof that the event asked for is in the log.
    public var proof: LogProof?

    /// How it ended.
    public enum Result: String, Hashable, Sendable, CaseIterable {
        case verified, tampered, inconclusive
    }

    /// How much there was.
    public struct Stats: Hashable, Sendable {
        public var events: Int64 = 0
        public var disclosures = 0
        public var erased = 0
        /// Values that whoever made the export could not see: redacted ones.
        public var withheld = 0
        public var checkpoints = 0
        public var witnesses = 0
    }

    /// The report for programs.
    public var json: JSONValue {
        [
            "checked": .array(checked.map { .string($0) }),
            "doubts": .array(doubts.map { .string($0) }),
            "event_proof": proof.map { .string(String(decoding: $0.bytes, as: UTF8.self)) } ?? nil,
            "findings": .array(findings.map(Self.json)),
            "findings_count": .number(JSONNumber(findingsCount)),
            "first_bad_seq": firstBad.map { .number(JSONNumber($0)) } ?? nil,
            "last_good_checkpoint": lastGood.map {
                ["root": .string($0.root.hex), "size": .number(JSONNumber($0.size))]
            } ?? nil,
            "not_checked": .array(notChecked.map { .string($0) }),
            "result": .string(result.rawValue),
            "stats": [
                "checkpoints": .number(JSONNumber(stats.checkpoints)),
                "disclosures": .number(JSONNumber(stats.disclosures)),
                "erased": .number(JSONNumber(stats.erased)),
                "events": .number(JSONNumber(stats.events)),
                "withheld": .number(JSONNumber(stats.withheld)),
                "witnesses": .number(JSONNumber(stats.witnesses)),
            ],
        ]
    }

    private static func json(_ finding: AuditFinding) -> JSONValue {
        [
            "code": .string(finding.code.rawValue), "detail": .string(finding.detail),
            "seq": finding.sequence.map { .number(JSONNumber($0)) } ?? nil,
        ]
    }
}
