import Cryptography
import Dispatch
import Synchronization

/// Where schemas are held against arguments: one thread beside the writer, and one work of each
/// token in turn, so that a hostile schema holds up whoever sent it and nobody else for long.
final class ExamRoom: Sendable {
    private struct State {
        var waiting: [Digest: [@Sendable () -> Void]] = [:]
        /// Whose turn it is; everybody who waits stands there once.
        var turns: [Digest] = []
        var isWorking = false
    }

    private let state = Mutex(State())
    private let queue = DispatchQueue(label: "exams")

    /// Does the work when it is the token's turn.
    func run<Value: Sendable>(
        for token: Digest, _ work: @escaping @Sendable () -> Value
    ) async -> Value {
        await withCheckedContinuation { continuation in
            add({ continuation.resume(returning: work()) }, for: token)
        }
    }

    /// Queues work; the order among tokens is by turns.
    func add(_ work: @escaping @Sendable () -> Void, for token: Digest) {
        let isIdle = state.withLock { state in
            if state.waiting[token]?.append(work) == nil {
                state.waiting[token] = [work]
                state.turns.append(token)
            }
            defer { state.isWorking = true }
            return !state.isWorking
        }
        if isIdle { queue.async { self.workThrough() } }
    }

    private func workThrough() {
        while let work = next() { work() }
    }

    private func next() -> (@Sendable () -> Void)? {
        state.withLock { state in
            guard !state.turns.isEmpty else {
                state.isWorking = false
                return nil
            }
            let token = state.turns.removeFirst()
            let work = state.waiting[token]?.removeFirst()
            if state.waiting[token]?.isEmpty ?? true {
                state.waiting[token] = nil
            } else {
                state.turns.append(token)
            }
            return work
        }
    }
}
