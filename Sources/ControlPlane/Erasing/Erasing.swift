import Approvals
import Audit
import JSONTree

// One person proposes that values are erased, and a second one confirms it.
extension Session {
    mutating func erase(_ command: EraseCommand) throws(CommandFailure) -> Answer {
        let member = try member(with: [.lead, .admin])
        switch command {
        case .propose(let target, let reason):
            return try proposeErasure(of: target, reason: reason, by: member)
        case .confirm(let id): return try confirmErasure(id, by: member)
        }
    }

    private mutating func proposeErasure(
        of target: ErasureTarget, reason: String, by member: Member
    ) throws(CommandFailure) -> Answer {
        guard reason.utf8.count <= Limits.commentBytesMax else {
            throw .field("/reason", "must have at most \(Limits.commentBytesMax) bytes")
        }
        guard !reason.isBlank else { throw .field("/reason", "must say why") }
        let words = Words.masked(reason)
        let erasure = Erasure(
            id: ErasureID(journal.uuid()), subject: try subject(of: target), reason: words,
            proposedBy: member.id, proposedAt: now)
        try requireErasable(erasure)
        guard try stored(try store.save(erasure, in: tenant)) else {
            throw .store(.damaged("an erasure is there before it was proposed"))
        }
        let documents = [AuditEvent.Document("reason", text: words)]
        try record(.erasureProposed, erasure, documents, [:])
        var reader = reader
        return .audit(.erasure(try reader.shown(erasure), isNew: true))
    }

    private mutating func confirmErasure(
        _ id: ErasureID, by member: Member
    ) throws(CommandFailure) -> Answer {
        guard var erasure = try stored(try store.erasure(id, of: tenant)) else {
            throw .refusing(.notFound)
        }
        guard erasure.doneAt == nil else {
            throw .refusing(.conflict("it is erased already", next: "Nothing is left to do."))
        }
        try requireSecond(member, for: erasure)
        try requireErasable(erasure)
        erasure.confirmedBy = member.id
        let isWhole = try carryOut(&erasure)
        if isWhole { erasure.doneAt = now }
        guard try stored(try store.save(erasure, in: tenant)) else {
            throw .store(.damaged("an erasure was done before it was confirmed"))
        }
        try record(
            .erasureDone, erasure, [],
            [
                "approvals": .fact(erasure.approvals), "documents": .fact(erasure.documents),
                "proposed_by": .fact(erasure.proposedBy.rawValue),
            ], outcome: isWhole ? "whole" : "part")
        var reader = reader
        return .audit(.erasure(try reader.shown(erasure), isNew: false))
    }

    private mutating func record(
        _ type: EventType, _ erasure: Erasure, _ documents: [AuditEvent.Document],
        _ facts: KeyValuePairs<String, JSONValue?>, outcome: String? = nil
    ) throws(CommandFailure) {
        var all = JSONObject.facts(facts)
        all["erasure"] = .fact(erasure.id.rawValue)
        try journal.record(
            AuditEvent(
                type, by: actor, about: erasure.subject.audited, outcome: outcome,
                documents: documents, facts: all), of: tenant)
    }
}

// Whether it may be erased.
extension Session {
    private func subject(
        of target: ErasureTarget
    ) throws(CommandFailure) -> Erasure.Subject {
        switch target {
        case .approval(let id):
            guard try stored(try store.approval(id, of: tenant)) != nil else {
                throw .refusing(.notFound)
            }
            return .approval(id)
        case .agent(let name):
            let ids = try stored(try store.agentIDs(everNamed: name, of: tenant))
            guard !ids.isEmpty else { throw .refusing(.notFound) }
            return .agent(ids)
        case .member(let email):
            let email = try Naming.email(email, "/member")
            let ids = try stored(try store.memberIDs(everNamed: email, of: tenant))
            guard !ids.isEmpty else { throw .refusing(.notFound) }
            return .member(ids)
        }
    }

    /// Whoever proposed it does not confirm it, under no record that they have or had, and must
    /// still be somebody who may want it.
    private func requireSecond(
        _ member: Member, for erasure: Erasure
    ) throws(CommandFailure) {
        let proposer = try stored(try store.member(erasure.proposedBy, of: tenant))
        guard let proposer, !proposer.roles.isDisjoint(with: [.lead, .admin]) else {
            throw .refusing(
                .conflict(
                    "whoever proposed it may no longer",
                    next: "Propose it again; then somebody else confirms it."))
        }
        guard proposer.id != member.id, !proposer.email.hasSameBytes(as: member.email) else {
            throw .refusing(
                .conflict(
                    "whoever proposed the erasure does not confirm it",
                    next: "Ask another lead or admin to confirm it."))
        }
    }

    /// Values that are still needed are not erased, so it is refused as a whole.
    private func requireErasable(_ erasure: Erasure) throws(CommandFailure) {
        if case .member(let ids) = erasure.subject {
            for id in ids where try stored(try store.member(id, of: tenant)) != nil {
                throw .refusing(
                    .conflict(
                        "they are still a member",
                        next: "Remove them first: `countersign member remove`."))
            }
        }
        for id in try approvals(of: erasure) {
            guard let approval = try stored(try store.approval(id, of: tenant)) else { continue }
            if !approval.isFinished(at: now) { throw .refusing(Self.unfinished(id)) }
            for grant in approval.decisions.compactMap(\.grant) {
                try requireEnded(grant)
            }
        }
    }

