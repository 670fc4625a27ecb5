import Approvals
import Audit
import AuditVerifier
import Cryptography
import JSONTree

/// An honest export with one of everything: people, policies, a grant, edits, values of every kind,
/// a value that is withheld and one that was erased, three checkpoints and a witness.
struct RichExport {
    static let origin = "a.example/countersign/t"

    private(set) var files: [String: [UInt8]] = [:]
    let trust: AuditTrust
    private let rule: String
    private let key: Ed25519SigningKey
    private let witness: Ed25519SigningKey
    private var salts = CountedEntropy()
    private var head: ChainHead?
    private var leaves: [Digest] = []
    private var checkpoints = 0

    /// Different bytes at each call, and the same ones on every run.
    private struct CountedEntropy: Entropy {
        var random = Seeded(state: 5)

        mutating func bytes(_ count: Int) -> [UInt8] {
            (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next()) }
        }
    }

    /// How a field stands in `disclosures.jsonl`.
    private enum Told { case openly, withheld, erased }

    /// `rule` is what the log says decided about the first two calls, and `outcome` what it says
    /// that a policy did with the third.
    init(rule: String = "finance@1#large", outcome: String = "approved") throws {
        self.rule = rule
        key = try present(Ed25519SigningKey(seed: Array(repeating: 9, count: 32)))
        witness = try present(Ed25519SigningKey(seed: Array(repeating: 8, count: 32)))
        trust = AuditTrust(
            origin: Self.origin,
            logKeys: [
                try present(NoteKey(name: Self.origin, kind: .note, key: key.publicKey))
            ],
            witnessKeys: [
                try present(
                    NoteKey(name: "w.example/w1", kind: .cosignature, key: witness.publicKey))
            ])
        files = ["events.jsonl": [], "disclosures.jsonl": []]
        try beginning()
        try sign(cosigned: false)
        try approval("apr_1", edited: true)
        try sign(cosigned: true)
        try approval("apr_2", edited: false)
        try append(
            AuditEvent(
                .disclosureErased, by: .server, about: .init(.event, "apr_2"),
                facts: ["seq": .number(JSONNumber(erasedAt)), "doc": "args", "idx": [2]]))
        try sign(cosigned: true)
        try small(outcome)
        try sign(cosigned: true)
    }

    /// A call that a policy settles by itself.
    private mutating func small(_ outcome: String) throws {
        let subject = AuditEvent.Subject(.approval, "apr_3")
        let roots = try append(
            AuditEvent(
                .approvalRequested, by: .init(.agent, "agt_bot"), about: subject,
                documents: [.init("args", ["amount": 5])],
                facts: ["group": "ops", "rule": "finance@1#small", "tool": "refund"]))
        let digest = SHA256.hash(Array(Self.finance.utf8)).hex
        let policy: JSONValue = [
            "digest": .string("sha256:" + digest), "id": "finance", "rule": "small", "version": 1,
        ]
        try append(
            AuditEvent(
                .approvalDecided, by: .init(.policy, "finance"), about: subject, outcome: outcome,
                provenance: ["basis": "policy", "policy": policy],
                facts: ["effective_args_root": .string(roots.first?.hex ?? "")]))
    }

    /// The number of the event that a value was erased of: the second request.
    private let erasedAt: Int64 = 9

    private static let finance =
        #"{"applies_to":{"tools":["refund"]},"default":{"effect":"deny"},"id":"finance","rules":"#
        + #"[{"id":"large","then":{"effect":"require_approval"},"when":{">":[{"var":"#
        + #""args.amount"},1000]}},{"id":"small","then":{"effect":"allow"},"when":{"<=":[{"var":"#
        + #""args.amount"},10]}}],"version":1}"#

    private static let policies = [
        "finance": finance,
        "ops": #"{"id":"ops","note":"Köln","rules":[]}"#,
    ]

    private mutating func beginning() throws {
        try append(AuditEvent(.logOpened, by: .server, about: .init(.log, Self.origin)))
        for (name, text) in Self.policies.sorted(by: { $0.key < $1.key }) {
            let digest = "sha256:" + SHA256.hash(Array(text.utf8)).hex
            try append(
                AuditEvent(
                    .policyPublished, by: .init(.user, "usr_lea"), about: .init(.policy, name),
                    facts: ["digest": .string(digest), "version": 1]))
            files["policies/\(name).1.json"] = Array(text.utf8)
        }
        try append(
            AuditEvent(
                .memberAdded, by: .init(.user, "usr_lea"), about: .init(.group, "ops"),
                documents: [.init("profile", ["email": "ada@a.example", "name": "Ada \"A\""])],
                facts: ["member": "usr_ada"]))
        try append(
            AuditEvent(
                .agentAdded, by: .init(.user, "usr_lea"), about: .init(.agent, "agt_bot"),
                facts: ["owner": "usr_bob"]))
    }

    private mutating func approval(_ id: String, edited: Bool) throws {
        let subject = AuditEvent.Subject(.approval, id)
        let root = try append(
            AuditEvent(
                .approvalRequested, by: .init(.agent, "agt_bot"), about: subject,
                documents: [
                    .init(
                        "args",
                        [
                            "amount": 4_711, "big": "9007199254740993", "exact": true,
                            "items": [1, [], [:], "zwölf \n \u{1F980}"], "note": nil,
                            "rate": .number(try present(JSONNumber("0.25"))),
                        ])
                ], facts: ["group": "ops", "rule": .string(rule), "tool": "refund"]),
            edited ? .withheld : .erased)
        let decided = AuditEvent(
            .approvalDecided, by: .init(.user, "usr_ada"), about: subject,
            outcome: edited ? "edited" : "approved",
            provenance: ["basis": "human", "policy": nil],
            documents: [.init("reason", text: "She called\tus.")]
                + (edited ? [.init("edited_args", ["amount": 4_000])] : []))
        let after = try append(decided)
        let effective = (edited ? after.last : root.last)?.hex ?? ""
        try append(
            AuditEvent(
                .approvalClaimed, by: .init(.agent, "agt_bot"), about: subject,
                facts: ["effective_args_root": .string(effective)]))
        try append(
            AuditEvent(
                .executionReported, by: .init(.agent, "agt_bot"), about: subject,
                outcome: "succeeded", facts: ["executed_args_root": .string(effective)]))
    }

    /// Appends an event, and answers the roots of its documents.
    @discardableResult
    private mutating func append(
        _ event: AuditEvent, _ third: Told = .openly
    ) throws -> [Digest] {
        let number = Int64(leaves.count)
        let digits = String(number + 0x1000, radix: 16)
        let id = try present(EventID("01930000-0000-7000-8000-00000000\(digits)"))
        let entry = try EventLog(origin: Self.origin).entry(
            event, id: id,
            at: .init(
                wall: Timestamp(milliseconds: 1_790_000_000_000 + number),
                uptime: Uptime(boot: "b", milliseconds: number)),
            after: head, saltedFrom: &salts)
        head = ChainHead(sequence: entry.record.sequence, leafHash: entry.record.leafHash)
        leaves.append(entry.record.leafHash)
        files["events.jsonl"]? += entry.record.line + [10]
        for field in entry.disclosures {
            files["disclosures.jsonl"]? += try Self.line(field, field.index == 2 ? third : .openly)
        }
        return entry.roots
    }

    private static func line(_ field: Disclosure, _ told: Told) throws -> [UInt8] {
        let isOpen = told == .openly
        let members: [(String, JSONValue)] = [
            ("seq", .number(JSONNumber(field.sequence))), ("doc", .string(field.document)),
            ("i", .number(JSONNumber(field.index))),
            ("ptr", isOpen ? .string(field.pointer.description) : .null),
            ("salt", isOpen ? .string(Hexadecimal.encode(field.salt)) : .null),
            ("val", isOpen ? field.value : .null), ("dig", .string(field.digest.hex)),
        ]
        let reason: [(String, JSONValue)] = isOpen ? [] : [("\(told)", true)]
        let parts = try (members + reason).map { name, value in
            Array("\"\(name)\":".utf8) + (try value.canonicalBytes())
        }
        return Array("{".utf8) + parts.joined(separator: Array(",".utf8)) + Array("}\n".utf8)
    }

    private mutating func sign(cosigned: Bool) throws {
        let checkpoint = Checkpoint(
            origin: Self.origin, size: Int64(leaves.count), root: MerkleTree.root(leaves))
        let signed = try present(SignedCheckpoint(checkpoint, signedBy: [key]))
        var note = try present(SignedNote(parsing: signed.note))
        if cosigned {
            note = try present(
                note.signed(
                    as: "w.example/w1", kind: .cosignature, by: witness, atSeconds: 1_790_000_000))
        }
        files["checkpoint.\(checkpoints)"] = note.bytes
        checkpoints += 1
    }
}
