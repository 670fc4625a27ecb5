import Approvals
import JSONTree
import WireAPI

/// People who come and go, lend their authority for moments and take it back, so that a decision
/// that was right when its key was pressed need not be right when it is committed.
public final class SimulatedPeople {
    private enum Standing { case here, outside, demoted, gone }

    private let admin: Caller
    /// By e-mail: members of the group that is asked.
    private let people: [String: DirectApprover]
    private let deputy: String
    private let world: World
    private var entropy: SeededEntropy
    private var standing: [String: Standing] = [:]

    init(
        admin: String, people: [String: DirectApprover], deputy: String, in world: World,
        entropy: SeededEntropy
    ) {
        self.admin = Caller(admin, in: world)
        self.people = people
        self.deputy = deputy
        self.world = world
        self.entropy = entropy
    }

    /// Begins to change who may decide, now and then.
    public func start() {
        guard world.isStormy else { return }
        if let email = people.keys.sorted().randomElement(using: &entropy) { act(on: email) }
        let pause = Int64.random(in: 500...6_000, using: &entropy)
        world.agenda.plan(in: pause) { [self] in start() }
    }

    private func act(on email: String) {
        if let away = standing[email], away != .here, entropy.chance(600) {
            return bringBack(email, from: away)
        }
        switch Int.random(in: 0..<14, using: &entropy) {
        case 0, 1: put(email, [.approver], in: [], standing: .outside)
        case 2: put(email, [.auditor], in: ["on-call"], standing: .demoted)
        case 3:
            standing[email] = .gone
            admin.send(.delete, Route.removeMember.path(naming: email), as: "removed")
        case 4...8: lend(from: email)
        default: revoke(from: email)
        }
    }

    private func put(
        _ email: String, _ roles: [Role], in groups: [String], standing next: Standing,
        then handle: @escaping () -> Void = {}
    ) {
        let body = MemberBody(email: email, roles: roles, groups: groups.compactMap(GroupName.init))
        admin.send(.post, Route.putMember.path, body.wire, as: "member") { [self] _ in
            standing[email] = next
            handle()
        }
    }

    /// Whoever was removed gets another token: they are a new member.
    private func bringBack(_ email: String, from away: Standing) {
        put(email, [.approver], in: ["on-call"], standing: away == .gone ? .gone : .here) {
            [self] in
            guard away == .gone else { return }
            let body = TokenBody(member: email)
            admin.send(.post, Route.addToken.path, body.wire, as: "token") { [self] answer in
                guard let token = answer["token"]?.stringValue else { return }
                people[email]?.caller.token = token
                standing[email] = .here
            }
        }
    }

    /// Often for so short a time that it is over while somebody looks at the dialog, and sometimes
    /// only soon.
    private func lend(from email: String) {
        let seconds = entropy.chance(450) ? 1...6 : 7...60
        let now = world.clock.wall
        let start = entropy.chance(250) ? now.adding(seconds: 3) : nil
        let length = Int.random(in: seconds, using: &entropy)
        let body = DelegationBody(
            delegate: deputy, start: start, end: (start ?? now).adding(seconds: length),
            scope: ["all"], ceiling: .high, reason: "the storm")
        people[email]?.caller.send(.post, Route.lend.path, body.wire, as: "lent")
    }

    private func revoke(from email: String) {
        guard let caller = people[email]?.caller else { return }
        caller.get(Route.listDelegations.path, DelegationList.self) { [self] list in
            guard let one = list.items.randomElement(using: &entropy) else { return }
            caller.send(
                .delete, Route.revokeDelegation.path(naming: one.id), as: "revoked")
        }
    }
}
