import CCurl
import CLinux
import Synchronization
import WireAPI

/// What the caller's threads and the network thread share, and nothing else.
final class TransportMailbox: Sendable {
    enum Order: Sendable {
        case start(TransferID, HTTPRequest)
        case cancel(TransferID)
        case stop
    }

    /// The network thread's ear: cleared before the handle goes, so that nobody wakes the dead.
    private struct Ear: ~Copyable {
        var address: UInt?
    }

    private struct State: ~Copyable {
        var orders: [Order] = []
        var answers: [TransferAnswer] = []
        var pieces: [TransferPiece] = []
        var pieceBytesCount = 0
        var underWay: Set<TransferID> = []
        var ear = Ear()
        var isLaunched = false
        var isStopped = false
    }

    let descriptor: Int32
    private let state = Mutex(State())

    init?() {
        descriptor = cs_eventfd()
        guard descriptor >= 0 else { return nil }
    }

    deinit {
        close(descriptor)
    }

    /// Leaves an order for the thread, which is launched for the first request.
    func order(_ order: Order, launch: (TransportMailbox) -> Bool) {
        let mustLaunch = state.withLock { state -> Bool in
            guard accept(order, &state) else { return false }
            state.orders.append(order)
            wake(state)
            guard case .start = order, !state.isLaunched else { return false }
            state.isLaunched = true
            return true
        }
        if mustLaunch, !launch(self) { abandon(.unavailable("no thread could be started")) }
    }

    /// Books a new request, or answers at once that it cannot be taken.
    private func accept(_ order: Order, _ state: inout State) -> Bool {
        guard case .start(let id, _) = order else { return !state.isStopped }
        precondition(!state.underWay.contains(id), "A transfer is started once under one id.")
        guard !state.isStopped, state.underWay.count < CurlTransport.transfersMax else {
            let reason = state.isStopped ? "the transport has stopped" : "too many are under way"
            state.answers.append(TransferAnswer(id: id, outcome: .failure(.unavailable(reason))))
            cs_eventfd_add(descriptor)
            return false
        }
        state.underWay.insert(id)
        return true
    }

    /// Gives everything up; also what the thread does when it cannot go on.
    func abandon(_ failure: TransportFailure) {
        state.withLock { state in
            state.isStopped = true
            state.orders = [.stop]
            for id in state.underWay {
                state.answers.append(TransferAnswer(id: id, outcome: .failure(failure)))
            }
            state.underWay.removeAll()
            wake(state)
            cs_eventfd_add(descriptor)
        }
    }

    func stop() { abandon(.givenUp(wasSent: true)) }

    func takeAnswers() -> (pieces: [TransferPiece], answers: [TransferAnswer]) {
        // Under the lock, as every raising of the descriptor: it is readable only while there is
        // something to take.
        state.withLock { state in
            cs_eventfd_clear(descriptor)
            defer {
                state.answers.removeAll()
                state.pieces.removeAll()
                state.pieceBytesCount = 0
            }
            return (state.pieces, state.answers)
        }
    }

    // MARK: The network thread's side

    func takeOrders() -> [Order] {
        state.withLock { state in
            defer { state.orders.removeAll() }
            return state.orders
        }
    }

    /// Delivers an answer, unless the request was given up meanwhile.
    func deliver(_ id: TransferID, _ outcome: Result<HTTPResponse, TransportFailure>) {
        state.withLock { state in
            guard state.underWay.remove(id) != nil else { return }
            state.answers.append(TransferAnswer(id: id, outcome: outcome))
            cs_eventfd_add(descriptor)
        }
    }

    /// Hands over a piece of an answer; false when nobody takes what is there already.
    func deliver(_ piece: TransferPiece) -> Bool {
        state.withLock { state in
            guard state.underWay.contains(piece.id) else { return true }
            guard state.pieceBytesCount + piece.bytes.count <= CurlTransfer.bytesMax else {
                return false
            }
            state.pieces.append(piece)
            state.pieceBytesCount += piece.bytes.count
            cs_eventfd_add(descriptor)
            return true
        }
    }

    /// Says where the thread can be woken; nil before the handle is freed.
    func listen(_ multi: UnsafeMutableRawPointer?) {
        let address = unsafe multi.map { UInt(bitPattern: $0) }
        state.withLock { $0.ear.address = address }
    }

    private func wake(_ state: borrowing State) {
        guard let address = state.ear.address,
            let multi = unsafe UnsafeMutableRawPointer(bitPattern: address)
        else { return }
        unsafe cs_multi_wakeup(multi)
    }
}
