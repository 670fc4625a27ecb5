import Approvals
import ControlPlane
import JSONTree
import Policies
import WireAPI

extension ExplanationAnswer {
    init(_ explanation: Explanation) {
        self.init(
            approval: explanation.approval, replayable: explanation.isReplayable,
            decisive: explanation.decisive,
            policies: explanation.policies.map { entry in
                ExplainedPolicy(
                    policy: entry.policy.rawValue, version: entry.version, digest: entry.digest,
                    mode: entry.mode, effect: entry.effect, rule: entry.rule,
                    leaning: entry.leaning, rules: entry.rules.map { ExplainedRule($0) })
            })
    }
}

extension ExplainedRule {
    fileprivate init(_ rule: Explanation.Rule) {
        self.init(
            id: rule.id.rawValue, summary: rule.summary, effect: rule.effect.rawValue,
            matches: rule.matches, error: rule.error,
            when: rule.parts.map { $0.map { ExplainedPart($0) } })
    }
}

extension ExplainedPart {
    fileprivate init(_ part: PolicyExplanation.Part) {
        switch part.value {
        case .known(let value): self.init(depth: part.depth, part: part.label, value: value)
        case .hidden: self.init(depth: part.depth, part: part.label, hidden: true)
        case .error(let reason): self.init(depth: part.depth, part: part.label, error: reason)
        case .notNeeded: self.init(depth: part.depth, part: part.label, needed: false)
        case .constant: self.init(depth: part.depth, part: part.label)
        }
    }
}

extension PolicyChangeView {
    init(_ change: PolicyDifference.Change) {
        self.init(
            kind: change.kind.rawValue, name: change.name, pointer: change.pointer.description,
            leaning: change.leaning?.rawValue, sentence: change.sentence, before: change.before,
            after: change.after)
    }
}

extension ShadowReport {
    init(_ summary: ShadowSummary) {
        self.init(
            policy: summary.policy.rawValue, version: summary.version, since: summary.since,
            samples: summary.samples, errors: summary.agreement.errors,
            matrix: AgreementMatrix(summary.agreement),
            people: AgreementWithPeople(summary.agreement),
            stricter: summary.agreement.stricter, laxer: summary.agreement.laxer,
            laxerUnreviewed: summary.laxerUnreviewed,
            cases: summary.cases.map { PolicyCaseView($0) })
    }
}

extension BacktestPage {
    init(_ result: BacktestResult) {
        let groups = result.loads.keys.sorted {
            $0.rawValue.utf8.lexicographicallyPrecedes($1.rawValue.utf8)
        }
        self.init(
            replayed: result.replayed, notReplayable: result.notReplayable,
            unconcerned: result.unconcerned, errors: result.agreement.errors,
            matrix: AgreementMatrix(result.agreement), stricter: result.agreement.stricter,
            laxer: result.agreement.laxer, people: AgreementWithPeople(result.agreement),
            groups: groups.compactMap { group in
                result.loads[group].map {
                    GroupLoad(group: group.rawValue, before: $0.before, after: $0.after)
                }
            },
            changed: result.changed.map { PolicyCaseView($0) }, total: result.total,
            next: result.next)
    }
}

extension AgreementMatrix {
    fileprivate init(_ agreement: Agreement) {
        func row(_ live: EffectKind) -> AgreementRow {
            AgreementRow(
                allow: agreement[live, .allow], ask: agreement[live, .requireApproval],
                deny: agreement[live, .deny])
        }
        self.init(allow: row(.allow), ask: row(.requireApproval), deny: row(.deny))
    }
}

extension AgreementWithPeople {
    fileprivate init(_ agreement: Agreement) {
        self.init(
            wouldBeFalseApprovals: agreement.falseApprovals,
            wouldBeFalseRejections: agreement.falseRejections, asksSaved: agreement.asksSaved,
            minutesSaved: agreement.minutesSaved)
    }
}

extension PolicyCaseView {
    fileprivate init(_ one: PolicyCase) {
        self.init(
            approval: one.approval, tool: one.tool.rawValue, at: one.at, live: one.live.word,
            shadow: one.said?.word, rule: one.rule, state: one.state.rawValue,
            leaning: one.leaning.rawValue, reviewedBy: one.reviewedBy)
    }
}

extension EffectKind {
    /// As it stands in a matrix.
    fileprivate var word: String {
        switch self {
        case .allow: "allow"
        case .requireApproval: "ask"
        case .deny: "deny"
        }
    }
}
