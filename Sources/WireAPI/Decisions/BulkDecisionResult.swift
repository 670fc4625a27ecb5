public import Approvals
public import JSONTree

/// What became of one decision.
public struct BulkDecisionResult: WireValue, Hashable {
    /// The approval.
    public var id: ApprovalID
    /// The HTTP status that the single route would give.
    public var status: Int
    /// The new view, when decided or moved.
    public var approval: ApproverView?
    /// Why not.
    public var problem: Problem?

    /// Puts the value together.
    public init(id: ApprovalID, status: Int, approval: ApproverView? = nil, problem: Problem? = nil)
    {
        self.id = id
        self.status = status
        self.approval = approval
        self.problem = problem
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        id = try reader.required("id")
        status = try reader.required("status")
        approval = try reader.optional("approval")
        problem = try reader.optional("problem")
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("id", id)
        writer.write("status", status)
        writer.write("approval", approval)
        writer.write("problem", problem)
        return writer.value
    }
}
