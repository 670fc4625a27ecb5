import Audit
import Cryptography
import Foundation
import JSONTree
import Testing

/// Goal: notes, keys and proofs are read to the letter, and no changed byte passes.
struct SignedNoteTests {
    /// RFC 8032, section 7.1, test 2.
    @Test func signaturesAreThoseOfTheStandard() throws {
        let seed = "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"
        let key = try present(Ed25519SigningKey(seed: present(Hexadecimal.decode(seed))))
        #expect(
            Hexadecimal.encode(key.publicKey.bytes)
                == "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
        let signature = key.sign([0x72])
        #expect(
            Hexadecimal.encode(signature)
                == "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")
        #expect(key.publicKey.isSignature(signature, of: [0x72]))
        #expect(!key.publicKey.isSignature(signature, of: [0x73]))
        #expect("\(key)" == "a signing key")
    }

    @Test func whatIsSignedHereIsReadHere() throws {
        let key = try present(Ed25519SigningKey(seed: Array(repeating: 7, count: 32)))
        let checkpoint = Checkpoint(origin: "a.example/log", size: 12, root: SHA256.hash([1]))
        let signed = checkpoint.note
            .signed(as: "a.example/log", kind: .note, by: key, atSeconds: 0)?
            .signed(as: "w.example", kind: .cosignature, by: key, atSeconds: 1_700_000_000)
        let note = try present(SignedNote(parsing: try present(signed).bytes))
        #expect(note == signed && Checkpoint(note) == checkpoint)
        let log = try present(
            NoteKey(name: "a.example/log", kind: .note, key: key.publicKey))
        let witness = try present(
            NoteKey(name: "w.example", kind: .cosignature, key: key.publicKey))
        #expect(NoteKey(vkey: log.vkey) == log && NoteKey(vkey: witness.vkey) == witness)
        #expect(log.check(note.signatures[0], of: note.text) != nil)
        #expect(witness.check(note.signatures[1], of: note.text)?.seconds == 1_700_000_000)
        #expect(witness.check(note.signatures[0], of: note.text) == nil)
    }

    @Test(arguments: [
        "", "\n", "\n\n", "a\n", "a\n\n", "a\n\n\u{2014} x AAAAAAA=", "a\n\nx AAAAAAA=\n",
        "a\n\n\u{2014} x AAAA\n", "a\n\n\u{2014} x\n", "a\n\n\u{2014} a+b AAAAAAA=\n",
        "a\n\n\u{2014} x AAAAAAB=\n", "a\u{7}\n\n\u{2014} x AAAAAAA=\n",
        "a\n\n\u{2014} x AAAAAAA= \n", "a\n\n\u{2014} x y AAAAAAA=\n",
    ])
    func notesThatAreNoneAreRefused(_ text: String) {
        #expect(SignedNote(parsing: Array(text.utf8)) == nil)
    }

    @Test(arguments: ["o\n01\n", "o\n-1\n", "o\n+1\n", "\n1\n", "o\n9223372036854775808\n"])
    func checkpointsThatAreNoneAreRefused(_ head: String) {
        let text = head + Base64.encode(SHA256.hash([]).bytes) + "\n"
        #expect(Checkpoint(SignedNote(text: Array(text.utf8), signatures: [])) == nil)
    }

    @Test(.enabled(if: TamperData.isThere)) func theSampleProofHoldsAndNoChangeOfIt() throws {
        let folder = try present(TamperData.folder) + "/audit-tamper/"
        let file = try present(
            FileManager.default.contents(atPath: folder + "example.tlog-proof"))
        let bytes = Array(file)
        let leaf = EventLog.leafHash(try TamperData.lines("events.jsonl", in: "00-base")[5])
        let proof = try present(LogProof(parsing: bytes))
        #expect(proof.index == 5 && proof.includes(leaf) && proof.bytes == bytes)
        let trust = try JSONValue(
            parsing: Array(
                present(FileManager.default.contents(atPath: folder + "trusted.json"))))
        let key = try present(NoteKey(vkey: present(trust["log_vkeys"]?[0]?.stringValue)))
        for place in bytes.indices.dropLast(230) {
            var changed = bytes
            changed[place] ^= 1
            guard let proof = LogProof(parsing: changed) else { continue }
            let isSigned = proof.checkpoint.signatures.contains {
                key.check($0, of: proof.checkpoint.text) != nil
            }
            #expect(!isSigned || !proof.includes(leaf), "\(place)")
        }
    }
}
