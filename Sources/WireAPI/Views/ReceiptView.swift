public import Approvals
public import JSONTree

/// The receipt.
public struct ReceiptView: WireValue, Hashable {
    /// What happened.
    public var outcome: Outcome
    /// When.
    public var at: Timestamp
    /// The agent's words.
    public var resultSummary: String?
    /// True when what ran is not what was decided.
    public var isMismatch: Bool

    /// Puts the value together.
    public init(outcome: Outcome, at: Timestamp, resultSummary: String? = nil, isMismatch: Bool) {
        self.outcome = outcome
        self.at = at
        self.resultSummary = resultSummary
        self.isMismatch = isMismatch
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        outcome = try reader.required("outcome")
        at = try reader.required("at")
        resultSummary = try reader.optional("result_summary")
        isMismatch = try reader.required("mismatch")
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("outcome", outcome)
        writer.write("at", at)
        writer.write("result_summary", resultSummary)
        writer.write("mismatch", isMismatch)
        return writer.value
    }
}
