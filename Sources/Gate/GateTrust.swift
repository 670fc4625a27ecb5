import Approvals
public import Audit
import Cryptography
import JSONTree
import WireAPI

/// Whose word a gate wants before it lets a call run: the audit log's, signed by a known key.
public struct GateTrust: Hashable, Sendable {
    public let origin: String
    public let keys: [NoteKey]

    /// Trusts these keys of the log with this origin line.
    public init(origin: String, keys: [NoteKey]) {
        self.origin = origin
        self.keys = keys
    }

    /// The outcomes of a decision after which a call may run.
    private static let releasing = ["approved", "edited", "auto_approved", "released"]
    private static let settling = [EventType.approvalDecided, .approvalExpired]

    /// Why a release counts for nothing.
    struct Flaw: Error, Hashable {
        let sentence: String
    }

    /// The root of the arguments that `proof` shows to be released, or why it shows nothing.
    func root(provedBy proof: EventProof?, for approval: ApprovalID) -> Result<Digest, Flaw> {
        guard let proof else {
            return flaw("The control plane sent no proof that the call was released.")
        }
        let line = Array(proof.event.utf8)
        guard let inclusion = LogProof(parsing: Array(proof.proof.utf8)),
            let checkpoint = Checkpoint(inclusion.checkpoint)
        else { return flaw("The proof of the release cannot be read.") }
        guard checkpoint.origin.hasSameBytes(as: origin), isSigned(inclusion.checkpoint) else {
            return flaw("The proof of the release is not signed by the log that you trust.")
        }
        guard inclusion.includes(EventLog.leafHash(line)) else {
            return flaw("The proof of the release is of another event.")
        }
        guard let root = releasedRoot(line, of: approval, at: inclusion.index) else {
            return flaw("The event that was proved is no release of this call.")
        }
        return .success(root)
    }

    /// The root of what a claim wants to run, with the salts that came with it; nil without them.
    static func root(of claim: ClaimAnswer) throws(CanonicalFormError) -> Digest? {
        guard let texts = claim.salts else { return nil }
        let salts = texts.compactMap { Base64.decode($0) }
        guard salts.count == texts.count else { return nil }
        return try FieldCommitment.root(of: claim.arguments, salts: salts)
    }

    private func flaw(_ sentence: String) -> Result<Digest, Flaw> {
        .failure(Flaw(sentence: sentence))
    }

    private func isSigned(_ note: SignedNote) -> Bool {
        note.signatures.contains { signature in
            keys.contains { $0.kind == .note && $0.check(signature, of: note.text) != nil }
        }
    }

    /// What the event released of the approval; nil when it released nothing.
    private func releasedRoot(
        _ line: [UInt8], of approval: ApprovalID, at index: Int64
    ) -> Digest? {
        let event: JSONValue
        do { event = try JSONValue(parsing: line) } catch { return nil }
        let type = event["type"]?.stringValue.flatMap(EventType.init(rawValue:))
        let outcome = event["outcome"]?.stringValue
        guard event["log"]?.stringValue?.hasSameBytes(as: origin) == true,
            event["seq"]?.intValue == index,
            event["subject"]?["kind"]?.stringValue?.hasSameBytes(as: "approval") == true,
            event["subject"]?["id"]?.stringValue?.hasSameBytes(as: approval.rawValue) == true,
            type.map(Self.settling.contains) == true,
            outcome.map({ word in Self.releasing.contains { $0.hasSameBytes(as: word) } }) == true
        else { return nil }
        // What was edited is committed to by the decision itself.
        let edited = event["commit"]?["edited_args"]?["root"]
        let root = edited ?? event["facts"]?["effective_args_root"]
        return root?.stringValue.flatMap { Digest(hex: $0) }
    }
}