    private func requireEnded(_ id: GrantID) throws(CommandFailure) {
        guard let grant = try stored(try store.grant(id, of: tenant)),
            grant.state(at: now) == .active
        else { return }
        throw .refusing(
            .conflict(
                "the standing grant \(id) still holds",
                next: "Take it back first: `countersign grant revoke \(id)`."))
    }

    private static func unfinished(_ id: ApprovalID) -> Refusal {
        .conflict(
            "the approval \(id) is pending, or may still run",
            next: "Decide or cancel it, wait until it ran or can run no more, and try again.")
    }
}

extension Erasure.Subject {
    /// How the log names it: by an id, never by an e-mail.
    fileprivate var audited: AuditEvent.Subject {
        switch self {
        case .approval(let id): .init(.approval, id.rawValue)
        case .agent(let ids): .init(.agent, ids.last?.rawValue ?? "")
        case .member(let ids): .init(.member, ids.last?.rawValue ?? "")
        }
    }
}

// What is erased.
extension Session {
    /// How much one transaction erases; the rest is erased when it is confirmed again.
    static let erasedApprovalsMax = 1_000
    static let erasedDocumentsMax = 5_000
    /// What a person writes themselves. What they changed in arguments belongs to the call.
    private static let personal = ["comment", "member", "reason"]

    /// The approvals that an erasure is about and whose values are there, as many as fit.
    ///
    /// Calls that came after it was proposed are not part of it.
    private func approvals(of erasure: Erasure) throws(CommandFailure) -> [ApprovalID] {
        switch erasure.subject {
        case .approval(let id):
            let approval = try stored(try store.approval(id, of: tenant))
            return approval.map { $0.erasedAt == nil ? [id] : [] } ?? []
        case .agent(let agents):
            var all: [ApprovalID] = []
            for agent in agents where all.count < Self.erasedApprovalsMax {
                all += try stored(
                    try store.kept(
                        by: agent, of: tenant, limit: Self.erasedApprovalsMax - all.count))
            }
            return try all.kept { (id) throws(CommandFailure) in
                let approval = try stored(try store.approval(id, of: tenant))
                return approval.map { $0.createdAt <= erasure.proposedAt } ?? false
            }
        case .member(let members):
            let written = try documents(of: members).compactMap(\.approval)
            return Set(written).sorted()
        }
    }

    private func documents(
        of members: [MemberID]
    ) throws(CommandFailure) -> [CommittedDocument] {
        var all: [CommittedDocument] = []
        for member in members where all.count < Self.erasedDocumentsMax {
            all += try stored(
                try store.documents(
                    of: member, named: Self.personal, in: tenant,
                    limit: Self.erasedDocumentsMax - all.count))
        }
        return all
    }

    /// True when nothing is left to erase.
    private mutating func carryOut(_ erasure: inout Erasure) throws(CommandFailure) -> Bool {
        let ground = ErasureGround(actor: actor, basis: "erasure", erasure: erasure.id)
        let ids = try approvals(of: erasure)
        erasure.approvals += ids.count
        if case .member(let members) = erasure.subject {
            return try carryOut(&erasure, of: members, in: ids, on: ground)
        }
        for id in ids {
            guard let approval = try stored(try store.approval(id, of: tenant)) else { continue }
            erasure.documents += try journal.erase(approval, on: ground)
        }
        return try approvals(of: erasure).isEmpty
    }

    private mutating func carryOut(
        _ erasure: inout Erasure, of members: [MemberID], in ids: [ApprovalID],
        on ground: ErasureGround
    ) throws(CommandFailure) -> Bool {
        let documents = try documents(of: members)
        for document in documents { try journal.erase(document, of: tenant, on: ground) }
        erasure.documents += documents.count
        for id in ids {
            guard let approval = try stored(try store.approval(id, of: tenant)) else { continue }
            var bare = approval.withoutWords(of: Set(members), at: now)
            try journal.save(&bare)
        }
        guard try self.documents(of: members).isEmpty else { return false }
        for member in members {
            let pseudonym = "erased-\(member.rawValue.suffix(12))"
            try stored(try store.eraseEmail(of: member, as: pseudonym, in: tenant))
        }
        return true
    }
}

extension Reader {
    /// How many a list shows.
    private static let erasuresMax = 500

    mutating func erasures() throws(CommandFailure) -> [ShownErasure] {
        var all: [ShownErasure] = []
        for erasure in try stored(try store.erasures(of: tenant, limit: Self.erasuresMax)) {
            all.append(try shown(erasure))
        }
        return all
    }

    mutating func shown(_ erasure: Erasure) throws(CommandFailure) -> ShownErasure {
        let name: String
        switch erasure.subject {
        case .approval(let id): name = id.rawValue
        case .agent(let ids):
            name = try ids.last.map { (id) throws(CommandFailure) in try self.name(of: id) } ?? ""
        case .member(let ids):
            name = try ids.last.map { (id) throws(CommandFailure) in try email(of: id) } ?? ""
        }
        let second = try erasure.confirmedBy.map { (id) throws(CommandFailure) in
            try email(of: id)
        }
        return ShownErasure(
            erasure: erasure, subjectName: name, proposedBy: try email(of: erasure.proposedBy),
            confirmedBy: second)
    }
}

extension Array {
    /// `filter` with the command's failures.
    fileprivate func kept(
        _ isKept: (Element) throws(CommandFailure) -> Bool
    ) throws(CommandFailure) -> [Element] {
        var all: [Element] = []
        for element in self where try isKept(element) { all.append(element) }
        return all
    }
}
