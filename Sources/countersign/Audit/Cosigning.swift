import Audit
import AuditVerifier
import Cryptography
import CurlTransport
import JSONTree
import WireAPI

/// The newest checkpoint of an export, and how witnesses are asked about it.
struct Cosigning {
    let note: SignedNote
    let size: Int64
    private let folder: String
    private let trust: AuditTrust
    private let leaves: [Digest]
    private let files: [String]

    /// Reads the export; refuses one whose events are not those that were signed.
    init(folder: String, trust: AuditTrust) throws {
        let export = try ExportFolder(folder)
        var newest: (note: SignedNote, checkpoint: Checkpoint)?
        for name in export.checkpoints {
            guard let note = SignedNote(parsing: try InputFile.bytes(export.path(name))),
                let checkpoint = Checkpoint(note), Self.isSigned(note, checkpoint, trust)
            else { continue }
            if checkpoint.size > newest?.checkpoint.size ?? -1 { newest = (note, checkpoint) }
        }
        guard let newest else {
            throw Complaint(
                "\(folder) has no checkpoint that a trusted key of the log signed.",
                next: "Compare the keys of the trust file with those of the log.", .badInput)
        }
        leaves = try Self.leaves(export.path("events.jsonl"), newest.checkpoint)
        note = newest.note
        size = newest.checkpoint.size
        files = export.checkpoints
        self.folder = folder
        self.trust = trust
    }

    private static func isSigned(
        _ note: SignedNote, _ checkpoint: Checkpoint, _ trust: AuditTrust
    ) -> Bool {
        checkpoint.origin.hasSameBytes(as: trust.origin)
            && note.signatures.contains { signature in
                trust.logKeys.contains { $0.check(signature, of: note.text) != nil }
            }
    }

    private static func leaves(_ path: String, _ checkpoint: Checkpoint) throws -> [Digest] {
        let lines = try FileLines(path)
        var leaves: [Digest] = []
        while leaves.count < checkpoint.size, case .whole(let line)? = lines.next() {
            leaves.append(EventLog.leafHash(line))
        }
        if let complaint = lines.complaint { throw complaint }
        guard leaves.count == checkpoint.size, MerkleTree.root(leaves) == checkpoint.root else {
            throw Complaint(
                "The events are not those that the newest checkpoint was signed for.",
                next: "Run: countersign audit verify", .tampered)
        }
        return leaves
    }

    /// The cosignatures of one witness by keys that are trusted; there is at least one.
    func signatures(of url: String) throws(Complaint) -> [SignedNote.Signature] {
        guard let address = ServerAddress(url) else {
            throw Complaint("\(url) is no URL.", next: "For example http://w1.example.", .badInput)
        }
        let http = HTTPClient(to: address, token: nil)
        var response = try ask(http, url, from: 0)
        if response.status == 409 {
            let old = try knownSize(response, url)
            // With the size that was named already, only another root is left to differ.
            guard old > 0 else { throw Self.refused(response, url) }
            response = try ask(http, url, from: old)
            if response.status == 409 { throw Self.forked(url) }
        }
        if response.status == 422 { throw Self.forked(url) }
        guard response.status == 200 else { throw Self.refused(response, url) }
        let all = SignedNote.signatures(parsing: response.body) ?? []
        let good = all.filter { signature in
            trust.witnessKeys.contains { $0.check(signature, of: note.text) != nil }
        }
        guard !good.isEmpty else {
            throw Complaint(
                "\(url) answered without a cosignature by a witness that you trust.",
                next: "Compare its vkey with \"witness_vkeys\" of the trust file.", .failed)
        }
        return good
    }

    /// Writes the checkpoint beside the others; the path of the new file.
    func keep(_ note: SignedNote) throws(Complaint) -> String {
        var number = files.count
        while files.contains(where: { $0.hasSameBytes(as: "checkpoint.\(number)") }) {
            number += 1
        }
        let path = "\(folder)/checkpoint.\(number)"
        try ExportWriter.write(note.bytes, to: path)
        return path
    }

    private func ask(
        _ http: HTTPClient, _ url: String, from old: Int64
    ) throws(Complaint) -> HTTPResponse {
        let proof = MerkleProof.consistency(from: Int(old), in: leaves[...]) ?? []
        let body = WitnessRequest(oldSize: old, proof: proof, checkpoint: note).bytes
        do {
            return try http.perform(
                HTTPRequest(
                    .post, "/add-checkpoint", headers: ["content-type": "text/plain"], body: body))
        } catch {
            throw Complaint(
                "\(url): \(error.sentence)", next: "Try again when the witness can be reached.",
                .unreachable)
        }
    }

    /// The size that a witness says it cosigned last.
    private func knownSize(_ response: HTTPResponse, _ url: String) throws(Complaint) -> Int64 {
        let text = String(decoding: response.body.prefix(20), as: UTF8.self)
        guard text.utf8.last == 0x0A, let old = Int64(text.dropLast()), old >= 0 else {
            throw Self.refused(response, url)
        }
        guard old <= size else {
            throw Complaint(
                "\(url) has cosigned \(old) events of this log; the export has \(size).",
                next: "Make a newer export; if the log is not that long, it was cut.", .failed)
        }
        return old
    }

    private static func forked(_ url: String) -> Complaint {
        Complaint(
            "\(url) has cosigned another history of this log: one of the two was rewritten.",
            next: "Keep the export as it is, and ask both what they have.", .tampered)
    }

    private static func refused(_ response: HTTPResponse, _ url: String) -> Complaint {
        Complaint(
            "\(url) did not cosign (HTTP \(response.status)).",
            next: "403 and 404: the witness must know the vkey of the log first.", .failed)
    }
}
