import Approvals
import Audit
import Authority
import Cryptography
import JSONTree

// A person lends their authority, or takes it back; a lead does it for others.
extension Session {
    mutating func perform(_ command: PeopleCommand) throws(CommandFailure) -> Answer {
        let answer = try change(command)
        if command.changesDuty { try lookUpDuty() }
        return answer
    }

    private mutating func change(_ command: PeopleCommand) throws(CommandFailure) -> Answer {
        switch command {
        case .lend(let wish, let isPreview): .people(try lend(wish, isPreview: isPreview))
        case .revoke(let id): .people(try revoke(id))
        case .plan(let wish): .people(try plan(wish))
        case .acknowledge(let id): try acknowledge(id)
        case .putSchedule(let wish): .people(try put(wish))
        case .putCalendar(let wish): .people(try put(wish))
        case .removeSchedule(let name, let version):
            .people(try removeSchedule(name, version: version))
        case .override(let wish): .people(try add(wish))
        case .removeOverride(let id): .people(try removeOverride(id))
        case .leaveShift(let until, let isPreview):
            .people(try leaveShift(until: until, isPreview: isPreview))
        case .joinShift: .people(try joinShift())
        case .setReach(let wish): .people(try put(wish))
        case .offerSwap(let wish): .people(try offer(wish))
        case .takeSwap(let id): .people(try take(id))
        case .withdrawSwap(let id): .people(try withdraw(id))
        }
    }

    private mutating func lend(
        _ wish: DelegationWish, isPreview: Bool
    ) throws(CommandFailure) -> PeopleAnswer {
        let maker = try member(with: [.approver, .lead])
        let grantor = try person(wish.grantorEmail ?? maker.email, "/grantor")
        let delegate = try person(wish.delegateEmail, "/delegate")
        try requireGroups(of: wish.scope)
        let start = max(wish.start ?? now, now.adding(milliseconds: -DelegationRules.backDatingMax))
        let usual = start.adding(seconds: DelegationRules.daysUsual * 86_400)
        let delegation = Delegation(
            id: DelegationID(journal.uuid()), grantor: grantor.id, delegate: delegate.id,
            start: wish.start ?? start, end: wish.end ?? usual, scope: wish.scope,
            ceiling: wish.ceiling, mode: wish.mode, isForNewOnly: wish.isForNewOnly,
            reason: Words.masked(
                try Naming.label(wish.reason, "/reason", bytesMax: Limits.commentBytesMax)),
            createdBy: maker.id, createdAt: now)
        try check(delegation, by: maker, from: grantor, to: delegate)
        var reader = reader
        var report = try reader.report(delegation)
        report.consequences = try reader.consequences(of: delegation, report, grantor, delegate)
        guard !isPreview else { return .delegation(report, isNew: false) }
        try stored(try store.insert(delegation, of: tenant))
        try record(.delegationMade, delegation, isWhole: true)
        return .delegation(report, isNew: true)
    }

    private mutating func revoke(_ id: DelegationID) throws(CommandFailure) -> PeopleAnswer {
        let member = try member(with: [.approver, .lead])
        guard
            let delegation = try stored(try store.delegation(id, of: tenant))?.standing(at: now),
            DelegationRules.mayRevoke(member, delegation)
        else { throw .refusing(.notFound) }
        // What is over or was revoked stays as it is; wanting it gone is no mistake.
        guard [.coming, .active].contains(delegation.state(at: now)) else { return .done }
        guard try stored(try store.revoke(id, by: member.id, at: now, of: tenant)) else {
            throw .store(.busy("somebody else revoked it at the same time"))
        }
        try record(.delegationRevoked, delegation, isWhole: false)
        return .done
    }

    private func person(
        _ email: String, _ field: String
    ) throws(CommandFailure) -> Member {
        let wanted = Naming.lowercased(email)
        guard let member = try stored(try store.member(email: wanted, of: tenant)) else {
            throw .field(field, "there is no member with this e-mail")
        }
        return member
    }

