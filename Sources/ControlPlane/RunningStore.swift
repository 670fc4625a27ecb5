public import Approvals

/// A store at work: one writer that commits everything that waits in one transaction, and readers.
///
/// Synchronous and without tasks, so that a real store on its own thread and a simulated one in a
/// test fill it alike.
public protocol RunningStore: Sendable {
    /// Queues `body` for the writer.
    ///
    /// All waiting bodies share one transaction, each in a savepoint; the surroundings that a body
    /// is given were read after the transaction began. A body that throws is rolled back alone.
    /// `completion` is called once the commit is durable, with the body's value or its error; or
    /// with why nothing was committed. When an acknowledgement is lost the commit may have
    /// happened.
    func write<Value: Sendable>(
        _ body:
            @escaping @Sendable (
                any StoreWriter, inout Surroundings
            ) throws(CommandFailure) -> Value,
        completion: @escaping @Sendable (Result<Value, CommandFailure>) -> Void)

    /// Runs `body` on a read snapshot, on the calling thread; it must be short.
    func read<Value>(
        _ body: (any StoreReader) throws(CommandFailure) -> Value
    ) throws(CommandFailure) -> Value

    /// Has `observer` called after each commit, before the completions, with what changed.
    ///
    /// It is called on the writer's thread and must be quick.
    func onCommit(_ observer: @escaping @Sendable ([CommittedChange]) -> Void)
}

/// One approval that a commit changed.
public struct CommittedChange: Hashable, Sendable {
    public let tenant: TenantName
    public let approval: ApprovalID
    /// Where the change stands in the tenant's feed.
    public let position: Int64

    /// Puts a change together.
    public init(tenant: TenantName, approval: ApprovalID, position: Int64) {
        self.tenant = tenant
        self.approval = approval
        self.position = position
    }
}
