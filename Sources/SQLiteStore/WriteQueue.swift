import ControlPlane
import Dispatch
import Synchronization

/// One command on its way to the writer.
struct WriteJob: Sendable {
    /// Runs the command's body and says whether its changes stay, and how to answer.
    let run: @Sendable (SQLiteSession, inout Surroundings) -> Outcome

    /// Answers a command that was not run.
    let refuse: @Sendable (StoreFailure) -> Void

    /// What a body came to.
    struct Outcome {
        /// False when the body threw: its changes are undone.
        let isKept: Bool

        /// Tells the asker: nil once the commit is durable, or why nothing was committed.
        let answer: (StoreFailure?) -> Void
    }

    init<Value: Sendable>(
        _ body:
            @escaping @Sendable (any StoreWriter, inout Surroundings) throws(CommandFailure) ->
            Value,
        completion: @escaping @Sendable (Result<Value, CommandFailure>) -> Void
    ) {
        run = { session, surroundings in
            do throws(CommandFailure) {
                let value = try body(session, &surroundings)
                return Outcome(isKept: true) { failure in
                    completion(failure.map { .failure(.store($0)) } ?? .success(value))
                }
            } catch {
                return Outcome(isKept: false) { failure in
                    completion(.failure(failure.map { .store($0) } ?? error))
                }
            }
        }
        refuse = { completion(.failure(.store($0))) }
    }
}

/// Where commands wait for the writer.
final class WriteQueue: Sendable {
    /// How many commands may wait; more are refused at once instead of growing old.
    static let waitingMax = 10_000

    private struct State {
        var waiting: [WriteJob] = []
        var closed: StoreFailure?
    }

    private let state = Mutex(State())
    private let bell = DispatchSemaphore(value: 0)

    /// Adds a command, or answers that it cannot be taken.
    func add(_ job: WriteJob) {
        let refusal = state.withLock { state -> StoreFailure? in
            if let closed = state.closed { return closed }
            guard state.waiting.count < Self.waitingMax else {
                return .busy("More than \(Self.waitingMax) commands wait.")
            }
            state.waiting.append(job)
            return nil
        }
        if let refusal {
            job.refuse(refusal)
        } else {
            bell.signal()
        }
    }

    /// Everything that waits, after waiting for it; nil once the queue is closed and empty.
    ///
    /// Nothing when nothing came within the given time.
    func next(atMost milliseconds: Int?) -> [WriteJob]? {
        let end = milliseconds.map { DispatchTime.now() + .milliseconds($0) }
        while true {
            if bell.wait(timeout: end ?? .distantFuture) == .timedOut { return [] }
            let (batch, isClosed) = state.withLock { state in
                defer { state.waiting.removeAll(keepingCapacity: true) }
                return (state.waiting, state.closed != nil)
            }
            if !batch.isEmpty { return batch }
            if isClosed { return nil }
        }
    }

    /// Takes no more commands; the first reason stays. What waits is still handed out.
    func close(_ reason: StoreFailure) {
        state.withLock { if $0.closed == nil { $0.closed = reason } }
        bell.signal()
    }

    /// Why no more commands are taken.
    var closed: StoreFailure? { state.withLock { $0.closed } }
}
