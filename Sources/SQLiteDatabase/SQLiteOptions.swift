/// How a database is opened.
public struct SQLiteOptions: Hashable, Sendable {
    /// What a commit waits for.
    public enum Durability: Int64, Hashable, Sendable {
        /// A crash of the machine may lose the last commits, never the file: enough for a cache.
        case normal = 1

        /// The commit is on disk when it returns.
        case full = 2
    }

    /// What the connection may do.
    public enum Access: Hashable, Sendable {
        case readWrite
        case readOnly
    }

    /// What a commit waits for; read back after it was set.
    public var durability: Durability

    /// Whether the connection may write.
    public var access: Access

    /// Overwrites what is deleted with zeros.
    public var erasesDeleted: Bool

    /// How long a locked database is waited for.
    public var busyTimeoutMilliseconds: Int32

    /// How many pages of the write-ahead log start a checkpoint inside a commit; 0 leaves
    /// checkpoints to `checkpoint(_:)`, and `logPages` tells when one is due.
    public var checkpointPages: Int

    /// Marks files of this program, so that another's database is not taken for ours.
    public var applicationID: Int32

    /// The usual choice of each is the safer one.
    public init(
        durability: Durability = .full, access: Access = .readWrite, erasesDeleted: Bool = true,
        busyTimeoutMilliseconds: Int32 = 5_000, checkpointPages: Int = 1_000,
        applicationID: Int32 = 0x4353_474E
    ) {
        self.durability = durability
        self.access = access
        self.erasesDeleted = erasesDeleted
        self.busyTimeoutMilliseconds = busyTimeoutMilliseconds
        self.checkpointPages = checkpointPages
        self.applicationID = applicationID
    }
}
