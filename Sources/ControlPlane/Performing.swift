public import Approvals

/// What a command is given besides the store: nothing in the control plane asks the world itself.
public struct Surroundings {
    /// The wall clock, read after the transaction began.
    public var now: Timestamp
    /// The monotonic clock in milliseconds, and the boot it belongs to: tells a stepped clock from
    /// a quiet night.
    public var monotonicMilliseconds: Int64
    public var boot: String
    public var entropy: any Entropy

    /// Puts the surroundings together.
    public init(
        now: Timestamp, monotonicMilliseconds: Int64, boot: String, entropy: any Entropy
    ) {
        self.now = now
        self.monotonicMilliseconds = monotonicMilliseconds
        self.boot = boot
        self.entropy = entropy
    }
}

/// Why a command was not carried out; whatever it did in its transaction is undone.
public enum CommandFailure: Error, Hashable, Sendable {
    /// The domain says no. `current` is the fresh view for an approver whose approval moved.
    case refused(Refusal, current: ApproverApproval?)
    /// The world broke.
    case store(StoreFailure)
}
