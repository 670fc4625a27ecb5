import Approvals
import Authority
import ControlPlane
import WireAPI

extension ControlPlaneAPI {
    /// What is sent for what came of a command or a query about people.
    func response(_ answer: PeopleAnswer) -> HTTPResponse {
        switch answer {
        case .delegation(let report, let isNew):
            .json(isNew ? 201 : 200, DelegationView(report).wire)
        case .delegations(let reports):
            .json(200, DelegationList(items: reports.map { .init($0) }).wire)
        case .plan(let report): .json(200, EscalationPlanView(report).wire)
        case .schedule(let report, let isNew):
            .json(isNew ? 201 : 200, ScheduleView(report).wire)
        case .schedules(let reports):
            .json(200, ScheduleList(items: reports.map { .init($0) }).wire)
        case .calendar(let text): .bytes(Array(text.utf8), type: "text/calendar; charset=utf-8")
        case .shifts(let reports): .json(200, ShiftList(items: reports.map { .init($0) }).wire)
        case .override(let report, let warnings, let isNew):
            .json(
                isNew ? 201 : 200,
                OverrideAnswer(made: OverrideView(report), warnings: warnings).wire)
        case .overrides(let reports):
            .json(200, OverrideList(items: reports.map { .init($0) }).wire)
        case .shiftChange(let report): .json(200, ShiftChangeAnswer(report).wire)
        case .coverage(let report): .json(200, CoverageView(report).wire)
        case .swap(let report, let warnings):
            .json(
                report.state == .open ? 201 : 200,
                SwapAnswer(swap: SwapView(report), warnings: warnings).wire)
        case .swaps(let reports): .json(200, SwapList(items: reports.map { .init($0) }).wire)
        case .reach(let report): .json(200, ReachView(report).wire)
        case .done: .empty(204)
        }
    }
}

extension DelegationView {
    init(_ report: DelegationReport) {
        let delegation = report.delegation
        self.init(
            id: delegation.id.rawValue, grantor: report.grantorEmail,
            grantorID: delegation.grantor, delegate: report.delegateEmail,
            start: delegation.start, end: delegation.end, state: report.state.rawValue,
            scope: delegation.scope.words, ceiling: delegation.ceiling,
            mode: delegation.mode.rawValue, newOnly: delegation.isForNewOnly,
            reason: delegation.reason, createdBy: report.makerEmail,
            createdAt: delegation.createdAt, revokedBy: report.revokerEmail,
            revokedAt: delegation.revokedAt, digest: delegation.digest,
            consequences: report.consequences)
    }
}

extension Delegation.Scope {
    /// As it is sent.
    fileprivate var words: [String] {
        switch self {
        case .all: ["all"]
        case .only(let tools, let groups, _):
            tools.sorted().map { "tool:\($0)" } + groups.sorted().map { "group:\($0)" }
        }
    }
}
