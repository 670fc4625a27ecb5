import Approvals
import Audit
import JSONTree
import Policies

/// What somebody wants a version to be.
struct PolicyWish {
    let status: PolicyStatus
    /// Out of a hundred calls; of a canary only.
    let share: Int?
    /// Why it cannot wait until it was watched.
    let ack: String?
}

// A version comes into force with a second person, and after it was watched.
extension Session {
    mutating func changeMode(
        of id: PolicyID, version: Int, to wish: PolicyWish
    ) throws(CommandFailure) -> Answer {
        let member = try member(with: [.lead, .admin])
        guard var policy = try stored(try store.policy(id, version: version, of: tenant)) else {
            throw .refusing(.notFound)
        }
        try requireWhole(wish)
        guard !policy.is(wish) else {
            policy.proposal = nil
            return try withdraw(policy)
        }
        let decides = policy.status.decides || wish.status.decides
        if wish.status.decides { try requireWatched(policy, wish) }
        if decides, try !isSecond(member, for: policy.proposal, to: wish) {
            return try propose(wish, for: policy, by: member)
        }
        if wish.status.decides { try makeRoom(for: policy, as: wish.status) }
        let changed = try put(policy, into: wish)
        if decides { try endGrantsPastPolicies() }
        return try policyAnswer(changed)
    }

    private func requireWhole(_ wish: PolicyWish) throws(CommandFailure) {
        let shares = PublishedPolicy.sharesOfCanary
        switch (wish.status, wish.share) {
        case (.canary, let share?) where shares.contains(share): break
        case (.canary, _):
            throw .field(
                "/share", "a canary has a share of \(shares.lowerBound) to \(shares.upperBound)")
        case (.draft, _?), (.shadow, _?), (.enforced, _?), (.retired, _?):
            throw .field("/share", "only a canary has a share")
        case (.draft, nil), (.shadow, nil), (.enforced, nil), (.retired, nil): break
        }
        guard let ack = wish.ack else { return }
        guard !ack.isBlank, ack.utf8.count <= Limits.reasonBytesMax else {
            throw .field("/ack", "must say why, in at most \(Limits.reasonBytesMax) bytes")
        }
    }

    /// Refuses what would decide although people have not seen how.
    ///
    /// A word says why it cannot be watched first; none says that a known laxer case is harmless.
    private func requireWatched(
        _ policy: PublishedPolicy, _ wish: PolicyWish
    ) throws(CommandFailure) {
        let standing = try reader.shadowStanding(of: policy.id, version: policy.version)
        guard standing.laxerUnreviewed == 0 else {
            throw .refusing(
                .conflict(
                    "it was laxer on \(standing.laxerUnreviewed) calls that nobody looked at",
                    next: policy.reviewing))
        }
        guard standing.errorsUnreviewed == 0 else {
            throw .refusing(
                .conflict(
                    "it had no answer to \(standing.errorsUnreviewed) calls that nobody looked at",
                    next: policy.reviewing))
        }
        guard standing.samples < PublishedPolicy.samplesMin, wish.ack == nil,
            try isAnyInForce(of: policy.id)
        else { return }
        throw .field(
            "/ack",
            "it was watched on \(standing.samples) calls, \(PublishedPolicy.samplesMin) are wanted "
                + "before it takes another version's place; say here why it cannot wait")
    }

    private func isAnyInForce(of id: PolicyID) throws(CommandFailure) -> Bool {
        try stored(try store.activeVersions(of: tenant)).contains {
            $0.id == id && $0.status == .enforced
        }
    }

    /// True when somebody else wanted the same who may still want it; who left and came back is
    /// nobody else.
    private func isSecond(
        _ member: Member, for proposal: PublishedPolicy.Proposal?, to wish: PolicyWish
    ) throws(CommandFailure) -> Bool {
        guard let proposal, proposal.status == wish.status, proposal.share == wish.share,
            proposal.by != member.id
        else { return false }
        let proposer = try stored(try store.member(proposal.by, of: tenant))
        guard let proposer, !proposer.roles.isDisjoint(with: [.lead, .admin]) else { return false }
        return proposer.email != member.email
    }

    private mutating func propose(
        _ wish: PolicyWish, for known: PublishedPolicy, by member: Member
    ) throws(CommandFailure) -> Answer {
        let before = known.proposal
        let isKnown =
            before?.status == wish.status && before?.share == wish.share && before?.by == member.id
        guard !isKnown else { return try policyAnswer(known) }
        var policy = known
        policy.proposal = .init(status: wish.status, share: wish.share, by: member.id, at: now)
        try stored(try store.replace(policy, of: tenant))
        try record(
            .policyModeProposed, policy, outcome: wish.status.rawValue,
            documents: Self.documents(wish),
            ["from": .fact(known.status.rawValue), "share": wish.share.map { .fact($0) }])
        return try policyAnswer(policy)
    }

    /// Somebody wants what is: then nothing waits for a second person any more.
    private mutating func withdraw(_ policy: PublishedPolicy) throws(CommandFailure) -> Answer {
        let known = try stored(
            try store.policy(policy.id, version: policy.version, of: tenant))
        guard known?.proposal != nil else { return try policyAnswer(policy) }
        try stored(try store.replace(policy, of: tenant))
        try record(.policyModeProposed, policy, outcome: "withdrawn", [:])
        return try policyAnswer(policy)
    }

    /// One version of a policy is in force at a time, and at most one more has a share of its
    /// calls.
    private mutating func makeRoom(
        for policy: PublishedPolicy, as status: PolicyStatus
    ) throws(CommandFailure) {
        for other in try stored(try store.policies(of: tenant))
        where other.id == policy.id && other.version != policy.version {
            let gives =
                other.status == .canary || other.status == .enforced && status == .enforced
            guard gives else { continue }
            _ = try put(other, into: PolicyWish(status: .retired, share: nil, ack: nil))
        }
    }

    private mutating func put(
        _ known: PublishedPolicy, into wish: PolicyWish
    ) throws(CommandFailure) -> PublishedPolicy {
        var policy = known
        policy.status = wish.status
        policy.share = wish.share
        policy.proposal = nil
        try record(
            .policyModeChanged, policy, outcome: wish.status.rawValue,
            documents: Self.documents(wish),
            [
                "from": .fact(known.status.rawValue),
                "proposed_by": known.proposal.map { .fact($0.by.rawValue) },
                "share": wish.share.map { .fact($0) },
            ])
        try stored(try store.replace(policy, of: tenant))
        return policy
    }

    private static func documents(_ wish: PolicyWish) -> [AuditEvent.Document] {
        wish.ack.map { [AuditEvent.Document("reason", text: $0)] } ?? []
    }
}

extension PublishedPolicy {
    /// How calls that keep it back are looked at.
    fileprivate var reviewing: String {
        "Look at them in its shadow report (`countersign policy shadow \(id) \(version)`), and say "
            + "so there or with `countersign policy reviewed`."
    }

    /// Whether it is what somebody wants already.
    fileprivate func `is`(_ wish: PolicyWish) -> Bool {
        status == wish.status && share == wish.share
    }
}

extension PolicyStatus {
    /// Whether a version of this status decides calls, all of them or its share.
    var decides: Bool {
        switch self {
        case .enforced, .canary: true
        case .draft, .shadow, .retired: false
        }
    }
}
