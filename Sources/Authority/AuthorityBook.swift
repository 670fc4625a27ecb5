public import Approvals

/// Everybody and everything that authority depends on, arranged for quick questions.
public struct AuthorityBook: Sendable {
    private var members: [MemberID: Member] = [:]
    private var lent: [MemberID: [Delegation]] = [:]
    /// Records that are the same natural person, each to the first of them.
    private var natural: [MemberID: MemberID] = [:]

    /// Puts a book together. `links` lead from one record of a person to another.
    public init(
        members: [Member], inactive: Set<MemberID> = [], links: [MemberID: MemberID] = [:],
        delegations: [Delegation] = []
    ) {
        for member in members where !inactive.contains(member.id) {
            self.members[member.id] = member
        }
        natural = links
        // The hat is chosen by this order, never by that of the store.
        for delegation in delegations.sorted(by: Self.isTried) {
            lent[delegation.delegate, default: []].append(delegation)
        }
    }

    /// Earliest end first, then the lowest id.
    private static func isTried(_ one: Delegation, before other: Delegation) -> Bool {
        one.end == other.end ? one.id < other.id : one.end < other.end
    }

    /// The member, unless they were removed or switched off.
    public func member(_ id: MemberID) -> Member? { members[id] }

    /// Everybody, by id.
    public var everybody: [Member] { members.values.sorted { $0.id < $1.id } }

    /// What was lent to somebody, in the order in which it is tried.
    public func delegations(to id: MemberID) -> [Delegation] { lent[id] ?? [] }

    /// One record for each natural person.
    public func person(_ id: MemberID) -> MemberID {
        var current = id
        for _ in 0..<Self.linksMax {
            guard let next = natural[current], next != id else { return current }
            current = next
        }
        return current
    }

    private static let linksMax = 8

    /// In which capacity `actor` may decide at an instant.
    ///
    /// `grantor` names the hat: nil lets it be chosen, their own id insists on their own
    /// authority. `onShift` are the people on shift, for questions that want one.
    public func authority(
        of actor: MemberID, as grantor: MemberID? = nil, over question: AuthorityQuestion,
        at now: Timestamp, onShift: Set<MemberID> = []
    ) throws(AuthorityRefusal) -> Hat {
        guard let member = members[actor] else { throw .unknown(actor) }
        guard !Authority.deciders.isDisjoint(with: member.roles) else { throw .roleMissing }
        guard !isConflicted(actor, question) else { throw .separationOfDuty(.actor) }
        let person = person(actor)
        guard !question.votes.contains(where: { self.person($0.by) == person }) else {
            throw .alreadyVoted
        }
        guard !question.isOnShiftOnly || onShift.contains(actor) else { throw .offShift }
        var refusal = AuthorityRefusal.notAsked
        if grantor == nil || grantor == actor {
            do {
                return try own(member, question)
            } catch {
                refusal = error
            }
            guard grantor == nil else { throw refusal }
        }
        return try borrowed(by: member, from: grantor, question, at: now, else: refusal)
    }

    /// Whether a delegation, which is in this book or not, lends what a question asks; nil when it
    /// does not. The delegate's own authority, votes and shift are not looked at.
    public func lending(
        _ delegation: Delegation, over question: AuthorityQuestion, at now: Timestamp
    ) -> Set<Int>? {
        guard let delegate = members[delegation.delegate],
            !Authority.deciders.isDisjoint(with: delegate.roles),
            !isConflicted(delegate.id, question)
        else { return nil }
        do {
            return try hat(delegation, delegate, question, at: now).sets
        } catch {
            return nil
        }
    }

    private func own(
        _ member: Member, _ question: AuthorityQuestion
    ) throws(AuthorityRefusal) -> Hat {
        let sets = try direct(member, question)
        try requireUnused(member.id, question)
        return Hat(sets: sets)
    }

    private func borrowed(
        by member: Member, from grantor: MemberID?, _ question: AuthorityQuestion,
        at now: Timestamp, else refusal: AuthorityRefusal
    ) throws(AuthorityRefusal) -> Hat {
        let tried = delegations(to: member.id).filter { grantor == nil || $0.grantor == grantor }
        if let grantor, tried.isEmpty { throw .noDelegation(from: grantor) }
        var nearest = refusal
        for delegation in tried {
            do {
                return try hat(delegation, member, question, at: now)
            } catch {
                // The one that came furthest says most.
                if error.rank > nearest.rank { nearest = error }
            }
        }
        throw nearest
    }

