import Approvals
import ControlPlane
import Synchronization
import WireAPI

/// Counts what happened, for operations; nothing in here names a tenant or a person.
final class Figures: Sendable {
    private struct Answered: Hashable {
        let route: String
        let status: Int
    }

    private struct State {
        var answered: [Answered: Int] = [:]
        var decisions: [Verdict: Int] = [:]
        var submissions = 0
        var claims = 0
        var commits = 0
        var changes = 0
        var timerSettled = 0
        var timerLateMaxMilliseconds: Int64 = 0
        var timersRepaired = 0
        var auditedAt: Int64?
        var damaged: Set<DueApproval> = []
        var buckets = [Int](repeating: 0, count: Figures.bounds.count + 1)
        var millisecondsTotal: Int64 = 0
    }

    /// The upper bounds of the buckets of answer times, in milliseconds.
    private static let bounds: [Int64] = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 5_000]

    private let state = Mutex(State())

    /// An answer was given; `milliseconds` is nil where the client asked to wait.
    func answered(_ route: Route?, _ status: Int, milliseconds: Int64?) {
        state.withLock { state in
            state.answered[
                Answered(route: route?.rawValue ?? "none", status: status), default: 0] += 1
            guard let milliseconds else { return }
            state.buckets[Self.bounds.firstIndex { milliseconds <= $0 } ?? Self.bounds.count] += 1
            state.millisecondsTotal += milliseconds
        }
    }

    /// A command was carried out.
    func performed(_ command: Command) {
        state.withLock { state in
            switch command {
            case .submit: state.submissions += 1
            case .claim: state.claims += 1
            case .decide(let decision): state.decisions[decision.verdict, default: 0] += 1
            case .decideMany, .report, .cancel, .extend, .reassign, .comment, .review, .reveal,
                .addTenant, .changeTenant, .removeTenant, .addGroup, .removeGroup, .putMember,
                .removeMember, .addAgent, .removeAgent, .addToken, .removeToken, .beginStepUp,
                .confirmStepUp, .resetStepUp, .permitStepUp, .publishPolicy, .changePolicyMode,
                .halt, .erase, .reviewShadow, .revokeGrant, .reviewGlass, .people:
                break
            }
        }
    }

    /// The store committed.
    func committed(changes: Int) {
        state.withLock { state in
            state.commits += 1
            state.changes += changes
        }
    }

    /// The timer settled approvals.
    func timerSettled(_ count: Int, lateMilliseconds: Int64) {
        state.withLock { state in
            state.timerSettled += count
            state.timerLateMaxMilliseconds = max(state.timerLateMaxMilliseconds, lateMilliseconds)
        }
    }

    /// True when it is time to look at the timers again; then that begins now.
    func beginsAudit(at now: Int64, every milliseconds: Int64) -> Bool {
        state.withLock { state in
            if let last = state.auditedAt, (last..<last + milliseconds).contains(now) {
                return false
            }
            state.auditedAt = now
            return true
        }
    }

    /// Pending approvals had lost their timer and got it back.
    func timersRepaired(_ count: Int) {
        state.withLock { $0.timersRepaired += count }
    }

    /// The timer came upon approvals that cannot be settled.
    func found(_ damaged: Set<DueApproval>) {
        state.withLock { $0.damaged.formUnion(damaged) }
    }

    /// What cannot be settled, as far as it was found since the start.
    var damaged: Set<DueApproval> { state.withLock { $0.damaged } }

    /// Everything in the text format of Prometheus.
    func text(waiting: Int) -> String {
        let now = state.withLock { $0 }
        var text = PrometheusText()
        text.begin("requests_total", "counter", "Answers given, by route and status.")
        for (key, count) in now.answered.sorted(by: { Self.order($0.key, $1.key) }) {
            text.row("requests_total", [("route", key.route), ("status", "\(key.status)")], count)
        }
        text.begin("decisions_total", "counter", "Single decisions carried out, by verdict.")
        for verdict in Verdict.allCases {
            text.row(
                "decisions_total", [("verdict", verdict.rawValue)], now.decisions[verdict] ?? 0)
        }
        text.one("submissions_total", "counter", "Submissions answered.", now.submissions)
        text.one("claims_total", "counter", "Claims answered with the right to run.", now.claims)
        text.one("commits_total", "counter", "Transactions committed.", now.commits)
        text.one("changes_total", "counter", "Changes of approvals committed.", now.changes)
        text.one("expired_total", "counter", "Approvals settled by the timer.", now.timerSettled)
        text.one(
            "timer_late_max_milliseconds", "gauge", "The latest that the timer ever was.",
            Int(now.timerLateMaxMilliseconds))
        text.one(
            "timer_repairs_total", "counter", "Pending approvals that had lost their timer.",
            now.timersRepaired)
        text.one(
            "damaged_approvals", "gauge", "Approvals that are due and cannot be read.",
            now.damaged.count)
        text.one("waiting_requests", "gauge", "Requests that wait for a change.", waiting)
        text.begin(
            "answer_milliseconds", "histogram", "Time to answer requests that did not wait.")
        text.histogram(
            "answer_milliseconds", bounds: Self.bounds, counts: now.buckets,
            sum: now.millisecondsTotal)
        return text.text
    }

    private static func order(_ left: Answered, _ right: Answered) -> Bool {
        (left.route, left.status) < (right.route, right.status)
    }
}

/// Builds text in the format of Prometheus.
private struct PrometheusText {
    private(set) var text = ""
    private static let prefix = "countersign_"

    mutating func begin(_ name: String, _ type: String, _ help: String) {
        text += "# HELP \(Self.prefix)\(name) \(help)\n# TYPE \(Self.prefix)\(name) \(type)\n"
    }

    mutating func row(_ name: String, _ labels: [(String, String)], _ value: Int) {
        let inside = labels.map { "\($0.0)=\"\($0.1)\"" }.joined(separator: ",")
        text += Self.prefix + name + (labels.isEmpty ? "" : "{\(inside)}") + " \(value)\n"
    }

    mutating func one(_ name: String, _ type: String, _ help: String, _ value: Int) {
        begin(name, type, help)
        row(name, [], value)
    }

    mutating func histogram(_ name: String, bounds: [Int64], counts: [Int], sum: Int64) {
        var total = 0
        for (bound, count) in zip(bounds, counts) {
            total += count
            row(name + "_bucket", [("le", "\(bound)")], total)
        }
        total += counts.last ?? 0
        row(name + "_bucket", [("le", "+Inf")], total)
        row(name + "_sum", [], Int(sum))
        row(name + "_count", [], total)
    }
}
