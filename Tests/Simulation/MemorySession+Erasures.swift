import Approvals
import Audit
import ControlPlane
import JSONTree

extension MemorySession {
    func erasure(_ id: ErasureID, of tenant: TenantName) throws(StoreFailure) -> Erasure? {
        guard let erasure = part(tenant).erasures[id], flaws.contains(.erasesAlone),
            let other = part(tenant).members.keys.sorted().first(where: { $0 != erasure.proposedBy }
            )
        else { return part(tenant).erasures[id] }
        return Erasure(
            id: id, subject: erasure.subject, reason: erasure.reason, proposedBy: other,
            proposedAt: erasure.proposedAt)
    }

    func erasures(of tenant: TenantName, limit: Int) throws(StoreFailure) -> [Erasure] {
        Array(part(tenant).erasures.values.sorted { $0.id > $1.id }.prefix(limit))
    }

    func save(_ erasure: Erasure, in tenant: TenantName) throws(StoreFailure) -> Bool {
        guard part(tenant).erasures[erasure.id]?.doneAt == nil else { return false }
        change(tenant) { $0.erasures[erasure.id] = erasure }
        return true
    }

    func memberIDs(
        everNamed email: String, of tenant: TenantName
    ) throws(StoreFailure) -> [MemberID] {
        part(tenant).emails.filter { $0.value.utf8.elementsEqual(email.utf8) }.keys.sorted()
    }

    func agentIDs(
        everNamed name: String, of tenant: TenantName
    ) throws(StoreFailure) -> [AgentID] {
        part(tenant).agentNames.filter { $0.value.utf8.elementsEqual(name.utf8) }.keys.sorted()
    }

    func kept(
        by agent: AgentID, of tenant: TenantName, limit: Int
    ) throws(StoreFailure) -> [ApprovalID] {
        let kept = part(tenant).approvals.values.map(\.approval).filter {
            $0.agent == agent && $0.erasedAt == nil
        }
        return Array(kept.map(\.id).sorted().prefix(limit))
    }

    func kept(
        in tenant: TenantName, before instant: Timestamp, limit: Int
    ) throws(StoreFailure) -> [ApprovalID] {
        let kept = part(tenant).approvals.values.map(\.approval).filter {
            $0.state.isTerminal && $0.erasedAt == nil
                && ($0.createdAt < instant || flaws.contains(.erasesEarly))
        }
        return Array(kept.map(\.id).sorted().prefix(limit))
    }

    func documents(
        about approval: ApprovalID, of tenant: TenantName
    ) throws(StoreFailure) -> [CommittedDocument] {
        part(tenant).subjects[approval, default: []].flatMap {
            documents(at: Int64($0), of: tenant, about: approval)
        }
    }

    func documents(
        of member: MemberID, named names: [String], in tenant: TenantName, limit: Int
    ) throws(StoreFailure) -> [CommittedDocument] {
        var abouts: [Int: ApprovalID] = [:]
        for (approval, places) in part(tenant).subjects {
            for place in places { abouts[place] = approval }
        }
        let actor = #"{"actor":{"id":"\#(member.rawValue)","kind":"user"},"#
        let subject = #""subject":{"id":"\#(member.rawValue)","kind":"member"},"#
        let found = part(tenant).events.flatMap { event -> [CommittedDocument] in
            let line = String(decoding: event.line, as: UTF8.self)
            guard line.hasPrefix(actor) || line.contains(subject) else { return [] }
            return documents(at: event.sequence, of: tenant, about: abouts[Int(event.sequence)])
                .filter { document in names.contains { $0 == document.name } }
        }
        return Array(found.prefix(limit))
    }

    private func documents(
        at sequence: Int64, of tenant: TenantName, about approval: ApprovalID?
    ) -> [CommittedDocument] {
        let fields = part(tenant).disclosures[sequence, default: []]
        return Set(fields.map(\.document)).sorted().map { name in
            CommittedDocument(
                sequence: sequence, name: name, approval: approval,
                digests: fields.filter { $0.document == name }.map(\.digest))
        }
    }

    func erase(
        _ document: CommittedDocument, toldBy event: Int64, in tenant: TenantName
    ) throws(StoreFailure) {
        guard event < Int64(part(tenant).events.count), event > document.sequence else {
            throw .damaged("an erasure that no event tells")
        }
        change(tenant) { part in
            part.disclosures[document.sequence]?.removeAll { $0.document == document.name }
            part.erased[document.sequence, default: []] += document.digests.enumerated().map {
                .erased(document.sequence, document.name, index: $0.offset, $0.element)
            }
        }
    }

    func eraseTraces(of approval: ApprovalID, in tenant: TenantName) throws(StoreFailure) {
        change(tenant) { part in
            part.latestAsks = part.latestAsks.filter { $0.value != approval }
            part.refused.removeAll { $0.approval == approval }
            part.submissions = part.submissions.mapValues { submission in
                guard submission.approval == approval else { return submission }
                return Submission(
                    key: submission.key, agent: submission.agent,
                    payloadDigest: Approval.emptyDigest, approval: approval)
            }
        }
    }

    func saveErased(_ grant: Grant) throws(StoreFailure) {
        var saved = grant
        saved.version += 1
        let kept = saved
        change(grant.tenant) { $0.grants[grant.id] = kept }
    }

    func eraseEmail(
        of member: MemberID, as pseudonym: String, in tenant: TenantName
    ) throws(StoreFailure) {
        change(tenant) { part in
            if part.members[member] == nil { part.emails[member] = pseudonym }
            part.reaches[.member(member)] = nil
        }
    }
}
