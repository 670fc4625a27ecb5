public import Approvals
import Audit
public import Cryptography
public import ZoneTime

/// Carries out commands and answers queries: every rule about approvals is behind these doors.
///
/// It holds no state and asks the world nothing. Everything is in the store that it is given,
/// inside one transaction, with the surroundings of that transaction.
public struct ControlPlane: Sendable {
    public let settings: ControlPlaneSettings
    /// The zones that schedules may be in.
    let zones: ZoneTable

    /// A control plane of one installation.
    public init(settings: ControlPlaneSettings, zones: ZoneTable = ZoneTable()) {
        self.settings = settings
        self.zones = zones
    }

    /// Carries out `command` for whoever holds the token with this digest.
    ///
    /// The digest is SHA-256 of the bearer token's UTF-8 bytes. The token is looked up in the same
    /// transaction, so a revocation counts from the next command on. When this throws, whatever was
    /// written must be rolled back.
    public func perform(
        _ command: Command, as secretDigest: Digest, in store: any StoreWriter,
        with surroundings: inout Surroundings
    ) throws(CommandFailure) -> Answer {
        let principal = try Self.principal(secretDigest, in: store, at: surroundings.now)
        let journal = Journal(store: store, host: settings.host, surroundings: surroundings)
        var session = Session(settings: settings, principal: principal, journal: journal)
        session.zones = zones
        defer { surroundings = session.journal.surroundings }
        return try session.perform(command)
    }

    /// Answers `query` from one snapshot for whoever holds the token with this digest.
    public func answer(
        _ query: Query, as secretDigest: Digest, in store: any StoreReader, at now: Timestamp
    ) throws(CommandFailure) -> Answer {
        let principal = try Self.principal(secretDigest, in: store, at: now)
        var reader = Reader(store: store, principal: principal, now: now)
        reader.zones = zones
        return try reader.answer(query)
    }

    static func principal(
        _ secretDigest: Digest, in store: any StoreReader, at now: Timestamp
    ) throws(CommandFailure) -> Principal {
        guard let token = try stored(try store.token(secretDigest: secretDigest)) else {
            throw .refusing(.unauthenticated)
        }
        if let expiresAt = token.expiresAt, now >= expiresAt { throw .refusing(.unauthenticated) }
        switch token.holder {
        case .member(let id):
            guard let member = try stored(try store.member(id, of: token.tenant)) else {
                throw .refusing(.unauthenticated)
            }
            return .member(member, token.tenant)
        case .agent(let id):
            guard let agent = try stored(try store.agent(id, of: token.tenant)) else {
                throw .refusing(.unauthenticated)
            }
            return .agent(agent, token.tenant)
        }
    }
}

extension CommandFailure {
    /// A refusal without a fresh view.
    static func refusing(_ refusal: Refusal) -> CommandFailure {
        .refused(refusal, current: nil)
    }

    /// One field of the request is wrong.
    static func field(_ pointer: String, _ sentence: String) -> CommandFailure {
        .refusing(.invalid([FieldProblem(pointer, sentence)]))
    }
}

/// Asks the store; its failure becomes the command's.
func stored<Value>(
    _ body: @autoclosure () throws(StoreFailure) -> Value
) throws(CommandFailure) -> Value {
    do { return try body() } catch { throw .store(error) }
}

/// Asks the domain; its refusal becomes the command's.
func lawful<Value>(
    _ body: @autoclosure () throws(Refusal) -> Value
) throws(CommandFailure) -> Value {
    do { return try body() } catch { throw .refusing(error) }
}
