import Approvals
import Authority

/// What one person borrowed, and from whom: enough to say in which capacity they decide.
struct Borrowed: Hashable, Sendable {
    /// What lent the authority; nil for their own. Or why neither reaches.
    typealias Choice = Result<Delegation?, Obstacle>

    /// Why somebody may not decide.
    struct Obstacle: Error, Hashable {
        let why: Refusal.Forbidden

        init(_ why: Refusal.Forbidden) { self.why = why }
    }

    var delegations: [Delegation] = []
    var grantors: [Member] = []

    /// In which capacity `member` decides `approval`, whose decisions are under current records.
    func hat(
        of member: Member, as grantor: MemberID?, _ approval: Approval, agentOwner: MemberID?,
        at now: Timestamp
    ) -> Choice {
        let obstacle = Authority.mayDecide(member, approval, agentOwner: agentOwner)
        if grantor == nil || grantor == member.id {
            guard let obstacle else { return .success(nil) }
            switch obstacle {
            case .notInGroup, .assignedTo, .authorityUsed: break
            case .roleMissing, .ownRun, .decidedBefore, .noDelegation, .lent, .ownRunOfGrantor,
                .operatorsOnly:
                return .failure(Obstacle(obstacle))
            }
            guard grantor == nil, !delegations.isEmpty else { return .failure(Obstacle(obstacle)) }
        }
        let book = AuthorityBook(members: [member] + grantors, delegations: delegations)
        let question = AuthorityQuestion(approval, agentOwner: agentOwner)
        do {
            let hat = try book.authority(of: member.id, as: grantor, over: question, at: now)
            return .success(hat.delegation)
        } catch {
            return .failure(Obstacle(error.forbidden ?? obstacle ?? .decidedBefore))
        }
    }

    /// True when something active covers an approval that its grantor is asked about.
    func covers(_ approval: Approval, at now: Timestamp) -> Bool {
        delegations.contains { delegation in
            guard delegation.state(at: now) == .active,
                let grantor = grantors.first(where: { $0.id == delegation.grantor })
            else { return false }
            return delegation.covers(approval)
                && Authority.mayDecide(grantor, approval.undecided, agentOwner: nil) == nil
        }
    }

    /// What of it decides which approvals are seen: changes with every beginning and end.
    func sight(at now: Timestamp) -> [String] {
        let active = delegations.filter { $0.state(at: now) == .active }
        guard !active.isEmpty else { return [] }
        let groups = grantors.flatMap(\.groups).map(\.rawValue).sorted()
        return ["/"] + active.map(\.id.rawValue).sorted() + ["/"] + groups
    }
}

extension Borrowed.Choice {
    var isAllowed: Bool {
        if case .success = self { return true }
        return false
    }
}

extension Delegation {
    /// True when an approval lies within scope and ceiling.
    func covers(_ approval: Approval) -> Bool {
        let question = AuthorityQuestion(approval, agentOwner: nil)
        return scope.covers(question) && approval.risk <= ceiling
            && question.delegation != .forbidden
            && (!isForNewOnly || approval.createdAt >= start)
    }
}

extension Approval {
    /// The same, asked about for the first time.
    fileprivate var undecided: Approval {
        var asked = self
        asked.decisions = []
        return asked
    }
}

extension AuthorityQuestion {
    /// What a pending approval asks.
    init(_ approval: Approval, agentOwner: MemberID?) {
        let requirement = approval.requirement
        self.init(
            tool: approval.tool, risk: approval.risk, createdAt: approval.createdAt,
            sets: [
                ApproverSet(
                    group: requirement.group, min: requirement.quorum,
                    also: approval.escalation?.deciding ?? [])
            ],
            assignee: requirement.assignee, conflicted: Set([agentOwner].compactMap { $0 }),
            delegation: requirement.delegation,
            votes: approval.decisions.map {
                Vote(by: $0.by, onBehalfOf: $0.onBehalfOf, verdict: $0.verdict)
            })
    }
}

extension AuthorityRefusal {
    /// The answer for it; nil where one's own authority says more.
    fileprivate var forbidden: Refusal.Forbidden? {
        switch self {
        case .unknown, .roleMissing, .notAsked, .assigned, .offShift: nil
        case .separationOfDuty(.actor): .ownRun
        case .separationOfDuty(.onBehalfOf): .ownRunOfGrantor
        case .alreadyVoted: .decidedBefore
        case .authorityAlreadyUsed(let id): .authorityUsed(of: id)
        case .noDelegation(let id): .noDelegation(from: id)
        case .lent(let obstacle, _, let id): .lent(obstacle, from: id)
        }
    }
}

extension Reader {
    /// For how long after its end a delegation still explains a refusal, in seconds.
    private static let explainedSeconds = 86_400

    /// What a member borrowed; with what ended lately, so that a refusal can say so.
    func borrowed(by member: Member) throws(CommandFailure) -> Borrowed {
        guard !Authority.deciders.isDisjoint(with: member.roles) else { return Borrowed() }
        let recent = now.adding(seconds: -Self.explainedSeconds)
        let found = try stored(
            try store.delegations(
                of: tenant, to: member.id, from: nil, endingAfter: recent,
                limit: DelegationRules.perPersonMax * 5)
        ).map { $0.standing(at: now) }
        var borrowed = Borrowed(delegations: found)
        for id in Set(found.map(\.grantor)).sorted() {
            if let grantor = try stored(try store.member(id, of: tenant)) {
                borrowed.grantors.append(grantor)
            }
        }
        return borrowed
    }

    /// The same for the one who asks, looked up once.
    mutating func borrowedOnce(by member: Member) throws(CommandFailure) -> Borrowed {
        if let borrowed { return borrowed }
        let found = try borrowed(by: member)
        borrowed = found
        return found
    }

    /// In which capacity a member may decide an approval now.
    func hat(
        of member: Member, as grantor: MemberID?, _ approval: Approval
    ) throws(CommandFailure) -> Borrowed.Choice {
        try borrowed(by: member).hat(
            of: member, as: grantor, try underCurrentRecords(approval),
            agentOwner: try agentOwner(of: approval), at: now)
    }

    /// True when an approval may be shown to a member: by their own right, because they borrowed
    /// somebody's authority, or because they decided it with such.
    func sees(_ member: Member, _ approval: Approval) throws(CommandFailure) -> Bool {
        if Self.seesAlone(member, approval) { return true }
        return try borrowed(by: member).covers(approval, at: now)
    }

    /// The same for the one who asks, for many approvals.
    mutating func seesQuickly(
        _ member: Member, _ approval: Approval
    ) throws(CommandFailure) -> Bool {
        if Self.seesAlone(member, approval) { return true }
        return try borrowedOnce(by: member).covers(approval, at: now)
    }

    private static func seesAlone(_ member: Member, _ approval: Approval) -> Bool {
        if Authority.maySee(member, approval) { return true }
        return approval.decisions.contains { $0.by == member.id && $0.onBehalfOf != nil }
    }
}
