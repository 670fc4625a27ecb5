import CLinux
import CurlTransport
import Gate
import Glibc
import Synchronization
import WireAPI

/// What the tasks of the caller and the thread of the gates share.
final class GateMailbox: Sendable {
    enum Step: Sendable {
        /// The tool shall run, once, with these arguments.
        case run(ClaimAnswer)
        case finished(GateVerdict)
    }

    enum Order: Sendable {
        case start(Int, Gate)
        case tell(Int, GateMessage)
        case stop
    }

    private struct State {
        var orders: [Order] = []
        var count = 0
        var isLaunched = false
        var isBroken = false
        /// Who waits for the next step of a gate, and the steps that nobody waited for yet.
        var waiting: [Int: CheckedContinuation<Step, Never>] = [:]
        var early: [Int: Step] = [:]
    }

    let transport: CurlTransport
    /// Readable while orders wait.
    let descriptor: Int32
    private let state = Mutex(State())

    init?(_ transport: CurlTransport) {
        descriptor = cs_eventfd()
        guard descriptor >= 0 else { return nil }
        self.transport = transport
    }

    deinit { close(descriptor) }

    func start(_ gate: Gate) -> Int {
        let (number, mustLaunch) = state.withLock { state in
            state.count += 1
            state.orders.append(.start(state.count, gate))
            defer { state.isLaunched = true }
            return (state.count, !state.isLaunched)
        }
        cs_eventfd_add(descriptor)
        if mustLaunch, !GateThread.launch(self) {
            state.withLock { $0.isBroken = true }
        }
        if state.withLock({ $0.isBroken }) {
            deliver(number, .finished(.unreachable("No thread could be started.")))
        }
        return number
    }

    func order(_ order: Order) {
        state.withLock { $0.orders.append(order) }
        cs_eventfd_add(descriptor)
    }

    func takeOrders() -> [Order] {
        cs_eventfd_clear(descriptor)
        return state.withLock { state in
            defer { state.orders.removeAll() }
            return state.orders
        }
    }

    func wait(for number: Int, _ continuation: CheckedContinuation<Step, Never>) {
        let early = state.withLock { state -> Step? in
            if let step = state.early.removeValue(forKey: number) { return step }
            state.waiting[number] = continuation
            return nil
        }
        if let early { continuation.resume(returning: early) }
    }

    func deliver(_ number: Int, _ step: Step) {
        let continuation = state.withLock { state -> CheckedContinuation<Step, Never>? in
            if let waiting = state.waiting.removeValue(forKey: number) { return waiting }
            state.early[number] = step
            return nil
        }
        continuation?.resume(returning: step)
    }
}
