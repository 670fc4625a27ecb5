public import Approvals
public import JSONTree

/// One change of the queue.
public struct InboxChange: WireValue, Hashable {
    /// `changed`: created or changed, `gone`: no longer for this person.
    public var kind: ChangeKind
    /// The approval.
    public var id: ApprovalID
    /// The row; missing when gone.
    public var approval: ApprovalSummary?

    /// Puts the value together.
    public init(kind: ChangeKind, id: ApprovalID, approval: ApprovalSummary? = nil) {
        self.kind = kind
        self.id = id
        self.approval = approval
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        kind = try reader.required("kind")
        id = try reader.required("id")
        approval = try reader.optional("approval")
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("kind", kind)
        writer.write("id", id)
        writer.write("approval", approval)
        return writer.value
    }
}
