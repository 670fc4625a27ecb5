public import Approvals
public import Cryptography
public import JSONTree
public import WireAPI

/// One call that is to be held: what is submitted, and the two names that make it happen once.
public struct GateOrder: Hashable, Sendable {
    /// What the control plane is told.
    public let submission: SubmitBody
    /// The same key always means the same approval, also after a restart.
    public let idempotencyKey: String
    /// Lives in this process's memory only: a restarted process can never claim a second time.
    public let nonce: String
    /// How long the tool may run before a missing receipt means that nobody knows.
    public let leaseSeconds: Int?
    /// When set, nothing runs without a proof that the release is in this log.
    public let trust: GateTrust?
    /// The digest of the arguments as they are here, to be compared with what the server read.
    public let proposedDigest: Digest

    /// Keys longer than this are replaced by their digest.
    public static let keyBytesMax = 200

    /// Puts an order together; refuses arguments that have no canonical form.
    public init(
        _ submission: SubmitBody, idempotencyKey: String, nonce: String, leaseSeconds: Int? = nil,
        trust: GateTrust? = nil
    ) throws(CanonicalFormError) {
        self.submission = submission
        self.idempotencyKey = Self.sendable(idempotencyKey)
        self.nonce = nonce
        self.leaseSeconds = leaseSeconds
        self.trust = trust
        proposedDigest = try Digest(canonical: submission.arguments)
    }

    /// A key that fits into a header: printable ASCII of bounded length, or the digest of it.
    private static func sendable(_ key: String) -> String {
        let bytes = Array(key.utf8)
        let isPlain = bytes.allSatisfy { (33...126).contains($0) }
        guard isPlain, (1...keyBytesMax).contains(bytes.count) else {
            return SHA256.hash(bytes).text
        }
        return key
    }
}

/// How long a gate keeps trying. Milliseconds are of a clock that never jumps.
public enum GatePatience: Hashable, Sendable {
    /// As long as the approval may still be decided or claimed; the number is for the time until
    /// the control plane has said how long that is.
    case asLongAsTheApproval(unansweredMilliseconds: Int64)
    /// Until this much time passed since the start, whatever the control plane says; then the
    /// approval is cancelled.
    case exactly(milliseconds: Int64)
    /// As long; then the approval is left as it is, for whoever asks again with the same key.
    case leaving(milliseconds: Int64)
}

/// How a gate ended.
public enum GateVerdict: Hashable, Sendable {
    /// Claimed, and nobody told the gate to run anything: the caller runs these arguments.
    case released(ClaimAnswer)
    /// The command ran; false when the control plane did not hear of it.
    case executed(isReported: Bool)
    case rejected(Rejection)
    case expired
    case cancelled
    /// Somebody else claimed it; whether the tool ran is not known here.
    case alreadyClaimed
    /// Released, but not claimed in time.
    case claimTooLate
    /// No answer until the end of the patience.
    case unreachable(String)
    /// The control plane refused the call itself.
    case refused(status: Int, detail: String, nextStep: String)
    /// What came back is not what was sent or decided; nothing ran.
    case tampered(String)
    /// The gate's own time was over before anybody decided.
    case gaveUp
    /// The gate was told to stop while it waited.
    case interrupted
}

/// What happened, as far as a gate cares. Times are milliseconds of a clock that never jumps.
public enum GateMessage: Hashable, Sendable {
    case started(at: Int64)
    case answered(call: Int, Result<HTTPResponse, TransportFailure>, at: Int64)
    case woke(at: Int64)
    /// Somebody wants the gate to stop.
    case interrupted(at: Int64)
    /// The tool ran to its end.
    case executed(Outcome, summary: String?, at: Int64)
}

/// What a gate wants done.
public enum GateEffect: Hashable, Sendable {
    /// Send it, and say what came of it under this number.
    case send(call: Int, HTTPRequest)
    /// Nobody waits for this answer any more.
    case drop(call: Int)
    /// Send `woke` then; a later order replaces an earlier one.
    case wake(at: Int64)
    /// Run the tool with exactly these arguments, once.
    case run(ClaimAnswer)
    /// The gate is done.
    case finish(GateVerdict)
}
