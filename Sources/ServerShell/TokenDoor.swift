import Cryptography
import Synchronization

/// Keeps commands from the writer whose tokens are nobody's, and too many at once of one token.
///
/// The writer is one thread for all tenants. It looks the token up again, in the transaction.
final class TokenDoor: Sendable {
    /// How many commands of one token may be on their way.
    static let commandsMax = 1_000
    /// How many tokens are remembered as somebody's.
    private static let knownMax = 50_000

    private struct State {
        var known: Set<Digest> = []
        var counts: [Digest: Int] = [:]
    }

    private let state = Mutex(State())

    /// True when the token was somebody's before.
    func knows(_ token: Digest) -> Bool { state.withLock { $0.known.contains(token) } }

    /// Remembers that the token is somebody's.
    func remember(_ token: Digest) {
        state.withLock { state in
            if state.known.count >= Self.knownMax { state.known.removeAll() }
            state.known.insert(token)
        }
    }

    /// Begins a command; false when the token has as many as it may.
    func enter(_ token: Digest) -> Bool {
        state.withLock { state in
            let count = state.counts[token, default: 0]
            guard count < Self.commandsMax else { return false }
            state.counts[token] = count + 1
            return true
        }
    }

    /// Ends a command.
    func leave(_ token: Digest) {
        state.withLock { state in
            let count = state.counts[token, default: 1] - 1
            state.counts[token] = count > 0 ? count : nil
        }
    }
}
