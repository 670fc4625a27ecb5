import Approvals
import ControlPlane
import Dispatch
import SQLiteStore
import Simulation
import Synchronization
import Testing

/// Which store a shared test runs on.
enum StoreKind: String, CaseIterable, Sendable {
    case sqlite, memory
}

/// A store with a clock that a test moves, and its calls made to wait for their answers.
final class StoreRig {
    let store: any RunningStore
    let clock: JumpingClock
    let scratch: Scratch

    init(_ kind: StoreKind) throws {
        scratch = try Scratch()
        clock = JumpingClock()
        switch kind {
        case .sqlite:
            store = try SQLiteStore(
                in: scratch.path + "/store", surroundings: Self.surroundings(clock),
                onStop: { _ in })
        case .memory:
            store = MemoryStore(
                clock: { [clock] in (clock.wall, clock.monotonic) },
                entropy: SeededEntropy(seed: 1))
        }
    }

    deinit {
        (store as? SQLiteStore)?.close()
    }

    /// What a body is given: the test's clock, and random bytes that are always the same.
    static func surroundings(
        _ clock: JumpingClock, seed: UInt64 = 1
    ) -> @Sendable () -> Surroundings {
        let entropy = Shared(SeededEntropy(seed: seed))
        return {
            Surroundings(
                now: clock.wall, monotonicMilliseconds: clock.monotonic, boot: "test",
                entropy: entropy.change { $0.branch() })
        }
    }

    /// Writes and waits for the commit.
    @discardableResult
    func commit<Value: Sendable>(
        _ body:
            @escaping @Sendable (any StoreWriter, inout Surroundings) throws -> Value
    ) throws -> Value {
        try store.commit(body)
    }

    /// Writes without looking at the surroundings.
    @discardableResult
    func save<Value: Sendable>(
        _ body: @escaping @Sendable (any StoreWriter) throws -> Value
    ) throws -> Value {
        try store.commit { writer, _ in try body(writer) }
    }

    /// Reads a snapshot.
    func read<Value>(_ body: (any StoreReader) throws -> Value) throws -> Value {
        try store.see(body)
    }
}

extension RunningStore {
    /// Writes and waits for the commit.
    @discardableResult
    func commit<Value: Sendable>(
        _ body:
            @escaping @Sendable (any StoreWriter, inout Surroundings) throws -> Value
    ) throws -> Value {
        let answer = Shared<Result<Value, CommandFailure>?>(nil)
        let answered = DispatchSemaphore(value: 0)
        write { (writer, surroundings) throws(CommandFailure) in
            try typed { try body(writer, &surroundings) }
        } completion: { result in
            answer.change { $0 = result }
            answered.signal()
        }
        answered.wait()
        return try #require(answer.now).get()
    }

    /// Reads a snapshot.
    func see<Value>(_ body: (any StoreReader) throws -> Value) throws -> Value {
        try read { (reader) throws(CommandFailure) in try typed { try body(reader) } }
    }
}

/// Gives an untyped body of a test the failures of the port.
func typed<Value>(_ body: () throws -> Value) throws(CommandFailure) -> Value {
    do {
        return try body()
    } catch let failure as StoreFailure {
        throw .store(failure)
    } catch let failure as CommandFailure {
        throw failure
    } catch {
        throw .store(.damaged("\(error)"))
    }
}

/// One value that two threads may change.
final class Shared<Value: Sendable>: Sendable {
    private let value: Mutex<Value>

    init(_ value: Value) {
        self.value = Mutex(value)
    }

    @discardableResult
    func change<Answer: Sendable>(_ body: @Sendable (inout Value) -> Answer) -> Answer {
        value.withLock { body(&$0) }
    }

    var now: Value { value.withLock { $0 } }
}
