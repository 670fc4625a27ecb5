public import Approvals

/// An approval as its agent may see it.
public struct AgentApproval: Hashable, Sendable {
    public var approval: Approval
    public var decidedBy: String?
    public var onBehalfOf: String?
    /// The event that settled it; nil while it is pending, and in the answer to a command, which
    /// is made before the event is durable.
    public var proof: ProvenEvent?

    /// Puts it together.
    public init(
        approval: Approval, decidedBy: String?, onBehalfOf: String? = nil,
        proof: ProvenEvent? = nil
    ) {
        self.approval = approval
        self.decidedBy = decidedBy
        self.onBehalfOf = onBehalfOf
        self.proof = proof
    }
}
