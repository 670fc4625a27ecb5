import Approvals
import Audit
import Cryptography
import Gate
import JSONTree
import Testing
import WireAPI

/// Goal: a gate that wants a proof claims nothing without one of this release by this log.
@Suite struct GateProofTests {
    private static let origin = "test.example/countersign/acme"

    private static func key(_ byte: UInt8) throws -> Ed25519SigningKey {
        try #require(Ed25519SigningKey(seed: Array(repeating: byte, count: 32)))
    }

    private static func trust() throws -> GateTrust {
        let known = NoteKey(name: origin, kind: .note, key: try key(1).publicKey)
        return GateTrust(origin: origin, keys: [try #require(known)])
    }

    /// A log of one event, and its proof.
    private static func proof(
        _ type: EventType = .approvalDecided, outcome: String = "approved",
        about id: String = GateAnswers.id, in log: String = origin, signedBy byte: UInt8 = 1,
        releasing root: Digest? = nil, editedTo edited: JSONValue? = nil
    ) throws -> EventProof {
        let root = try root ?? FieldCommitment.root(of: arguments, salts: salts)
        var facts: JSONObject = [:]
        if edited == nil { facts["effective_args_root"] = root.map { .string($0.hex) } }
        var entropy = SystemRandomBytes()
        let uuid = UUIDv7(at: Timestamp(milliseconds: 1), from: &entropy)
        let entry = try EventLog(origin: log).entry(
            AuditEvent(
                type, by: .server, about: .init(.approval, id), outcome: outcome,
                documents: edited.map { [.init("edited_args", $0)] } ?? [],
                facts: facts),
            id: EventID(uuid),
            at: .init(
                wall: Timestamp(milliseconds: 1), uptime: Uptime(boot: "b", milliseconds: 1)),
            after: nil, saltedFrom: &entropy)
        let checkpoint = Checkpoint(origin: log, size: 1, root: entry.record.leafHash)
        let signed = try #require(SignedCheckpoint(checkpoint, signedBy: [try key(byte)]))
        let note = try #require(SignedNote(parsing: signed.note))
        let proof = LogProof(index: 0, hashes: [], checkpoint: note)
        return EventProof(
            event: String(decoding: entry.record.line, as: UTF8.self),
            proof: String(decoding: proof.bytes, as: UTF8.self))
    }

    private static let arguments: JSONValue = ["amount": 3, "to": "cus_91"]
    private static let salts = [UInt8(7), 8].map { [UInt8](repeating: $0, count: 32) }

    private struct SystemRandomBytes: Entropy {
        mutating func bytes(_ count: Int) -> [UInt8] { Array(repeating: 5, count: count) }
    }

    /// Submits, hears of the release, and is given `proof` when it asks for the approval.
    private static func released(with proof: EventProof?) throws -> GateScript {
        var script = try GateScript(runsTool: true, trust: try trust())
        let released = try GateAnswers.view(.approved, released: true)
        script.answer(200, released)
        #expect(script.sent?.method == .get, "the answer to a submission has no proof")
        var view = try #require(released.objectValue)
        view["proof"] = proof?.wire
        script.answer(200, .object(view))
        return script
    }

    @Test func aProvenReleaseIsClaimed() throws {
        let script = try Self.released(with: Self.proof())
        #expect(script.verdict == nil)
        #expect(script.sent?.target.hasSuffix("/claim") == true)
        let sent = try #require(script.sent)
        #expect(try JSONValue(parsing: sent.body)["with_salts"]?.boolValue == true)
    }

    /// Claims what was released with these arguments and salts.
    private static func claimed(
        _ arguments: JSONValue, _ salts: [[UInt8]]?, after proof: EventProof
    ) throws -> GateScript {
        var script = try released(with: proof)
        var claim = try #require(try GateAnswers.claim(arguments).objectValue)
        claim["salts"] = salts.map { .array($0.map { .string(Base64.encode($0)) }) }
        script.answer(200, .object(claim))
        return script
    }

    @Test func onlyTheArgumentsOfTheProvedReleaseRun() throws {
        let proof = try Self.proof()
        let script = try Self.claimed(Self.arguments, Self.salts, after: proof)
        #expect(script.ran.map(\.arguments) == [Self.arguments])
        let edited: JSONValue = ["amount": 2, "to": "cus_91"]
        let five = [[UInt8]](repeating: [UInt8](repeating: 5, count: 32), count: 2)
        let cut = try Self.claimed(edited, five, after: try Self.proof(editedTo: edited))
        #expect(cut.ran.map(\.arguments) == [edited])
        let rows: [(String, JSONValue, [[UInt8]]?, EventProof)] = [
            ("other arguments", ["amount": 4, "to": "cus_91"], Self.salts, proof),
            ("another field", ["amount": 3, "to": "cus_91", "b": 1], Self.salts, proof),
            ("a field less", ["amount": 3], Self.salts, proof),
            ("no salts", Self.arguments, nil, proof),
            ("salts in another order", Self.arguments, Self.salts.reversed(), proof),
            ("a short salt", Self.arguments, [Self.salts[0], [8]], proof),
            ("before the edit", Self.arguments, five, try Self.proof(editedTo: edited)),
            (
                "another release", Self.arguments, Self.salts,
                try Self.proof(releasing: SHA256.hash([1]))
            ),
        ]
        for (what, arguments, salts, proof) in rows {
            let script = try Self.claimed(arguments, salts, after: proof)
            #expect(script.ran.isEmpty, "\(what)")
            guard case .tampered = script.verdict else {
                Issue.record("\(what): \(String(describing: script.verdict))")
                continue
            }
        }
    }

    @Test func nothingIsClaimedWithoutThatProof() throws {
        let whole = try Self.proof()
        let others: [(String, EventProof?)] = [
            ("none", nil), ("refused", try Self.proof(outcome: "rejected")),
            ("another kind", try Self.proof(.approvalCommented)),
            ("another approval", try Self.proof(about: "018f0000-0000-7000-8000-000000000002")),
            ("another log", try Self.proof(in: "test.example/countersign/other")),
            ("another key", try Self.proof(signedBy: 2)),
            ("another event", EventProof(event: whole.event + " ", proof: whole.proof)),
            ("no proof", EventProof(event: whole.event, proof: "c2sp.org/tlog-proof@v1\n")),
        ]
        for (what, proof) in others {
            let script = try Self.released(with: proof)
            guard case .tampered = script.verdict else {
                Issue.record("\(what): \(String(describing: script.verdict))")
                continue
            }
            #expect(script.ran.isEmpty)
        }
    }
}
