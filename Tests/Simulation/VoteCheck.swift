import Approvals
import Authority
import ControlPlane

/// I7: every vote was cast by somebody who had the authority at that moment, and what people
/// approved has the votes of as many people as it needs, by the log.
struct VoteCheck {
    private let world: World
    /// The votes that were looked at; what is voided and cast anew is another one.
    private var votes: [ApprovalID: Set<Decision>] = [:]

    init(of world: World) { self.world = world }

    mutating func run(
        _ approval: Approval, _ log: LogCheck, _ store: any StoreReader
    ) throws(StoreFailure) {
        let known = votes[approval.id] ?? []
        // Erasing takes words out of votes, and changes nobody's.
        guard approval.erasedAt == nil else { return }
        votes[approval.id] = known.union(approval.decisions.map(\.cast))
        for vote in approval.decisions where !known.contains(vote.cast) {
            if let obstacle = try obstacle(to: vote, on: approval, store) {
                world.checker.complain("I7: \(approval.id) took the vote of \(obstacle)")
            }
        }
        if approval.escalation?.step ?? 0 > 0 { world.checker.count("escalated") }
        guard approval.state == .approved, case .person = approval.provenance else { return }
        let voters = log.voters[approval.id] ?? []
        if voters.count < approval.requirement.quorum {
            world.checker.complain("I7: \(approval.id) was approved by \(voters.count) people")
        }
        if approval.requirement.quorum > 1 { world.checker.count("approved by two") }
    }

    /// By what is stored right after the vote was committed; nil when all is well.
    private func obstacle(
        to vote: Decision, on approval: Approval, _ store: any StoreReader
    ) throws(StoreFailure) -> String? {
        let tenant = approval.tenant
        guard let actor = try store.member(vote.by, of: tenant),
            !Authority.deciders.isDisjoint(with: actor.roles)
        else { return "somebody who is no approver" }
        guard let grantor = try store.member(vote.authority, of: tenant),
            !Authority.deciders.isDisjoint(with: grantor.roles)
        else { return "somebody for nobody" }
        guard approval.isDecided(byGroupsOf: grantor) else { return "somebody who is not asked" }
        if let owner = try store.agentOwner(of: approval.agent, in: tenant) {
            let email = try store.email(of: owner, in: tenant)
            if [actor.email, grantor.email].contains(email) { return "whose run it is" }
        }
        guard vote.onBehalfOf != nil else { return nil }
        world.checker.count("decided for somebody else")
        let lent = try store.delegations(
            of: tenant, to: vote.by, from: vote.authority, endingAfter: vote.at, limit: 1_000)
        let isLent = lent.contains {
            $0.revokedAt == nil && $0.state(at: vote.at) == .active && $0.ceiling >= approval.risk
        }
        return isLent ? nil : "somebody who was lent nothing"
    }
}

extension Decision {
    /// What stays of a vote whatever becomes of it later.
    fileprivate var cast: Decision {
        Decision(
            verdict, by: by, onBehalfOf: onBehalfOf, revision: revision,
            displayedDigest: displayedDigest, at: at)
    }
}
