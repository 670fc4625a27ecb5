import Approvals
import ControlPlane
import WireAPI

extension ControlPlaneAPI {
    func brokenGlass(_ all: [ShownGlass], isOne: Bool) -> HTTPResponse {
        let views = all.map { BreakGlassView($0) }
        if isOne, let view = views.first { return .json(200, view.wire) }
        return .json(200, BreakGlassList(items: views).wire)
    }
}

extension BreakGlassView {
    init(_ shown: ShownGlass) {
        let glass = shown.glass
        self.init(
            id: glass.approval.rawValue, state: shown.state.rawValue, tool: shown.tool?.rawValue,
            by: shown.email, at: glass.at, reason: shown.reason, dueAt: glass.dueAt,
            reviewedBy: shown.reviewerEmail, reviewedAt: glass.reviewedAt)
    }
}

extension BreakGlassDebt {
    init(_ debt: GlassDebt) {
        self.init(open: debt.open, overdue: debt.overdue, newest: BreakGlassView(debt.newest))
    }
}
