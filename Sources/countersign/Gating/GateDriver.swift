import CurlTransport
import Gate
import Glibc
import WireAPI

/// Runs gates against one control plane: carries out their effects and tells them what happened.
final class GateDriver {
    /// What the driver cannot do itself.
    enum Event {
        /// The tool of this gate shall run, once, with these arguments.
        case run(Int, ClaimAnswer)
        case finished(Int, GateVerdict)
        /// This descriptor of the caller is readable.
        case readable(Int32)
    }

    private struct Run {
        var gate: Gate
        var wakeAt: Int64 = .max
        var transfers: [Int: TransferID] = [:]
    }

    private let transport: CurlTransport
    private var runs: [Int: Run] = [:]
    private var calls: [TransferID: (gate: Int, call: Int)] = [:]
    private var handles = 0
    private var transfers = 0
    private var events: [Event] = []

    init(_ transport: CurlTransport) { self.transport = transport }

    /// How many gates are not finished.
    var runningCount: Int { runs.count }

    /// The numbers of the gates that are not finished.
    var running: [Int] { runs.keys.sorted() }

    /// Begins a gate and names it.
    func start(_ gate: Gate) -> Int {
        handles += 1
        runs[handles] = Run(gate: gate)
        tell(handles, .started(at: SystemSource.steadyMilliseconds))
        return handles
    }

    /// Tells a gate what happened outside of the driver.
    func tell(_ handle: Int, _ message: GateMessage) {
        guard let effects = runs[handle]?.gate.update(message) else { return }
        for effect in effects { carryOut(effect, of: handle) }
    }

    /// Sleeps until something happens or the clock shows `end`, and says what the caller must do.
    func turn(watching descriptors: [Int32], until end: Int64 = .max) -> [Event] {
        if events.isEmpty {
            sleep(descriptors, until: min(end, runs.values.map(\.wakeAt).min() ?? .max))
            takeAnswers()
            wakeGates()
        }
        defer { events.removeAll() }
        return events
    }

    private func carryOut(_ effect: GateEffect, of handle: Int) {
        switch effect {
        case .send(let call, let request):
            transfers += 1
            let id = TransferID(transfers)
            runs[handle]?.transfers[call] = id
            calls[id] = (handle, call)
            transport.start(id, request)
        case .drop(let call):
            guard let id = runs[handle]?.transfers.removeValue(forKey: call) else { return }
            calls[id] = nil
            transport.cancel(id)
        case .wake(let at): runs[handle]?.wakeAt = at
        case .run(let claim): events.append(.run(handle, claim))
        case .finish(let verdict):
            runs[handle] = nil
            events.append(.finished(handle, verdict))
        }
    }

    private func sleep(_ descriptors: [Int32], until end: Int64) {
        var waiting = ([transport.descriptor] + descriptors).map {
            pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
        }
        let left = end == .max ? -1 : max(0, end - SystemSource.steadyMilliseconds)
        _ = poll(&waiting, nfds_t(waiting.count), Int32(clamping: left))
        for descriptor in waiting.dropFirst() where descriptor.revents != 0 {
            events.append(.readable(descriptor.fd))
        }
    }

    private func takeAnswers() {
        for answer in transport.drain() {
            guard let (handle, call) = calls.removeValue(forKey: answer.id) else { continue }
            runs[handle]?.transfers[call] = nil
            tell(
                handle,
                .answered(call: call, answer.outcome, at: SystemSource.steadyMilliseconds))
        }
    }

    private func wakeGates() {
        let now = SystemSource.steadyMilliseconds
        for (handle, run) in runs where run.wakeAt <= now {
            runs[handle]?.wakeAt = .max
            tell(handle, .woke(at: now))
        }
    }
}
