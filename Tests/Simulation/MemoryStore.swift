public import Approvals
public import ControlPlane
import Policies
import Synchronization

/// A store that keeps everything in memory, commits at once, and fails when it is told to.
///
/// Each body works on a copy of the state, which becomes the state if the body does not throw.
public final class MemoryStore: RunningStore {
    private struct Contents {
        var state = MemoryState()
        /// The states before the last commits, oldest first, for reads that are stale.
        var earlier: [MemoryState] = []
        var stalePermille = 0
        var entropy: SeededEntropy
        /// Kept from one write to the next, as a store on disk does.
        let shelf = ProgramShelf()
        var faultsPermille = 0
        var ignoresVersions = false
        var acknowledgesTooEarly = false
        var flaws: Set<Flaw> = []
        var commits = 0
        var touched: [CommittedChange] = []
        var observers: [@Sendable ([CommittedChange]) -> Void] = []

        mutating func commit(_ session: MemorySession) {
            earlier.append(state)
            if earlier.count > MemoryStore.earlierMax { earlier.removeFirst() }
            state = session.state
            commits += 1
            touched += session.changes
        }
    }

    private static let earlierMax = 4

    private enum Fate { case commits, failsBefore, losesAcknowledgement }

    private let contents: Mutex<Contents>
    private let clock: @Sendable () -> (wall: Timestamp, monotonic: Int64)

    /// An empty store that reads `clock` once for each body.
    public init(
        clock: @escaping @Sendable () -> (wall: Timestamp, monotonic: Int64),
        entropy: SeededEntropy
    ) {
        self.clock = clock
        contents = Mutex(Contents(entropy: entropy))
    }

    /// Has so many writes out of a thousand fail, before the commit or after it.
    public func setFaults(permille: Int) { contents.withLock { $0.faultsPermille = permille } }

    /// Has so many transactions out of a thousand read approvals as they were a few commits ago.
    ///
    /// A store whose transactions overlap does that; only the compare-and-set saves it.
    public func setStaleReads(permille: Int) { contents.withLock { $0.stalePermille = permille } }

    /// Breaks the compare-and-set: a mutation that a test must notice.
    public func ignoreVersions() { contents.withLock { $0.ignoresVersions = true } }

    /// Says "done" to writes that fail before the commit: a mutation that a test must notice.
    public func acknowledgeTooEarly() { contents.withLock { $0.acknowledgesTooEarly = true } }

    /// Takes a guard away: a mutation that a test must notice.
    public func mislead(by flaw: Flaw) { contents.withLock { _ = $0.flaws.insert(flaw) } }

    /// How often something was committed, and which approvals changed since the last question.
    public func news() -> (commits: Int, changes: [CommittedChange]) {
        contents.withLock { contents in
            defer { contents.touched = [] }
            return (contents.commits, contents.touched)
        }
    }

    /// What is stored, whatever the store says to those who decide by it.
    public func truth<Value>(
        _ body: (any StoreReader) throws(CommandFailure) -> Value
    ) throws(CommandFailure) -> Value {
        let state = contents.withLock { $0.state }
        return try body(MemorySession(state, readingApprovalsFrom: nil, ignoresVersions: false))
    }

    public func onCommit(_ observer: @escaping @Sendable ([CommittedChange]) -> Void) {
        contents.withLock { $0.observers.append(observer) }
    }

    public func read<Value>(
        _ body: (any StoreReader) throws(CommandFailure) -> Value
    ) throws(CommandFailure) -> Value {
        let (state, flaws) = contents.withLock { ($0.state, $0.flaws) }
        return try body(
            MemorySession(
                state, readingApprovalsFrom: nil, ignoresVersions: false, flaws: flaws))
    }

    public func write<Value: Sendable>(
        _ body:
            @escaping @Sendable (
                any StoreWriter, inout Surroundings
            ) throws(CommandFailure) -> Value,
        completion: @escaping @Sendable (Result<Value, CommandFailure>) -> Void
    ) {
        let (result, changes, observers) = contents.withLock { contents in
            Self.carryOut(body, on: &contents, at: clock())
        }
        if !changes.isEmpty { for observer in observers { observer(changes) } }
        completion(result)
    }

    private static func carryOut<Value: Sendable>(
        _ body: (any StoreWriter, inout Surroundings) throws(CommandFailure) -> Value,
        on contents: inout Contents, at now: (wall: Timestamp, monotonic: Int64)
    ) -> (
        Result<Value, CommandFailure>, [CommittedChange], [@Sendable ([CommittedChange]) -> Void]
    ) {
        var surroundings = Surroundings(
            now: now.wall, monotonicMilliseconds: now.monotonic, boot: "simulated",
            entropy: contents.entropy.branch())
        let isStale = contents.entropy.chance(contents.stalePermille)
        let session = MemorySession(
            contents.state, readingApprovalsFrom: isStale ? contents.earlier.first : nil,
            ignoresVersions: contents.ignoresVersions, shelf: contents.shelf, flaws: contents.flaws)
        let result: Result<Value, CommandFailure>
        do {
            result = .success(try body(session, &surroundings))
        } catch {
            return (.failure(error), [], [])
        }
        switch fate(&contents) {
        case .failsBefore:
            if contents.acknowledgesTooEarly { return (result, [], []) }
            return (.failure(.store(.stopped("the disk failed before the commit"))), [], [])
        case .losesAcknowledgement:
            contents.commit(session)
            let failure = CommandFailure.store(.stopped("the disk failed after the commit"))
            return (.failure(failure), session.changes, contents.observers)
        case .commits:
            contents.commit(session)
            return (result, session.changes, contents.observers)
        }
    }

    private static func fate(_ contents: inout Contents) -> Fate {
        guard contents.entropy.chance(contents.faultsPermille) else { return .commits }
        return contents.entropy.chance(500) ? .failsBefore : .losesAcknowledgement
    }
}
