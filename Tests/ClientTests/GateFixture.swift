import Approvals
import Cryptography
import Gate
import JSONTree
import Testing
import WireAPI

/// Drives a gate by hand: what it sends is looked at, what comes back is said.
struct GateScript {
    var gate: Gate
    var now: Int64 = 1_000_000
    var effects: [GateEffect] = []
    var ran: [ClaimAnswer] = []
    private var call = 0

    init(
        arguments: JSONValue = ["amount": 5], patience: GatePatience? = nil, runsTool: Bool = false,
        trust: GateTrust? = nil
    ) throws {
        let order = try GateOrder(
            SubmitBody(tool: "issue_refund", arguments: arguments), idempotencyKey: "key-1",
            nonce: "nonce-of-this-process", trust: trust)
        let usual = GatePatience.asLongAsTheApproval(unansweredMilliseconds: 300_000)
        gate = Gate(order, patience: patience ?? usual, runsTool: runsTool, seed: 7)
        take(gate.update(.started(at: now)))
    }

    /// The request that is under way.
    var sent: HTTPRequest? {
        for case .send(_, let request) in effects.reversed() { return request }
        return nil
    }

    var verdict: GateVerdict? { gate.verdict }

    mutating func answer(_ status: Int, _ body: JSONValue, headers: [String: String] = [:]) {
        let response = HTTPResponse(
            status: status, headers: headers, body: Array(body.text(.compact).utf8))
        take(gate.update(.answered(call: call, .success(response), at: now)))
    }

    mutating func fail(_ kind: TransportFailure.Kind = .unreachable) {
        let failure = TransportFailure(kind, "no answer", wasSent: true)
        take(gate.update(.answered(call: call, .failure(failure), at: now)))
    }

    /// Lets the clock reach the time the gate asked for.
    mutating func sleep() {
        for case .wake(let at) in effects { now = max(now, at) }
        take(gate.update(.woke(at: now)))
    }

    mutating func interrupt() { take(gate.update(.interrupted(at: now))) }

    mutating func execute(_ outcome: Outcome) {
        take(gate.update(.executed(outcome, summary: nil, at: now)))
    }

    private mutating func take(_ new: [GateEffect]) {
        effects = new
        for case .send(let number, _) in new { call = number }
        for case .run(let claim) in new { ran.append(claim) }
    }
}

/// What a control plane would answer.
enum GateAnswers {
    static let id = "018f0000-0000-7000-8000-000000000001"

    static func view(
        _ state: ApprovalState, released: Bool = false, arguments: JSONValue = ["amount": 5]
    ) throws -> JSONValue {
        let id = try #require(ApprovalID(Self.id))
        return AgentView(
            id: id, revision: 1, state: state, isReleased: released, execution: .none,
            tool: "issue_refund", createdAt: Timestamp(milliseconds: 0),
            deadline: Timestamp(milliseconds: 300_000),
            proposedDigest: try Digest(canonical: arguments), decidedBy: "ada@acme.test",
            comment: "twice", isEdited: false
        ).wire
    }

    static func claim(
        _ arguments: JSONValue = ["amount": 5], digestOf other: JSONValue? = nil,
        tool: String = "issue_refund"
    ) throws -> JSONValue {
        let id = try #require(ApprovalID(Self.id))
        return ClaimAnswer(
            id: id, tool: tool, arguments: arguments,
            effectiveDigest: try Digest(canonical: other ?? arguments), fencingToken: "f-1",
            expiresAt: Timestamp(milliseconds: 600_000)
        ).wire
    }

    static let problem = Problem(
        "invalid", status: 422, title: "Invalid", detail: "The body is wrong.",
        nextStep: "Correct it."
    ).wire
}
