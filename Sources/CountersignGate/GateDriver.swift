package import CurlTransport
package import Gate
import Glibc
import SystemClock
package import WireAPI

/// Runs gates against one control plane: carries out their effects and tells them what happened.
package final class GateDriver {
    /// What the driver cannot do itself.
    package enum Event {
        /// The tool of this gate shall run, once, with these arguments.
        case run(Int, ClaimAnswer)
        case finished(Int, GateVerdict)
        /// This descriptor of the caller is readable.
        case readable(Int32)
        /// This descriptor of the caller takes a few bytes at least.
        case writable(Int32)
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

    package init(_ transport: CurlTransport) { self.transport = transport }

    /// How many gates are not finished.
    package var runningCount: Int { runs.count }

    /// The numbers of the gates that are not finished.
    package var running: [Int] { runs.keys.sorted() }

    /// Begins a gate and names it.
    package func start(_ gate: Gate) -> Int {
        handles += 1
        runs[handles] = Run(gate: gate)
        tell(handles, .started(at: SystemClock().bootMilliseconds))
        return handles
    }

    /// Drops a gate whose end will never be known; what was claimed stays claimed.
    package func forget(_ handle: Int) {
        for id in runs.removeValue(forKey: handle)?.transfers.values.map(\.self) ?? [] {
            calls[id] = nil
            transport.cancel(id)
        }
    }

    /// Tells a gate what happened outside of the driver.
    package func tell(_ handle: Int, _ message: GateMessage) {
        guard let effects = runs[handle]?.gate.update(message) else { return }
        for effect in effects { carryOut(effect, of: handle) }
    }

    /// Sleeps until something happens or the clock shows `end`, and says what the caller must do.
    package func turn(
        watching descriptors: [Int32], writing: [Int32] = [], until end: Int64 = .max
    ) -> [Event] {
        if events.isEmpty {
            let wake = min(end, runs.values.map(\.wakeAt).min() ?? .max)
            sleep(descriptors, writing, until: wake)
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

    private func sleep(_ reading: [Int32], _ writing: [Int32], until end: Int64) {
        var waiting = ([transport.descriptor] + reading).map {
            pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
        }
        waiting += writing.map { pollfd(fd: $0, events: Int16(POLLOUT), revents: 0) }
        let left = end == .max ? -1 : max(0, end - SystemClock().bootMilliseconds)
        _ = unsafe poll(&waiting, nfds_t(waiting.count), Int32(clamping: left))
        for descriptor in waiting.dropFirst() where descriptor.revents != 0 {
            let isWriting = descriptor.events == Int16(POLLOUT)
            events.append(isWriting ? .writable(descriptor.fd) : .readable(descriptor.fd))
        }
    }

    private func takeAnswers() {
        for answer in transport.drain() {
            guard let (handle, call) = calls.removeValue(forKey: answer.id) else { continue }
            runs[handle]?.transfers[call] = nil
            tell(
                handle,
                .answered(call: call, answer.outcome, at: SystemClock().bootMilliseconds))
        }
    }

    private func wakeGates() {
        let now = SystemClock().bootMilliseconds
        for (handle, run) in runs where run.wakeAt <= now {
            runs[handle]?.wakeAt = .max
            tell(handle, .woke(at: now))
        }
    }
}
