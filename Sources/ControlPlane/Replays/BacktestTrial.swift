import Approvals
import Audit
public import Cryptography
public import JSONTree
public import Policies

/// What a page of a backtest tried on values that approvers do not see.
///
/// One condition after another would tell such a value, so the answer is given out only after the
/// trial is on record.
public struct BacktestTrial: Hashable, Sendable {
    public let policy: PolicyID
    public let version: Int
    public let digest: Digest
    /// The document as it was tried, published or not.
    public let document: JSONValue
    /// How many calls with a hidden value in what the conditions read.
    public let calls: Int
}

extension Answer {
    /// What must be on record before this is given out; nil when nothing must.
    public var trial: BacktestTrial? {
        if case .backtest(let result) = self { result.trial } else { nil }
    }
}

extension ControlPlane {
    /// Puts a trial on record, by whoever holds the token with this digest.
    public func record(
        _ trial: BacktestTrial, as secretDigest: Digest, in store: any StoreWriter,
        with surroundings: inout Surroundings
    ) throws(CommandFailure) {
        let principal = try Self.principal(secretDigest, in: store, at: surroundings.now)
        let journal = Journal(store: store, host: settings.host, surroundings: surroundings)
        var session = Session(settings: settings, principal: principal, journal: journal)
        defer { surroundings = session.journal.surroundings }
        try session.record(trial)
    }
}

extension Session {
    fileprivate mutating func record(_ trial: BacktestTrial) throws(CommandFailure) {
        _ = try member(with: [.lead])
        try journal.record(
            AuditEvent(
                .policyTried, by: actor, about: .init(.policy, trial.policy.rawValue),
                documents: [AuditEvent.Document("policy", trial.document)],
                facts: .facts([
                    "calls": .fact(trial.calls), "digest": .fact(trial.digest.text),
                    "version": .fact(trial.version),
                ])), of: tenant)
    }
}
