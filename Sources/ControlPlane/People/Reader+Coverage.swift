import Approvals
import Authority
import Coverage
import Duty
import Policies
import ZoneTime

// Who can decide, for every rule and hour of the days to come.
extension Reader {
    /// The most delegations that are looked at.
    private static let delegationsMax = 10_000

    mutating func coverage(days: Int) throws(CommandFailure) -> CoverageReport {
        _ = try member(with: [.approver, .lead, .auditor, .admin])
        // From this instant on, not from its minute: nobody can close seconds that are over.
        guard let range = InstantRange(now, now.adding(seconds: days * 86_400)) else {
            throw .field("/days", "must be at least 1")
        }
        let plans = try stored(try store.schedules(of: tenant))
        let setup = try setup(plans, in: range)
        let rules = try rules(plans, at: range.end)
        // Many rules ask for the same: they are looked at once.
        let wanted = Array(Set(rules.map(\.nameless)))
        let found = Dictionary(
            uniqueKeysWithValues: zip(wanted, setup.coverage(of: wanted, in: range)))
        var report = CoverageReport(range: range, rows: [])
        for rule in rules {
            let zone = plans.first { $0.name == rule.schedule }.flatMap { zones[$0.zone] } ?? .utc
            report.rows.append(try row(rule, found[rule.nameless] ?? [], in: zone))
        }
        return report
    }

    private mutating func setup(
        _ plans: [PlannedSchedule], in range: InstantRange
    ) throws(CommandFailure) -> CoverageSetup {
        var schedules: [Schedule] = []
        for plan in plans {
            schedules.append(
                plan.duty(
                    with: try stored(
                        try store.overrides(
                            on: plan.name, of: tenant, endingAfter: range.start))))
        }
        let delegations = try stored(
            try store.delegations(
                of: tenant, to: nil, from: nil, endingAfter: range.start,
                limit: Self.delegationsMax))
        return CoverageSetup(
            members: try people(), delegations: delegations.map { $0.standing(at: now) },
            schedules: schedules,
            reach: try reachBook(), zones: zones)
    }

    private mutating func row(
        _ rule: CoverageRule, _ stretches: [CoverageStretch], in zone: Zone
    ) throws(CommandFailure) -> CoverageReport.Row {
        var spans: [CoverageReport.Span] = []
        for stretch in stretches {
            spans.append(
                CoverageReport.Span(
                    range: stretch.range, emails: try emails(of: stretch.standing.available),
                    isGap: !stretch.isCovered, sentence: stretch.sentence(for: rule, in: zone),
                    remedy: stretch.remedy(for: rule)))
        }
        guard let group = rule.question.sets.first?.group else { throw .refusing(.notFound) }
        return CoverageReport.Row(
            rule: rule.name, group: group, schedule: rule.schedule, spans: spans)
    }

    /// What the policies in force send, then the calls that no rule speaks of, by group; each with
    /// every schedule of its group.
    private mutating func rules(
        _ plans: [PlannedSchedule], at instant: Timestamp
    ) throws(CommandFailure) -> [CoverageRule] {
        guard let record = try stored(try store.tenant(tenant)) else { throw .refusing(.notFound) }
        var rules = try ruled(record, at: instant)
        for group in try stored(try store.groups(of: tenant)).map(\.name) {
            let isDefault = group == record.defaultGroup
            let asked = try deciders(of: group)
            guard isDefault || !asked.isEmpty else { continue }
            let name = isDefault ? "\(group) (tenant default)" : "\(group) (asked by name)"
            if let rule = CoverageRule(
                name, ApprovalTerms(group: group), of: record, tool: nil, at: instant)
            {
                rules.append(rule)
            }
        }
        return rules.flatMap { rule in
            let names = plans.filter { $0.group == rule.question.sets.first?.group }.map(\.name)
            guard !names.isEmpty else { return [rule] }
            return names.map { name in
                var planned = rule
                planned.schedule = name
                return planned
            }
        }
    }

    private func ruled(
        _ record: Tenant, at instant: Timestamp
    ) throws(CommandFailure) -> [CoverageRule] {
        var rules: [CoverageRule] = []
        for published in try stored(try store.activePolicies(of: tenant))
        where published.status.decides {
            let policy = try policy(of: published)
            let tool = policy.tools.lazy.compactMap { ToolName($0.text) }.first
            var effects = policy.rules.map { ("\(policy.id)#\($0.id)", $0.effect) }
            effects.append(("\(policy.id) (no rule matches)", policy.fallback))
            effects.append(("\(policy.id) (a rule has no answer)", policy.onError))
            rules += effects.compactMap { name, effect in
                effect.terms.flatMap {
                    CoverageRule(name, $0, of: record, tool: tool, at: instant)
                }
            }
        }
        return rules
    }

    private func policy(of published: PublishedPolicy) throws(CommandFailure) -> Policy {
        if let known = store.shelf[published.digest] { return known.policy }
        return try PolicyProgram(of: published).policy
    }
}

extension CoverageRule {
    /// What terms ask for, with what is usual in the tenant where they say nothing.
    fileprivate init?(
        _ name: String, _ terms: ApprovalTerms, of tenant: Tenant, tool: ToolName?,
        at instant: Timestamp
    ) {
        guard let tool = tool ?? ToolName("any") else { return nil }
        let set = ApproverSet(group: terms.group ?? tenant.defaultGroup, min: terms.quorum)
        self.init(
            name: name,
            question: AuthorityQuestion(
                tool: tool, risk: terms.risk ?? tenant.toolRisks[tool] ?? tenant.defaultRisk,
                createdAt: instant, sets: [set], delegation: terms.delegation))
    }

    /// The same without its name: what coverage depends on.
    fileprivate var nameless: CoverageRule {
        var rule = self
        rule.name = ""
        return rule
    }
}
