import Approvals
import ControlPlane
import Cryptography
import Dispatch
import Glibc
import SQLiteStore
import Synchronization

/// A store with one tenant in a folder of its own, and the control plane before it.
final class ScratchStore {
    let store: SQLiteStore
    let plane = ControlPlane(settings: ControlPlaneSettings(host: "benchmark.test"))
    let tenant: TenantName
    /// The digest of the admin's token.
    private(set) var admin = SHA256.hash([])
    private let folder: String

    /// Makes it; `surroundings` are those of each transaction.
    init(surroundings: @escaping @Sendable () -> Surroundings) throws {
        var template = Array("/tmp/countersign-store-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil, let tenant = TenantName("acme") else {
            throw Trouble("no folder could be made")
        }
        folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        self.tenant = tenant
        store = try SQLiteStore(
            in: folder + "/store", surroundings: surroundings, onStop: { _ in })
        let plane = plane
        let text = try write { (writer, surroundings) throws(CommandFailure) in
            try plane.initialise(
                tenant: tenant, adminEmail: "ada@acme.test", in: writer, with: &surroundings)
        }
        admin = SHA256.hash(Array(text.utf8))
    }

    /// Closes the store and removes it.
    func close() {
        store.close()
        _ = try? Child(["rm", "-rf", folder], keepingErrors: true).finish()
    }

    /// Runs a transaction and waits until it is durable.
    func write<Value: Sendable>(
        _ body:
            @escaping @Sendable (
                any StoreWriter, inout Surroundings
            ) throws(CommandFailure) -> Value
    ) throws -> Value {
        let result = Mutex<Result<Value, CommandFailure>?>(nil)
        let done = DispatchSemaphore(value: 0)
        store.write(body) { answer in
            result.withLock { $0 = answer }
            done.signal()
        }
        done.wait()
        guard let answer = result.withLock({ $0 }) else { throw Trouble("no answer came") }
        return try answer.get()
    }
}

/// Readings of clocks, in seconds.
enum Clock {
    /// Of a clock that never jumps.
    static var seconds: Double { reading(of: CLOCK_MONOTONIC) }

    /// Of the time that this thread ran.
    static var cpuSeconds: Double { reading(of: CLOCK_THREAD_CPUTIME_ID) }

    /// Of the day.
    static var wallSeconds: Double { reading(of: CLOCK_REALTIME) }

    private static func reading(of clock: clockid_t) -> Double {
        var now = timespec()
        clock_gettime(clock, &now)
        return Double(now.tv_sec) + Double(now.tv_nsec) / 1e9
    }
}
