import Approvals
import Audit
import ControlPlane
import Cryptography
import JSONTree
import Simulation
import Synchronization
import Testing

/// A whole installation in memory: two tenants with people and agents, and a clock to turn.
final class Desk {
    let clock = JumpingClock()
    let store: MemoryStore
    let plane = ControlPlane(settings: ControlPlaneSettings(host: "desk.test"))
    private var secrets: [String: Digest] = [:]
    private var elapsed: Int64 = 0

    static let acme = TenantName("acme")
    static let admin = "admin@acme.test"
    static let finance = GroupName("finance")
    static let ops = GroupName("ops")

    /// `acme`: ada and bob (finance), eve (ops), lea (lead), aud (auditor); agents `bot`, which is
    /// bob's, and `other`. `rival`: its admin, mallory (finance) and the agent `spy`.
    init(seed: UInt64 = 1) throws {
        let clock = clock
        store = MemoryStore(
            clock: { (clock.wall, clock.monotonic) }, entropy: SeededEntropy(seed: seed))
        try found()
        for (name, roles, groups) in [
            ("ada", [Role.approver], ["finance"]), ("bob", [.approver], ["finance"]),
            ("eve", [.approver], ["ops"]), ("lea", [.lead], []), ("aud", [.auditor], []),
        ] {
            try join("\(name)@acme.test", Set(roles), groups, by: Self.admin)
        }
        try employ("bot", owner: "bob@acme.test", by: Self.admin)
        try employ("other", owner: nil, by: Self.admin)
        try join("mallory@rival.test", [.approver, .lead], ["finance"], by: "admin@rival.test")
        try employ("spy", owner: nil, by: "admin@rival.test")
    }

    private func found() throws {
        let plane = plane
        let acme = try #require(Self.acme)
        let secret = try write { (store, surroundings) throws(CommandFailure) in
            try plane.initialise(
                tenant: acme, adminEmail: Self.admin, in: store, with: &surroundings)
        }
        secrets[Self.admin] = SHA256.hash(Array(secret.utf8))
        let rival = TenantSettings(name: try #require(TenantName("rival")))
        let answer = try tell(.addTenant(rival, adminEmail: "admin@rival.test"), as: Self.admin)
        guard case .tenant(_, let rivalSecret?) = answer else { throw Surprise(answer) }
        secrets["admin@rival.test"] = SHA256.hash(Array(rivalSecret.utf8))
        for admin in [Self.admin, "admin@rival.test"] {
            try tell(.addGroup(try #require(Self.finance)), as: admin)
            try tell(.addGroup(try #require(Self.ops)), as: admin)
        }
        var settings = TenantSettings(name: acme)
        settings.defaultGroup = Self.finance
        settings.toolRisks = [try #require(ToolName("drop_table")): .critical]
        settings.failOpenTools = [try #require(ToolName("ping"))]
        try tell(.changeTenant(settings), as: Self.admin)
        settings.name = try #require(TenantName("rival"))
        try tell(.changeTenant(settings), as: "admin@rival.test")
    }

    func join(_ email: String, _ roles: Set<Role>, _ groups: [String], by admin: String) throws {
        let groups = Set(groups.compactMap { GroupName($0) })
        try tell(.putMember(email: email, roles: roles, groups: groups), as: admin)
        try giveToken(.member(email: email), to: email, by: admin)
    }

    func employ(_ name: String, owner: String?, by admin: String) throws {
        try tell(.addAgent(name: name, ownerEmail: owner), as: admin)
        try giveToken(.agent(name: name), to: name, by: admin)
    }

    @discardableResult
    func giveToken(
        _ holder: TokenFor, to name: String, by admin: String, seconds: Int? = nil
    ) throws -> TokenID {
        let answer = try tell(
            .addToken(holder, label: nil, expiresInSeconds: seconds), as: admin)
        guard case .token(let token, _, let secret?) = answer else { throw Surprise(answer) }
        secrets[name] = SHA256.hash(Array(secret.utf8))
        return token.id
    }

    /// Passes time on both clocks.
    func pass(seconds: Int) {
        elapsed += Int64(seconds) * 1_000
        clock.advance(to: elapsed)
    }

    @discardableResult
    func tell(_ command: Command, as name: String) throws -> Answer {
        let (plane, secret) = (plane, digest(of: name))
        return try write { (store, surroundings) throws(CommandFailure) in
            try plane.perform(command, as: secret, in: store, with: &surroundings)
        }
    }

    func ask(_ query: Query, as name: String) throws -> Answer {
        let (plane, secret, now) = (plane, digest(of: name), clock.wall)
        let answer = try store.read { (store) throws(CommandFailure) in
            try plane.answer(query, as: secret, in: store, at: now)
        }
        guard let trial = answer.trial else { return answer }
        try write { (store, surroundings) throws(CommandFailure) in
            try plane.record(trial, as: secret, in: store, with: &surroundings)
        }
        return answer
    }

    /// Runs the timers until nothing is due.
    @discardableResult
    func ring() throws -> Int {
        let plane = plane
        return try write { (store, surroundings) throws(CommandFailure) in
            do throws(StoreFailure) {
                return try plane.expireDue(
                    in: store, with: &surroundings, limit: 100
                ).count
            } catch {
                throw .store(error)
            }
        }
    }

    func write<Value: Sendable>(
        _ body:
            @escaping @Sendable (
                any StoreWriter, inout Surroundings
            ) throws(CommandFailure) -> Value
    ) throws -> Value {
        let result = Mutex<Result<Value, CommandFailure>?>(nil)
        store.write(body) { answer in result.withLock { $0 = answer } }
        return try #require(result.withLock { $0 }).get()
    }

    private func digest(of name: String) -> Digest {
        secrets[name] ?? SHA256.hash(Array("nobody".utf8))
    }
}

/// An answer of another kind than the test expects.
struct Surprise: Error {
    let answer: Answer

    init(_ answer: Answer) { self.answer = answer }
}

/// Why a command was refused; nil when it was not.
func refusal(_ body: () throws -> some Any) -> Refusal? {
    do {
        let answer = try body()
        // A refusal that is on record is an answer, so that its transaction is kept.
        if case .refused(let refusal, _)? = answer as? Answer { return refusal }
        return nil
    } catch CommandFailure.refused(let refusal, _) {
        return refusal
    } catch {
        Issue.record("neither done nor refused: \(error)")
        return nil
    }
}
