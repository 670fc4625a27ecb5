import Approvals
import Audit
import Authority
import Cryptography
import JSONTree
import Policies

/// What a version was as a shadow, in the few numbers that its promotion hangs on.
struct ShadowStanding: Hashable {
    /// How many calls it was asked about.
    var samples = 0
    /// How many of them it had no answer to, or could not be asked about.
    var errors = 0
    /// How many of those nobody has looked at.
    var errorsUnreviewed = 0
    var laxer = 0
    /// How many of those nobody has looked at.
    var laxerUnreviewed = 0

    init(_ tallies: [ShadowTally]) {
        for tally in tallies {
            samples += tally.count
            if !tally.isAnswered {
                errors += tally.count
                if !tally.isReviewed { errorsUnreviewed += tally.count }
            }
            guard tally.leaning == .laxer else { continue }
            laxer += tally.count
            if !tally.isReviewed { laxerUnreviewed += tally.count }
        }
    }
}

// How a version would have decided as a shadow.
extension Reader {
    /// What a version was as a shadow since an instant: for whoever may promote it.
    ///
    /// It reads counters that were written with the calls, so it is cheap inside of a command.
    func shadowStanding(
        of id: PolicyID, version: Int, since: Timestamp = Timestamp(milliseconds: 0)
    ) throws(CommandFailure) -> ShadowStanding {
        ShadowStanding(
            try stored(try store.shadowTallies(of: id, version: version, since: since, in: tenant)))
    }

    mutating func shadowReport(
        of id: PolicyID, version: Int, seconds: Int
    ) throws(CommandFailure) -> Answer {
        let member = try member(with: [.approver, .lead, .auditor, .admin])
        try requirePublished(id, version)
        let since = now.adding(seconds: -seconds)
        let tallies = try stored(
            try store.shadowTallies(of: id, version: version, since: since, in: tenant))
        var agreement = Agreement()
        for tally in tallies { agreement.count(tally) }
        let standing = ShadowStanding(tallies)
        return .shadowReport(
            ShadowSummary(
                policy: id, version: version, since: since, samples: standing.samples,
                agreement: agreement, laxerUnreviewed: standing.laxerUnreviewed,
                cases: try cases(of: id, version, since: since, for: member)))
    }

    func requirePublished(_ id: PolicyID, _ version: Int) throws(CommandFailure) {
        guard try stored(try store.policy(id, version: version, of: tenant)) != nil else {
            throw .refusing(.notFound)
        }
    }

    private mutating func cases(
        of id: PolicyID, _ version: Int, since: Timestamp, for member: Member
    ) throws(CommandFailure) -> [PolicyCase] {
        let found = try stored(
            try store.shadowCases(
                of: id, version: version, since: since, limit: ShadowSummary.casesMax, in: tenant))
        var cases: [PolicyCase] = []
        for one in found {
            guard let approval = try stored(try store.approval(one.approval, of: tenant)),
                Authority.maySee(member, approval),
                let mark = approval.shadowMarks.first(where: {
                    $0.policy == id && $0.version == version
                })
            else { continue }
            let reviewer = try one.reviewer.map { (id) throws(CommandFailure) in try email(of: id) }
            cases.append(PolicyCase(approval, mark, reviewedBy: reviewer))
        }
        return cases
    }
}

extension Session {
    mutating func reviewShadow(
        of id: PolicyID, version: Int, _ approvals: [ApprovalID]
    ) throws(CommandFailure) -> Answer {
        let member = try member(with: [.lead, .admin])
        guard let policy = try stored(try store.policy(id, version: version, of: tenant)) else {
            throw .refusing(.notFound)
        }
        var problems: [FieldProblem] = []
        for (index, approval) in approvals.enumerated()
        where
            try !stored(try store.isShadowCase(approval, of: id, version: version, in: tenant))
        {
            problems.append(
                FieldProblem("/approvals/\(index)", "is none that this version judges otherwise"))
        }
        guard problems.isEmpty else { throw .refusing(Refusal.invalid(problems).bounded) }
        var marked: [JSONValue] = []
        for approval in approvals
        where try stored(
            try store.markReviewed(
                approval, of: id, version: version, by: member.id, at: now, in: tenant))
        {
            marked.append(.string(approval.rawValue))
        }
        if !marked.isEmpty {
            try journal.record(
                AuditEvent(
                    .policyReviewed, by: actor, about: .init(.policy, id.rawValue),
                    documents: [AuditEvent.Document("cases", .array(marked))],
                    facts: .facts([
                        "cases": .fact(marked.count), "digest": .fact(policy.digest.text),
                        "version": .fact(version),
                    ])), of: tenant)
        }
        let standing = try reader.shadowStanding(of: id, version: version)
        return .shadowReviewed(marked.count, laxerLeft: standing.laxerUnreviewed)
    }
}

extension PolicyCase {
    fileprivate init(_ approval: Approval, _ mark: ShadowMark, reviewedBy: String?) {
        self.init(
            approval: approval.id, tool: approval.tool, at: approval.createdAt, live: mark.live,
            said: mark.said, rule: mark.rule, state: approval.state,
            leaning: ShadowLeaning(mark.leaning, isAnswered: mark.isAnswered),
            reviewedBy: reviewedBy)
    }
}

extension Agreement {
    fileprivate mutating func count(_ tally: ShadowTally) {
        if !tally.isAnswered { errors += tally.count }
        switch tally.leaning {
        case .stricter: stricter += tally.count
        case .laxer: laxer += tally.count
        case .same, .error: break
        }
        guard let said = tally.said else { return }
        count(
            tally.count, live: tally.live, said: said, person: tally.person,
            waited: tally.waitedMilliseconds)
    }
}
