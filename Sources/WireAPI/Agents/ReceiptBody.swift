public import Approvals
public import Cryptography
public import JSONTree

/// What happened when the tool ran.
public struct ReceiptBody: WireValue, Hashable {
    /// From the claim.
    public var fencingToken: String
    /// `succeeded` or `failed`.
    public var outcome: Outcome
    /// The digest of what ran.
    public var effectiveDigest: Digest
    /// The agent's words, at most 4,000 bytes.
    public var resultSummary: String?

    /// Puts the value together.
    public init(
        fencingToken: String, outcome: Outcome, effectiveDigest: Digest,
        resultSummary: String? = nil
    ) {
        self.fencingToken = fencingToken
        self.outcome = outcome
        self.effectiveDigest = effectiveDigest
        self.resultSummary = resultSummary
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        fencingToken = try reader.required("fencing_token")
        outcome = try reader.required("outcome")
        effectiveDigest = try reader.required("effective_digest")
        resultSummary = try reader.optional("result_summary")
        try reader.finish()
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("fencing_token", fencingToken)
        writer.write("outcome", outcome)
        writer.write("effective_digest", effectiveDigest)
        writer.write("result_summary", resultSummary)
        return writer.value
    }
}
