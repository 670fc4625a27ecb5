import Approvals
import Audit
import Cryptography
import JSONTree
import Policies

// A lead publishes policies, and with a second person puts them in force.
extension Session {
    mutating func publish(_ document: JSONValue) throws(CommandFailure) -> Answer {
        let member = try member(with: [.lead, .admin])
        let policy = try publishable(document)
        let known = try stored(try store.policies(of: tenant))
        guard known.count < PublishedPolicy.versionsMax else {
            throw .refusing(.limit("versionsMax is \(PublishedPolicy.versionsMax)"))
        }
        try requireNext(policy, after: known.last { $0.id == policy.id })
        var published = PublishedPolicy(
            id: policy.id, version: policy.version, digest: policy.digest, document: document,
            publishedBy: member.id, publishedAt: now, status: policy.status)
        if policy.status == .enforced {
            published.status = .draft
            published.proposal = .init(status: .enforced, by: member.id, at: now)
        }
        guard try stored(try store.insert(published, of: tenant)) else {
            throw .store(.busy("the same version is being published at the same time"))
        }
        try record(
            .policyPublished, published, outcome: published.status.rawValue,
            documents: [AuditEvent.Document("policy", document)], [:])
        return try policyAnswer(published)
    }

    private func publishable(_ document: JSONValue) throws(CommandFailure) -> Policy {
        let lint = PolicyLint(document)
        var problems = lint.problems.map { FieldProblem("/document\($0.pointer)", $0.sentence) }
        if let policy = lint.program?.policy {
            problems += try strangers(in: policy)
            if policy.status == .canary {
                problems.append(
                    FieldProblem(
                        "/document/status",
                        "publish it as a shadow; a canary is then given its share of the calls"))
            }
            if policy.status == .retired {
                problems.append(
                    FieldProblem("/document/status", "a version is not published to be retired"))
            }
            if problems.isEmpty { return policy }
        }
        throw .refusing(.invalid(problems))
    }

    /// Groups that there are not: nobody could decide what is sent to them.
    private func strangers(in policy: Policy) throws(CommandFailure) -> [FieldProblem] {
        let groups = Set(try stored(try store.groups(of: tenant)).map(\.name))
        let effects = policy.placedEffects
        return effects.compactMap { pointer, effect in
            guard let group = effect.terms?.group, !groups.contains(group) else { return nil }
            return FieldProblem("/document\(pointer)/group", "there is no group of this name")
        }
    }

    private func requireNext(
        _ policy: Policy, after newest: PublishedPolicy?
    ) throws(CommandFailure) {
        let next = (newest?.version ?? 0) + 1
        guard policy.version == next else {
            throw .refusing(
                .conflict(
                    "the next version of this policy is \(next)",
                    next: next == 1
                        ? "Set `version` to 1 in the document and publish it again."
                        : "Look at what version \(next - 1) says, set `version` to \(next) in the "
                            + "document, and publish it again."))
        }
        guard policy.parent == nil || policy.parent == newest?.digest else {
            throw .field(
                "/document/parent", "must be the digest of the version before, or be left out")
        }
    }

    mutating func record(
        _ type: EventType, _ policy: PublishedPolicy, outcome: String,
        documents: [AuditEvent.Document] = [], _ facts: KeyValuePairs<String, JSONValue?>
    ) throws(CommandFailure) {
        var all = JSONObject.facts(facts)
        all["digest"] = .fact(policy.digest.text)
        all["version"] = .fact(policy.version)
        try journal.record(
            AuditEvent(
                type, by: actor, about: .init(.policy, policy.id.rawValue), outcome: outcome,
                documents: documents, facts: all), of: tenant)
    }

    func policyAnswer(_ policy: PublishedPolicy) throws(CommandFailure) -> Answer {
        var reader = reader
        return .policies([policy], names: try reader.names(around: [policy]), isOne: true)
    }
}

extension Policy {
    /// Every effect and where it stands in the document.
    fileprivate var placedEffects: [(String, Effect)] {
        rules.enumerated().map { ("/rules/\($0)/then", $1.effect) }
            + [("/default", fallback), ("/on_error", onError)]
    }
}

extension Reader {
    /// All versions of all policies, or of one.
    mutating func policies(_ id: PolicyID?) throws(CommandFailure) -> Answer {
        _ = try member(with: [.approver, .lead, .auditor, .admin])
        var found = try stored(try store.policies(of: tenant))
        if let id {
            found.removeAll { $0.id != id }
            guard !found.isEmpty else { throw .refusing(.notFound) }
        }
        return .policies(found, names: try names(around: found), isOne: false)
    }

    /// The e-mails of those who published and proposed.
    mutating func names(
        around policies: [PublishedPolicy]
    ) throws(CommandFailure) -> [MemberID: String] {
        let people = policies.map(\.publishedBy) + policies.compactMap(\.proposal?.by)
        return try names(of: Set(people))
    }
}
