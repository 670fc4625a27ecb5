import Cryptography
import Approvals
import JSONTree
import WireAPI

/// Noon of a day on which nothing happens but what the tests say.
let noon = Timestamp(milliseconds: 1_780_000_000_000)

/// The id that ends in this number.
func approvalID(_ number: Int) -> ApprovalID {
    let tail = String(number, radix: 16)
    let text =
        "019a0000-0000-7000-8000-" + String(repeating: "0", count: 12 - tail.utf8.count) + tail
    guard let id = ApprovalID(text) else { preconditionFailure("\(text) is a well-formed id") }
    return id
}

/// A name that is known to be well formed.
func group(_ text: String) -> GroupName {
    guard let name = GroupName(text) else { preconditionFailure("\(text) is a group's name") }
    return name
}

/// Arguments as people write them.
func json(_ text: String) -> JSONValue {
    do {
        return try JSONValue(parsing: Array(text.utf8))
    } catch {
        preconditionFailure("the fixture is not JSON: \(error)")
    }
}

/// A pointer as people write it.
func pointer(_ text: String) -> JSONPointer {
    do {
        return try JSONPointer(parsing: text)
    } catch {
        preconditionFailure("the fixture is no pointer: \(error)")
    }
}

/// A row of the queue.
func row(
    _ number: Int, tool: String = "issue_refund", summary: String? = "a summary",
    agent: String = "support-bot", risk: Risk = .medium, minutes: Int = 10,
    state: ApprovalState = .pending, revision: Int = 1
) -> ApprovalSummary {
    ApprovalSummary(
        id: approvalID(number), revision: revision, state: state, isReleased: false,
        execution: .none, tool: tool, summary: summary, agent: agent, risk: risk,
        group: group("finance"), createdAt: noon, updatedAt: noon,
        deadline: noon.adding(seconds: minutes * 60), posture: .failClosed, needsReview: false)
}

/// The view of an approval; its digest is computed from what it shows.
func view(
    _ number: Int, tool: String = "issue_refund",
    arguments: JSONValue = ["amount_cents": 184_000, "customer_id": "cus_91"],
    redacted: [RedactedBody] = [], schema: JSONValue? = nil, summary: String? = "a summary",
    reason: String? = nil, agent: String = "support-bot", risk: Risk = .medium,
    minutes: Int = 10, editable: [String]? = nil, revision: Int = 1, quorum: Int = 1
) -> ApproverView {
    var view = ApproverView(
        id: approvalID(number), revision: revision, state: .pending, isReleased: false,
        execution: .none, tool: tool, arguments: arguments, redacted: redacted,
        displayedDigest: .zero, schema: schema,
        context: ContextBody(summary: summary, reason: reason), origin: OriginBody(runID: "7f3a"),
        agent: PartyBody(id: "agent", name: agent), risk: risk,
        requirement: RequirementBody(
            group: group("finance"), quorum: quorum, approvals: 0,
            deadline: noon.adding(seconds: minutes * 60), posture: .failClosed,
            editable: editable, rule: "default"),
        createdAt: noon.adding(seconds: -240), updatedAt: noon, youCanDecide: true,
        needsReview: false, serverTime: noon)
    view.displayedDigest = displayed(view)
    return view
}

/// The digest of what a view shows.
func displayed(_ view: ApproverView) -> Digest {
    guard let tool = ToolName(view.tool) else { return .zero }
    let context = Context(
        summary: view.context.summary, reason: view.context.reason, preview: view.context.preview,
        links: view.context.links.map { Context.Link(title: $0.title, url: $0.url) })
    do {
        return try Digest.displayed(tool: tool, arguments: view.arguments, context: context)
    } catch {
        return .zero
    }
}

extension Digest {
    /// A digest that nothing has.
    static var zero: Digest {
        guard let digest = Digest(bytes: Array(repeating: 0, count: 32)) else {
            preconditionFailure("32 bytes are a digest")
        }
        return digest
    }
}

/// Ada, who decides for finance.
let ada = MeAnswer(
    id: "019a0000-0000-7000-8000-00000000ada0", name: "ada@acme.test", kind: "member",
    tenant: TenantName("acme").unsafelyKnown, roles: [.approver], groups: [group("finance")],
    isOperator: false, isOnShift: true, serverTime: noon)

extension Optional {
    /// For fixtures that are known to be there.
    var unsafelyKnown: Wrapped {
        guard let self else { preconditionFailure("the fixture is there") }
        return self
    }
}
