import Audit
import Cryptography
import Glibc
import JSONTree
import Testing
import WireAPI

@testable import countersign

/// Goal: a witness answers with the statuses of C2SP tlog-witness, and remembers over a restart.
struct WitnessDeskTests {
    private static let origin = "a.example/countersign/t"
    private let leaves = (0..<9).map { SHA256.hash([UInt8($0)]) }
    private let scratch: ScratchFolder
    private let logKey: Ed25519SigningKey

    init() throws {
        scratch = try ScratchFolder()
        logKey = try #require(Ed25519SigningKey(seed: Array(repeating: 4, count: 32)))
    }

    private var path: String { scratch.path + "/w1" }

    private func desk() throws -> WitnessDesk {
        let folder = try WitnessFolder(path)
        let log = try #require(
            NoteKey(name: Self.origin, kind: .note, key: logKey.publicKey))
        return WitnessDesk(
            witness: try folder.witness(named: "w.example/w1", logs: [log]), folder: folder)
    }

    private func body(_ old: Int, _ new: Int) throws -> [UInt8] {
        let tree = leaves[..<new]
        let checkpoint = Checkpoint(
            origin: Self.origin, size: Int64(new), root: MerkleTree.root(tree))
        let signed = try #require(SignedCheckpoint(checkpoint, signedBy: [logKey]))
        let proof = MerkleProof.consistency(from: old, in: tree) ?? []
        let note = try #require(SignedNote(parsing: signed.note))
        return WitnessRequest(oldSize: Int64(old), proof: proof, checkpoint: note).bytes
    }

    private func head(_ method: String = "POST", _ path: String = "/add-checkpoint")
        throws -> WitnessRequestHead
    {
        try #require(WitnessRequestHead(Array("\(method) \(path) HTTP/1.1\r\nhost: w".utf8)))
    }

    @Test func aRestartForgetsNothing() throws {
        let vkey: String
        do {
            var desk = try desk()
            vkey = desk.witness.key.vkey
            #expect(desk.answer(try head(), try body(0, 5)).status == 200)
            #expect(throws: Complaint.self) { try WitnessFolder(path) }
        }
        var desk = try desk()
        #expect(desk.witness.key.vkey == vkey)
        let conflict = desk.answer(try head(), try body(0, 7))
        #expect(conflict.status == 409 && conflict.body == Array("5\n".utf8))
        #expect(conflict.headers["content-type"] == "text/x.tlog.size")
        #expect(desk.answer(try head(), try body(5, 7)).status == 200)
        for name in ["witness-key", "witness-state"] {
            var facts = stat()
            #expect(stat("\(path)/\(name)", &facts) == 0 && facts.st_mode & 0o777 == 0o600)
        }
    }

    @Test func whatIsNoCheckpointIsRefused() throws {
        var desk = try desk()
        #expect(desk.answer(try head("GET"), []).status == 405)
        #expect(desk.answer(try head("POST", "/"), []).status == 404)
        #expect(desk.answer(try head(), []).status == 400)
        #expect(desk.answer(try head(), try body(5, 7)).status == 409)
    }

    /// A witness that does not know any more what it signed could sign two histories.
    @Test(arguments: ["witness-key", "witness-state"])
    func aFolderWithOneFileGoneIsRefused(_ name: String) throws {
        do {
            var desk = try desk()
            #expect(desk.answer(try head(), try body(0, 5)).status == 200)
        }
        #expect(unlink("\(path)/\(name)") == 0)
        #expect(throws: Complaint.self) { try desk() }
    }

    @Test func aStateThatCannotBeKeptIsNoCosignature() throws {
        var desk = try desk()
        #expect(rename(path, path + "-moved") == 0)
        #expect(symlink("/nowhere/at/all", path) == 0)
        #expect(desk.answer(try head(), try body(0, 5)).status == 500)
        #expect(desk.witness.cosigned.isEmpty)
    }

    @Test(arguments: [
        "", "GET", "POST / HTTP/2", "POST / HTTP/1.1\r\ncontent-length: -1",
        "POST / HTTP/1.1\r\ncontent-length: 5\r\ncontent-length: 6",
        "POST / HTTP/1.1\r\ntransfer-encoding: chunked", "POST / HTTP/1.1\r\nnonsense",
        "POST / HTTP/1.1\r\ncontent-length: 999999999",
    ])
    func headsWithoutAClearLengthAreRefused(_ text: String) {
        #expect(WitnessRequestHead(Array(text.utf8)) == nil)
    }
}
