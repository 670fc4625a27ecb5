import Approvals
import WireAPI

/// What the server's no means: what happened, what became different, and what to do next.
struct RefusalWords {
    let problem: Problem
    /// What was on the screen.
    let before: ApproverView?
    let serverTime: Timestamp

    init(_ problem: Problem, before: ApproverView?, at serverTime: Timestamp) {
        self.problem = problem
        self.before = before
        self.serverTime = serverTime
    }

    /// Everything in one or two sentences.
    var sentence: String {
        switch problem.status {
        case _ where problem.name == "step-up-required":
            "Not decided: it needs a code of your authenticator. Decide it again."
        case 409: "Not decided by you: \(settled ?? problem.detail) \(problem.nextStep)"
        case 412, 428:
            "It changed, so nothing was decided: \(change ?? problem.detail) \(problem.nextStep)"
        case 403: "Not decided: \(problem.detail) \(problem.nextStep)" + who
        case 404, 410: "Too late: \(problem.detail) \(problem.nextStep)"
        case 422: "Not decided: \(field ?? problem.detail) \(problem.nextStep)"
        case _: "Not decided: \(problem.detail) \(problem.nextStep)"
        }
    }

    /// Who settled it, and when, as far as the fresh view says so.
    private var settled: String? {
        guard let view = problem.approval, view.state != .pending else { return nil }
        return StateWords.settled(StateWords.Facts(view), at: serverTime).map { "it was \($0)." }
    }

    private var change: String? {
        guard let before, let after = problem.approval else { return nil }
        return ViewChange.sentence(from: before, to: after).map { $0 + "." }
    }

    private var who: String {
        let names = problem.whoCould.prefix(3).joined(separator: ", ")
        return names.isEmpty ? "" : " Could: \(names)."
    }

    private var field: String? {
        problem.fields.first.map {
            if $0.field.hasPrefix("/grant") { return "the grant: \($0.detail)." }
            return $0.field.isEmpty
                ? "\($0.detail)."
                : "\(SafeWords.name($0.field, columnsMax: 40)) \($0.detail)."
        }
    }
}
