import Dispatch
import Synchronization

/// Connections that threads borrow one at a time, for reads that run beside the writer.
///
/// A connection is not thread-safe and so not `Sendable`; what makes the pool so is that an address
/// is in the list of free ones or lent to one borrower, never both.
public final class SQLitePool: Sendable {
    private let free: Mutex<[UInt]>
    private let count: DispatchSemaphore

    /// Opens all connections at once, so that a refusal comes before anybody reads.
    public init(
        path: String, connections: Int, options: SQLiteOptions,
        prepare: (SQLiteConnection) throws(SQLiteFailure) -> Void
    ) throws(SQLiteFailure) {
        precondition(connections > 0, "A pool without connections lends none.")
        var opened: [SQLiteConnection] = []
        for _ in 0..<connections {
            let connection = try SQLiteConnection(path: path, options: options)
            try prepare(connection)
            opened.append(connection)
        }
        free = Mutex(opened.map { UInt(bitPattern: unsafe Unmanaged.passRetained($0).toOpaque()) })
        count = DispatchSemaphore(value: connections)
    }

    deinit {
        for address in free.withLock({ $0 }) {
            unsafe Self.pointer(address)?.release()
        }
    }

    /// Lends a connection; waits while all are lent.
    public func withConnection<Value, Failure: Error>(
        _ body: (SQLiteConnection) throws(Failure) -> Value
    ) throws(Failure) -> Value {
        count.wait()
        defer { count.signal() }
        let address = free.withLock { $0.removeLast() }
        defer { free.withLock { $0.append(address) } }
        guard let connection = unsafe Self.pointer(address)?.takeUnretainedValue() else {
            preconditionFailure("The pool keeps addresses of connections only.")
        }
        return try body(connection)
    }

    private static func pointer(_ address: UInt) -> Unmanaged<SQLiteConnection>? {
        guard let raw = unsafe UnsafeRawPointer(bitPattern: address) else { return nil }
        return unsafe Unmanaged.fromOpaque(raw)
    }
}