    private func requireGroups(of scope: Delegation.Scope) throws(CommandFailure) {
        guard case .only(_, let groups, _) = scope else { return }
        let known = Set(try stored(try store.groups(of: tenant)).map(\.name))
        guard let strange = groups.subtracting(known).min() else { return }
        throw .field("/scope/groups", "there is no group \(strange)")
    }

    private func check(
        _ delegation: Delegation, by maker: Member, from grantor: Member, to delegate: Member
    ) throws(CommandFailure) {
        let most = DelegationRules.perPersonMax * 2
        let standing =
            try stored(
                try store.delegations(
                    of: tenant, to: nil, from: grantor.id, endingAfter: now, limit: most))
            + stored(
                try store.delegations(
                    of: tenant, to: delegate.id, from: nil, endingAfter: now, limit: most))
        do {
            try DelegationRules.check(
                delegation, maker: maker, grantor: grantor, delegate: delegate,
                standing: Set(standing).map { $0.standing(at: now) })
        } catch {
            throw error.failure(grantor: grantor)
        }
    }

    private mutating func record(
        _ type: EventType, _ delegation: Delegation, isWhole: Bool
    ) throws(CommandFailure) {
        let event = AuditEvent(
            type, by: actor, about: .init(.delegation, delegation.id.rawValue),
            documents: isWhole ? [AuditEvent.Document("delegation", delegation.terms)] : [],
            facts: .facts([
                "delegate": .fact(delegation.delegate.rawValue),
                "digest": .fact(delegation.digest.text),
                "end_ms": isWhole ? .fact(delegation.end) : nil,
                "grantor": .fact(delegation.grantor.rawValue),
                "start_ms": isWhole ? .fact(delegation.start) : nil,
            ]))
        try journal.record(event, of: tenant)
    }
}

extension DelegationRefusal {
    fileprivate func failure(grantor: Member) -> CommandFailure {
        switch self {
        case .toOneself: .field("/delegate", "nobody lends their authority to themselves")
        case .empty: .field("/end", "must be after the start")
        case .backDated: .field("/start", "must not be in the past")
        case .tooLong:
            .field("/end", "must be at most \(DelegationRules.daysMax) days after the start")
        case .emptyScope:
            .field("/scope", "must name tools or groups, or say \"all\": true")
        case .noReason: .field("/reason", "must say why")
        case .notADecider(let id):
            .field(
                id == grantor.id ? "/grantor" : "/delegate",
                "must be an approver or lead: others have and get no authority to decide")
        case .notYours: .refusing(.forbidden(.roleMissing(needed: [.lead])))
        case .toItsMaker:
            .field("/delegate", "you cannot lend another's authority to yourself; another lead can")
        case .tooMany:
            .refusing(.limit("perPersonMax is \(DelegationRules.perPersonMax) delegations"))
        }
    }
}

extension Reader {
    /// How long ago a delegation may have ended to be listed, in seconds.
    private static let listedSeconds = 90 * 86_400
    /// The most delegations that are listed.
    private static let listedMax = 1_000
    /// The most pending approvals that are looked through for a preview.
    private static let previewMax = 2_000

    mutating func people(_ query: PeopleQuery) throws(CommandFailure) -> PeopleAnswer {
        switch query {
        case .delegations(let past): .delegations(try delegations(past: past))
        case .plan(let group): try escalationPlan(group)
        case .schedules: .schedules(try schedules())
        case .shifts(let name, let range): .shifts(try shifts(name, in: range))
        case .calendar(let name, let range): .calendar(try calendar(name, in: range))
        case .overrides(let name): .overrides(try overrides(name))
        case .coverage(let days): .coverage(try coverage(days: days))
        case .reach(let subject): .reach(try reach(subject))
        case .swaps(let name): .swaps(try swaps(name))
        }
    }