    private func hat(
        _ delegation: Delegation, _ delegate: Member, _ question: AuthorityQuestion,
        at now: Timestamp
    ) throws(AuthorityRefusal) -> Hat {
        func refused(_ obstacle: DelegationObstacle) -> AuthorityRefusal {
            .lent(obstacle, delegation.id, from: delegation.grantor)
        }
        switch delegation.state(at: now) {
        case .coming: throw refused(.coming)
        case .over: throw refused(.over)
        case .revoked: throw refused(.revoked)
        case .active: break
        }
        guard let grantor = members[delegation.grantor] else { throw refused(.grantorGone) }
        guard !Authority.deciders.isDisjoint(with: grantor.roles) else {
            throw refused(.grantorLacksAuthority)
        }
        let sets: Set<Int>
        do { sets = try direct(grantor, question) } catch { throw refused(.grantorLacksAuthority) }
        guard !isConflicted(grantor.id, question) else { throw .separationOfDuty(.onBehalfOf) }
        guard delegation.scope.covers(question) else { throw refused(.outOfScope) }
        guard question.risk <= delegation.ceiling else { throw refused(.aboveCeiling) }
        if let most = delegation.amountMax {
            guard let amount = question.amount, amount <= most else { throw refused(.aboveAmount) }
        }
        switch question.delegation {
        case .forbidden: throw refused(.forbidden)
        case .sameTeam where grantor.groups.isDisjoint(with: delegate.groups):
            throw refused(.otherTeam)
        case .sameTeam, .allowed: break
        }
        guard !delegation.isForNewOnly || question.createdAt >= delegation.start else {
            throw refused(.olderApproval)
        }
        try requireUnused(grantor.id, question)
        return Hat(delegation: delegation, sets: sets)
    }

    /// The sets that a member's own authority counts for.
    private func direct(
        _ member: Member, _ question: AuthorityQuestion
    ) throws(AuthorityRefusal) -> Set<Int> {
        if let assignee = question.assignee {
            guard assignee == member.id else { throw .assigned(assignee) }
            return Set(question.sets.indices)
        }
        let sets = question.sets.indices.filter { question.sets[$0].contains(member) }
        guard !sets.isEmpty else { throw .notAsked }
        return Set(sets)
    }

    private func requireUnused(
        _ id: MemberID, _ question: AuthorityQuestion
    ) throws(AuthorityRefusal) {
        let person = person(id)
        guard !question.votes.contains(where: { self.person($0.authority) == person }) else {
            throw .authorityAlreadyUsed(id)
        }
    }

    private func isConflicted(_ id: MemberID, _ question: AuthorityQuestion) -> Bool {
        guard !question.conflicted.isEmpty else { return false }
        let person = person(id)
        return question.conflicted.contains { self.person($0) == person }
    }

    /// Everybody whose own authority reaches a question; nobody in conflict is among them.
    public func direct(over question: AuthorityQuestion) -> [(member: Member, sets: Set<Int>)] {
        everybody.compactMap { member in
            guard !Authority.deciders.isDisjoint(with: member.roles),
                !isConflicted(member.id, question)
            else { return nil }
            do { return (member, try direct(member, question)) } catch { return nil }
        }
    }
}

extension AuthorityRefusal {
    /// How far a check came before it was refused.
    fileprivate var rank: Int {
        switch self {
        case .unknown, .roleMissing, .offShift, .alreadyVoted: 0
        case .notAsked: 1
        case .noDelegation: 2
        case .lent(let obstacle, _, _):
            switch obstacle {
            case .coming, .over: 3
            case .revoked, .grantorGone: 4
            case .grantorLacksAuthority: 5
            case .outOfScope: 7
            case .aboveCeiling, .aboveAmount: 8
            case .forbidden, .otherTeam, .olderApproval: 9
            }
        case .separationOfDuty: 6
        case .assigned: 2
        case .authorityAlreadyUsed: 10
        }
    }
}
