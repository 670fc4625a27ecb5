public import Approvals
import Cryptography
import JSONTree
public import WireAPI

/// Watches everything that anybody was told, and complains when two answers cannot both be true.
public final class Checker {
    /// What was wrong, in the order in which it was noticed.
    public private(set) var complaints: [String] = []
    /// What people were told they had decided: the state that must hold for ever.
    public private(set) var acknowledged: [ApprovalID: ApprovalState] = [:]
    /// How often each outcome was seen, to show that a run exercised what it claims to.
    public private(set) var counts: [String: Int] = [:]
    /// What was asked for while releases were halted: people are asked, whatever a policy allows.
    var heldUnderHalt: Set<ApprovalID> = []
    private var terminal: [ApprovalID: (state: ApprovalState, revision: Int64)] = [:]
    private var claimTickets: [ApprovalID: String] = [:]
    private var keyed: [String: Int] = [:]
    private let complaintsMax = 20

    /// Begins with nothing seen.
    public init() {}

    /// Notes that something is wrong.
    public func complain(_ sentence: String) {
        guard complaints.count < complaintsMax else { return }
        complaints.append(sentence)
    }

    /// Counts something that happened.
    public func count(_ what: String) { counts[what, default: 0] += 1 }

    /// Takes note of an answer that a client really got.
    public func saw(_ response: HTTPResponse, for request: HTTPRequest) {
        count("\(request.method.rawValue) \(Self.lastSegment(request.target)) \(response.status)")
        noteKey(of: request, response.status)
        guard response.status == 200 || response.status == 201,
            let body = try? JSONValue(parsing: response.body)
        else { return }
        if let ticket = body["fencing_token"]?.stringValue { sawTicket(ticket, in: body) }
        noteState(in: body)
    }

    /// Takes note that somebody was told what their decision settled.
    public func sawAcknowledgement(of state: ApprovalState, on id: ApprovalID) {
        if let other = acknowledged[id], other != state {
            complain("\(id): two people were told that they decided, \(other) and \(state)")
        }
        acknowledged[id] = state
        noteTerminal(state, of: id, revision: 0)
    }

    /// The same key of a decision gets the same answer, whatever came first.
    private func noteKey(of request: HTTPRequest, _ status: Int) {
        guard let key = request.headers["idempotency-key"], request.target.hasSuffix("/decision"),
            status < 500, status != 429, status != 401
        else { return }
        let name = request.target + " " + key
        if let known = keyed[name], known != status {
            complain("the key \(key) of a decision got \(known), and then \(status)")
        }
        keyed[name] = status
    }

    private func sawTicket(_ ticket: String, in body: JSONValue) {
        guard let text = body["id"]?.stringValue, let id = ApprovalID(text) else { return }
        if let other = claimTickets[id], other != ticket {
            complain("\(id): two different claims succeeded")
        }
        claimTickets[id] = ticket
    }

    private func noteState(in body: JSONValue) {
        guard let id = body["id"]?.stringValue.flatMap(ApprovalID.init),
            let state = body["state"]?.stringValue.flatMap(ApprovalState.init(rawValue:)),
            let revision = body["revision"]?.intValue
        else { return }
        // An answer that was overtaken on its way is old news, not a contradiction.
        if let known = terminal[id], revision < known.revision { return }
        noteTerminal(state, of: id, revision: revision)
    }

    private func noteTerminal(_ state: ApprovalState, of id: ApprovalID, revision: Int64) {
        if let known = terminal[id], known.state != state {
            complain("\(id): was \(known.state) and became \(state)")
        }
        guard state.isTerminal else { return }
        terminal[id] = (state, max(revision, terminal[id]?.revision ?? 0))
    }

    private static func lastSegment(_ target: String) -> Substring {
        let path = target.prefix { $0 != "?" }
        let last = path.split(separator: "/").last ?? ""
        return ApprovalID(String(last)) == nil ? last : "{id}"
    }
}
