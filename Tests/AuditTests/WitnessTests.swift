import Audit
import Cryptography
import Foundation
import JSONTree
import Testing

/// Goal: a witness cosigns a log that only grows, and nothing else, by C2SP tlog-witness.
struct WitnessTests {
    private static let origin = "a.example/countersign/t"
    private let logKey: Ed25519SigningKey
    private let leaves: [Digest]
    private var witness: Witness

    init() throws {
        logKey = try present(Ed25519SigningKey(seed: Array(repeating: 1, count: 32)))
        leaves = (0..<40).map { SHA256.hash([UInt8($0)]) }
        witness = try Self.witness(of: logKey)
    }

    private static func witness(
        of log: Ed25519SigningKey, cosigned: [Checkpoint] = []
    ) throws -> Witness {
        let seed = try present(Ed25519SigningKey(seed: Array(repeating: 2, count: 32)))
        let key = try present(NoteKey(name: origin, kind: .note, key: log.publicKey))
        return try present(
            Witness(name: "w.example/w1", signingKey: seed, logs: [key], cosigned: cosigned))
    }

    private func request(
        _ old: Int, _ new: Int, leaves: [Digest]? = nil, origin: String = Self.origin,
        by key: Ed25519SigningKey? = nil
    ) throws -> [UInt8] {
        let tree = (leaves ?? self.leaves)[..<new]
        let checkpoint = Checkpoint(
            origin: origin, size: Int64(new), root: MerkleTree.root(tree))
        let signed = try present(
            SignedCheckpoint(checkpoint, signedBy: [key ?? logKey]))
        let note = try present(SignedNote(parsing: signed.note))
        let proof = old <= new ? MerkleProof.consistency(from: old, in: tree) ?? [] : []
        return WitnessRequest(oldSize: Int64(old), proof: proof, checkpoint: note).bytes
    }

    @Test mutating func aLogThatGrowsIsCosigned() throws {
        for (old, new) in [(0, 1), (1, 7), (7, 7), (7, 8), (8, 33), (33, 40)] {
            let body = try request(old, new)
            guard case .cosigned(let lines) = witness.update(body, atSeconds: 1_700_000_000) else {
                Issue.record("\(old) to \(new) was refused")
                continue
            }
            let note = try present(WitnessRequest(parsing: body)).checkpoint
            let more = try present(SignedNote.signatures(parsing: lines))
            let both = try present(SignedNote(parsing: note.adding(more).bytes))
            #expect(both.signatures.count == 2 && Checkpoint(both)?.size == Int64(new))
            let statement = witness.key.check(both.signatures[1], of: both.text)
            #expect(statement?.seconds == 1_700_000_000)
            #expect(Witness.cosigned(parsing: witness.state) == witness.cosigned)
        }
        #expect(witness.cosigned.map(\.size) == [40])
    }

    @Test mutating func everythingElseIsRefused() throws {
        guard case .cosigned = witness.update(try request(0, 12), atSeconds: 1) else {
            Issue.record("the first checkpoint was refused")
            return
        }
        let kept = witness.cosigned
        var other = leaves
        other[3] = SHA256.hash([99])
        let stranger = try present(Ed25519SigningKey(seed: Array(repeating: 3, count: 32)))
        let good = try request(12, 20)
        let examples: [(String, [UInt8], Witness.Answer)] = [
            ("an old size of before", try request(0, 20), .conflict(12)),
            ("a size that was never cosigned", try request(13, 20), .conflict(12)),
            ("a smaller log", try request(3, 9), .conflict(12)),
            ("an old size past the new one", try request(12, 9), .malformed),
            ("the same size, another root", try request(12, 12, leaves: other), .conflict(12)),
            ("another history", try request(12, 20, leaves: other), .inconsistent),
            ("another log", try request(0, 5, origin: "b.example/l"), .unknownLog),
            ("another key", try request(12, 20, by: stranger), .unsigned),
            ("nothing", [], .malformed), ("a word", Array("old\n\n".utf8), .malformed),
            ("a leading zero", Array("old 012".utf8) + good.dropFirst(6), .malformed),
        ]
        for (name, body, answer) in examples {
            #expect(witness.update(body, atSeconds: 2) == answer, "\(name)")
            #expect(witness.cosigned == kept, "\(name)")
        }
    }

    /// Goal: no changed byte of a request is cosigned for another tree than the signed one.
    @Test func aChangedByteGetsNoCosignatureOfAnotherTree() throws {
        let first = try present(WitnessRequest(parsing: request(0, 12)))
        let before = try present(Checkpoint(first.checkpoint))
        let body = try request(12, 20)
        let good = try present(WitnessRequest(parsing: body))
        for place in body.indices {
            var fresh = try Self.witness(of: logKey, cosigned: [before])
            var changed = body
            changed[place] ^= 1
            if case .cosigned = fresh.update(changed, atSeconds: 1) {
                #expect(fresh.cosigned == [Checkpoint(good.checkpoint)], "byte \(place)")
            }
        }
    }

    @Test func whatWasKeptIsReadWhole() throws {
        var witness = self.witness
        _ = witness.update(try request(0, 12), atSeconds: 1)
        let state = witness.state
        #expect(Witness.cosigned(parsing: state)?.count == 1)
        #expect(Witness.cosigned(parsing: Array("countersign-witness/1\n".utf8)) == [])
        for count in [0, 5, 30, state.count - 1] {
            #expect(Witness.cosigned(parsing: Array(state.prefix(count))) == nil, "\(count)")
        }
    }

    /// The example request of the format: two proof sizes, four hashes, two signatures.
    @Test func theExampleOfTheFormatIsRead() throws {
        let text = """
            old 20852014
            PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
            jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=
            5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=
            /6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=

            example.com/behind-the-sofa
            20852163
            CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

            \u{2014} example.com/behind-the-sofa \
            Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeM\
            cTOAYQ8=
            \u{2014} example.com/behind-the-sofa \
            opLqBQsREYCgu6xQkYQwJr9fo45a62DN9EdmHXnZdXNqlcVGlCum2Wks+49/V6267UEjw6QUXTS5Rovnzv++\
            qbSzm9Q=

            """
        let request = try present(WitnessRequest(parsing: Array(text.utf8)))
        #expect(request.oldSize == 20_852_014 && request.proof.count == 4)
        #expect(request.checkpoint.signatures.count == 2)
        #expect(Checkpoint(request.checkpoint)?.size == 20_852_163)
        #expect(request.bytes == Array(text.utf8))
        let answer = """
            \u{2014} witness.example/w1 \
            CMp+6LWBU0anHGH5aNDTJkH/gj79sG+T6+iP2ThYN5krrDJbR1HDnucjL39QsZTSvVjyQLrdk3DXDqI5G2Hg\
            LatVs0pWh6Up69HVOw==

            """
        let lines = try present(SignedNote.signatures(parsing: Array(answer.utf8)))
        #expect(lines.map(\.name) == ["witness.example/w1"] && lines[0].bytes.count == 72)
        #expect(SignedNote.lines(lines) == Array(answer.utf8))
    }
}
