/// Something in an export that is not as it must be.
public struct AuditFinding: Hashable, Sendable {
    public let code: Code
    /// The event it is about, if it is about one.
    public let sequence: Int64?
    /// One sentence; what it quotes comes from the export and is hostile.
    public let detail: String

    /// What is wrong; the words of the published format.
    public enum Code: String, Hashable, Sendable, CaseIterable {
        case notParsed = "E_PARSE"
        case repeatedName = "E_DUPKEY"
        case notCanonical = "E_NONCANONICAL"
        case otherOrigin = "E_ORIGIN"
        case gap = "E_SEQ_GAP"
        case repeated = "E_SEQ_DUP"
        case brokenChain = "E_CHAIN"
        case otherRoot = "E_ROOT"
        case truncated = "E_TRUNCATED"
        case badSignature = "E_SIG"
        case untrustedKey = "E_UNTRUSTED_KEY"
        case fork = "E_FORK"
        case pinAhead = "E_PIN_AHEAD"
        case pinDiffers = "E_PIN_MISMATCH"
        case badWitness = "E_WITNESS"
        case clock = "E_CLOCK"
        case commitment = "E_COMMIT"
        case erasedSilently = "E_ERASED_SILENTLY"
        case lifeCycle = "E_STATE"
        case arguments = "E_ARGS"
        case authority = "E_AUTHZ"
        case unknownPolicy = "E_POLICY"
        case policyReplay = "E_POLICY_REPLAY"
    }

    /// Puts a finding together.
    public init(_ code: Code, at sequence: Int64?, _ detail: String) {
        self.code = code
        self.sequence = sequence
        self.detail = detail
    }
}

/// The findings of a check: all are counted, and enough of them are kept.
struct FindingList: Hashable, Sendable {
    private(set) var kept: [AuditFinding] = []
    private(set) var count = 0
    private(set) var first: Int64?

    /// A log that somebody tore apart has a finding in every line.
    static let keptMax = 1_000

    mutating func add(_ code: AuditFinding.Code, at sequence: Int64?, _ detail: String) {
        count += 1
        if let sequence { first = min(first ?? sequence, sequence) }
        guard kept.count < Self.keptMax || !kept.contains(where: { $0.code == code }) else {
            return
        }
        kept.append(AuditFinding(code, at: sequence, detail))
    }
}