    /// Leads, auditors and admins see all of them, others what they lent and borrowed.
    private mutating func delegations(
        past: Bool
    ) throws(CommandFailure) -> [DelegationReport] {
        let member = try member(with: [.approver, .lead, .auditor, .admin])
        let after = past ? now.adding(seconds: -Self.listedSeconds) : now
        let isOverseer = !Authority.overseers.isDisjoint(with: member.roles)
        let found = try stored(
            try store.delegations(
                of: tenant, to: nil, from: nil, endingAfter: after, limit: Self.listedMax)
        ).map { $0.standing(at: now) }
        var reports: [DelegationReport] = []
        for delegation in found
        where isOverseer || [delegation.grantor, delegation.delegate].contains(member.id) {
            guard past || delegation.state(at: now) != .revoked else { continue }
            reports.append(try report(delegation))
        }
        return reports
    }

    mutating func report(_ delegation: Delegation) throws(CommandFailure) -> DelegationReport {
        var report = DelegationReport(
            delegation: delegation, state: delegation.state(at: now),
            grantorEmail: try email(of: delegation.grantor),
            delegateEmail: try email(of: delegation.delegate),
            makerEmail: try email(of: delegation.createdBy))
        if let revoker = delegation.revokedBy { report.revokerEmail = try email(of: revoker) }
        return report
    }

    /// What somebody should know before a delegation is saved.
    func consequences(
        of delegation: Delegation, _ report: DelegationReport, _ grantor: Member,
        _ delegate: Member
    ) throws(CommandFailure) -> [String] {
        let (lender, borrower) = (report.grantorEmail, report.delegateEmail)
        var sentences = [
            "\(borrower) may decide \(delegation.scope.words) up to \(delegation.ceiling) risk"
                + " for \(lender).",
            "Not the runs of \(borrower), and not those of \(lender).",
        ]
        let waiting = try waiting(delegation, grantor)
        sentences.append(
            waiting == 1
                ? "1 approval that it covers is waiting for \(lender) now."
                : "\(waiting) approvals that it covers are waiting for \(lender) now.")
        switch delegation.mode {
        case .parallel: sentences.append("\(lender) keeps deciding and being asked, too.")
        case .replace:
            sentences.append("\(lender) keeps the authority; \(borrower) is asked instead.")
        }
        if delegation.isForNewOnly {
            sentences.append("Only approvals asked for after it begins are meant.")
        }
        if delegation.ceiling == .critical {
            sentences.append(
                "Calls of critical risk the people decide themselves, unless a policy says more.")
        }
        if grantor.groups.isEmpty {
            sentences.append("\(lender) is in no group, so there is nothing to decide for them.")
        }
        return sentences
    }

    private func waiting(
        _ delegation: Delegation, _ grantor: Member
    ) throws(CommandFailure) -> Int {
        let borrowed = Borrowed(delegations: [delegation], grantors: [grantor])
        let begin = max(now, delegation.start)
        var count = 0
        var position: Int64 = 0
        var scanned = 0
        while scanned < Self.previewMax {
            let after = position
            let chunk = try stored(
                try store.pending(of: tenant, after: after, limit: Self.chunkMax))
            count += chunk.count { borrowed.covers($0.approval, at: begin) }
            scanned += chunk.count
            guard let last = chunk.last, chunk.count == Self.chunkMax else { break }
            position = last.position
        }
        return count
    }
}

extension Delegation.Scope {
    /// As in a sentence.
    fileprivate var words: String {
        guard case .only(let tools, let groups, let tags) = self else { return "every call" }
        var parts: [String] = []
        if !tools.isEmpty { parts.append(tools.sorted().map(\.rawValue).joined(separator: ", ")) }
        if !groups.isEmpty {
            let names = groups.sorted().map(\.rawValue).joined(separator: ", ")
            parts.append("calls for \(names)")
        }
        if !tags.isEmpty { parts.append("calls marked \(tags.sorted().joined(separator: ", "))") }
        return parts.joined(separator: ", of those ")
    }
}
