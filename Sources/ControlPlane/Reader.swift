import Approvals
import Authority
import JSONTree
import ZoneTime

/// One principal looking at one snapshot.
struct Reader {
    let store: any StoreReader
    let principal: Principal
    let now: Timestamp
    /// The zones that schedules may be in.
    var zones = ZoneTable()
    /// Names that were looked up already.
    private var emails: [MemberID: String] = [:]
    private var agentNames: [AgentID: String] = [:]
    /// People that were looked up already.
    private var everybody: [Member]?
    private var deciders: [GroupName: [Member]] = [:]
    private var owners: [AgentID: MemberID?] = [:]
    /// What the asker borrowed, when it was looked up already.
    var borrowed: Borrowed?

    var tenant: TenantName { principal.tenant }

    init(store: any StoreReader, principal: Principal, now: Timestamp) {
        self.store = store
        self.principal = principal
        self.now = now
    }

    mutating func answer(_ query: Query) throws(CommandFailure) -> Answer {
        switch query {
        case .me: try me()
        case .approval(let id): try approval(id)
        case .audit(let query): try audit(query)
        case .inbox(let since, let limit): .inbox(try inbox(since: since, limit: limit))
        case .history(let before, let limit, let filter):
            try history(before: before, limit: limit, filter)
        case .policies(let id): try policies(id)
        case .people(let query): .people(try people(query))
        case .explanation(let id): try explanation(id)
        case .policyDifference(let id, let from, let to):
            try policyDifference(of: id, from: from, to: to)
        case .shadowReport(let id, let version, let seconds):
            try shadowReport(of: id, version: version, seconds: seconds)
        case .backtest(let query): try backtest(query)
        case .grants(let wanted): try grants(wanted)
        case .grant(let id): try grant(id)
        case .brokenGlass: try brokenGlass()
        case .tenants, .groups, .members, .agents, .tokens: try directory(query)
        }
    }

    func stepUpState() throws(CommandFailure) -> StepUpState {
        guard case .member(let member, _) = principal else { return .none }
        return try stored(try store.secondFactor(of: member.id, in: tenant))?.state(at: now)
            ?? StepUpState.none
    }

    private mutating func approval(_ id: ApprovalID) throws(CommandFailure) -> Answer {
        let approval = try visible(id)
        switch principal {
        case .agent:
            var view = try agentView(of: approval)
            view.proof = try settlingProof(of: approval)
            return .agentApproval(view)
        case .member: return .approverApproval(try view(of: approval))
        }
    }
}

// Who is asking, and what they may see.
extension Reader {
    func member(with roles: [Role]) throws(CommandFailure) -> Member {
        guard case .member(let member, _) = principal, !member.roles.isDisjoint(with: roles) else {
            throw .refusing(.forbidden(.roleMissing(needed: roles)))
        }
        return member
    }

    /// The approval, when the principal may know of it; else there is none.
    func visible(_ id: ApprovalID) throws(CommandFailure) -> Approval {
        guard let approval = try stored(try store.approval(id, of: tenant)) else {
            throw .refusing(.notFound)
        }
        switch principal {
        case .agent(let agent, _):
            guard approval.agent == agent.id else { throw .refusing(.notFound) }
        case .member(let member, _):
            guard try sees(member, approval) else { throw .refusing(.notFound) }
        }
        return approval
    }

    /// Whose run it is, under the record that they have now.
    ///
    /// Somebody who left and came back has another id; the e-mail tells that it is them.
    func agentOwner(of approval: Approval) throws(CommandFailure) -> MemberID? {
        guard let owner = try stored(try store.agentOwner(of: approval.agent, in: tenant))
        else { return nil }
        guard let email = try stored(try store.email(of: owner, in: tenant)) else { return owner }
        return try stored(try store.member(email: email, of: tenant))?.id ?? owner
    }

    /// The approval with each decision under the record that its person has now.
    ///
    /// Only for questions of authority: somebody who left and came back has another id, and must
    /// not decide a second time.
    func underCurrentRecords(_ approval: Approval) throws(CommandFailure) -> Approval {
        var known = approval
        for index in known.decisions.indices {
            let decision = known.decisions[index]
            known.decisions[index].by = try currentRecord(of: decision.by)
            if let grantor = decision.onBehalfOf {
                known.decisions[index].onBehalfOf = try currentRecord(of: grantor)
            }
        }
        return known
    }

    /// The id that a person has now; the old one when they are not here.
    private func currentRecord(of id: MemberID) throws(CommandFailure) -> MemberID {
        guard let email = try stored(try store.email(of: id, in: tenant)) else { return id }
        return try stored(try store.member(email: email, of: tenant))?.id ?? id
    }

    /// Why a member may not decide an approval; nil when they may.
    func obstacle(
        to member: Member, _ approval: Approval
    ) throws(CommandFailure) -> Refusal.Forbidden? {
        Authority.mayDecide(
            member, try underCurrentRecords(approval), agentOwner: try agentOwner(of: approval))
    }

    /// True when a pending approval waits for `group`.
    func isAsked(_ group: GroupName) throws(CommandFailure) -> Bool {
        var position: Int64 = 0
        while true {
            let after = position
            let chunk = try stored(
                try store.pending(of: tenant, after: after, limit: Self.chunkMax))
            if chunk.contains(where: { $0.approval.decidingGroups.contains(group) }) { return true }
            guard let last = chunk.last, chunk.count == Self.chunkMax else { return false }
            position = last.position
        }
    }

    /// How many approvals are read at once.
    static let chunkMax = 200
}

// Names, which outlive those who bear them.
extension Reader {
    mutating func email(of id: MemberID) throws(CommandFailure) -> String {
        if let known = emails[id] { return known }
        let email = try stored(try store.email(of: id, in: tenant)) ?? id.rawValue
        emails[id] = email
        return email
    }

    mutating func name(of id: AgentID) throws(CommandFailure) -> String {
        if let known = agentNames[id] { return known }
        let name = try stored(try store.agentName(of: id, in: tenant)) ?? id.rawValue
        agentNames[id] = name
        return name
    }

    /// Everybody of the tenant.
    mutating func people() throws(CommandFailure) -> [Member] {
        if let everybody { return everybody }
        let members = try stored(try store.members(of: tenant))
        everybody = members
        return members
    }

    /// The members of a group who decide.
    mutating func deciders(of group: GroupName) throws(CommandFailure) -> [Member] {
        if let known = deciders[group] { return known }
        let members = try people().filter {
            $0.groups.contains(group) && !Authority.deciders.isDisjoint(with: $0.roles)
        }
        deciders[group] = members
        return members
    }

    /// The members of any of some groups who decide.
    mutating func deciders(of groups: [GroupName]) throws(CommandFailure) -> [Member] {
        guard let first = groups.first, groups.count > 1 else {
            return try groups.first.map { (group) throws(CommandFailure) in
                try deciders(of: group)
            } ?? []
        }
        var found = try deciders(of: first)
        for group in groups.dropFirst() {
            found += try deciders(of: group).filter { !found.contains($0) }
        }
        return found
    }

    /// The person whose runs an agent's are, looked up once.
    mutating func owner(of approval: Approval) throws(CommandFailure) -> MemberID? {
        if let known = owners[approval.agent] { return known }
        let owner = try agentOwner(of: approval)
        owners[approval.agent] = .some(owner)
        return owner
    }

    mutating func names(of ids: Set<MemberID>) throws(CommandFailure) -> [MemberID: String] {
        var names: [MemberID: String] = [:]
        for id in ids { names[id] = try email(of: id) }
        return names
    }
}
