public import Approvals
import Cryptography
import JSONTree
import WireAPI

/// An agent that gates calls one after the other, and is killed at the worst moments.
///
/// What survives a kill is what a real agent has on disk: the idempotency key and the payload. The
/// nonce lives in memory only, unless a mutation says otherwise.
public final class SimulatedAgent {
    /// A way to be wrong, to prove that the checker notices.
    public enum Mutation: Sendable {
        case nonceOnDisk, ignoresRelease
    }

    public let name: String
    /// Approvals this agent was answered, with the key they were submitted under.
    public private(set) var submitted: [String: ApprovalID] = [:]
    private let token: String
    private let world: World
    private let mutation: Mutation?
    private var entropy: SeededEntropy
    /// Counts processes: what an older process is still waiting for is ignored.
    private var process = 0
    private var onDisk: (key: String, body: SubmitBody)?
    private var nonceOnDisk: String?
    private var calls = 0

    init(
        name: String, token: String, in world: World, entropy: SeededEntropy, mutation: Mutation?
    ) {
        self.name = name
        self.token = token
        self.world = world
        self.entropy = entropy
        self.mutation = mutation
    }

    /// Begins to live: calls, kills and restarts plan themselves.
    public func start() {
        process += 1
        let nonce = freshNonce()
        if onDisk == nil { onDisk = makeCall() }
        guard let (key, body) = onDisk else { return }
        submit(body, key: key, nonce: nonce)
        guard world.isStormy else { return }
        let born = process
        world.agenda.plan(in: Int64.random(in: 1_000...60_000, using: &entropy)) { [self] in
            if born == process, entropy.chance(400) { kill() }
        }
    }

    private func kill() {
        process += 1
        world.agenda.plan(in: Int64.random(in: 10...5_000, using: &entropy)) { [self] in start() }
    }

    private func finishCall() {
        onDisk = nil
        nonceOnDisk = nil
        process += 1
        guard world.isStormy else { return }
        world.agenda.plan(in: Int64.random(in: 100...20_000, using: &entropy)) { [self] in start() }
    }

    private func freshNonce() -> String {
        if mutation == .nonceOnDisk, let nonceOnDisk { return nonceOnDisk }
        let nonce = Hexadecimal.encode(entropy.bytes(16))
        nonceOnDisk = nonce
        return nonce
    }

    private func makeCall() -> (String, SubmitBody) {
        calls += 1
        let most = entropy.chance(250) ? 25_000 : 500_000
        let amount = Int.random(in: 1...most, using: &entropy)
        let arguments: JSONValue = [
            "customer_id": "cus_91", "amount_cents": .number(JSONNumber(amount)),
            "recipient": ["iban": "DE89370400440532013000", "name": "Bo"],
        ]
        let isReport = entropy.chance(200)
        let body = SubmitBody(
            tool: isReport ? World.failOpenTool : SimulatedPolicies.tool, arguments: arguments,
            redact: entropy.chance(500) ? ["/recipient/iban"] : nil,
            timeoutSeconds: Int.random(in: 5...120, using: &entropy),
            onTimeout: isReport ? .failOpen : nil,
            context: ContextBody(summary: "refund number \(calls)"))
        return ("\(name)-\(calls)", body)
    }

    private func send(
        _ request: HTTPRequest, retryIn delay: Int64 = 500,
        _ handle: @escaping (HTTPResponse) -> Void
    ) {
        let born = process
        world.network.exchange(request, token: token) { [self] result in
            guard born == process else { return }
            if case .success(let response) = result, response.status < 500 {
                world.checker.saw(response, for: request)
                handle(response)
            } else {
                world.agenda.plan(in: delay) { [self] in
                    guard born == process else { return }
                    send(request, retryIn: min(delay * 2, 8_000), handle)
                }
            }
        }
    }

    private func submit(_ body: SubmitBody, key: String, nonce: String) {
        let request = HTTPRequest(
            .post, Route.submit.path,
            headers: ["idempotency-key": key, "content-type": "application/json"],
            body: Array(body.wire.text().utf8))
        send(request) { [self] response in
            guard let view = try? AgentView(wire: JSONValue(parsing: response.body)) else {
                // Nobody may be left who could decide it, or its values were erased.
                guard [409, 422].contains(response.status) else {
                    return world.checker.complain(
                        "\(name): submit was answered \(response.status)")
                }
                world.checker.count("submit refused")
                return finishCall()
            }
            if let known = submitted[key], known != view.id {
                world.checker.complain("\(name): key \(key) has two approvals")
            }
            submitted[key] = view.id
            if entropy.chance(50) { return cancel(view.id) }
            wait(for: view.id, nonce: nonce)
        }
    }

    private func cancel(_ id: ApprovalID) {
        let request = HTTPRequest(
            .post, Route.cancel.path(naming: id.rawValue),
            headers: ["content-type": "application/json"], body: Array("{}".utf8))
        send(request) { [self] _ in finishCall() }
    }

    private func wait(for id: ApprovalID, nonce: String) {
        let request = HTTPRequest(
            .get, Route.approval.path(naming: id.rawValue) + "?wait=20", waitSeconds: 20)
        send(request) { [self] response in
            guard let view = try? AgentView(wire: JSONValue(parsing: response.body)) else {
                world.checker.complain("\(name): wait was answered \(response.status)")
                return
            }
            guard view.state.isTerminal else { return wait(for: id, nonce: nonce) }
            guard view.isReleased || mutation == .ignoresRelease else { return finishCall() }
            takeUp(id, nonce: nonce)
        }
    }

    /// Claims what was released; now and then only after having been busy with something else.
    private func takeUp(_ id: ApprovalID, nonce: String) {
        guard entropy.chance(200) else { return claim(id, nonce: nonce) }
        let born = process
        world.agenda.plan(in: Int64.random(in: 20_000...150_000, using: &entropy)) { [self] in
            guard born == process else { return }
            claim(id, nonce: nonce)
        }
    }

    private func claim(_ id: ApprovalID, nonce: String) {
        let body = ClaimBody(nonce: nonce, leaseSeconds: 30)
        let request = HTTPRequest(
            .post, Route.claim.path(naming: id.rawValue),
            headers: ["content-type": "application/json"], body: Array(body.wire.text().utf8))
        send(request) { [self] response in
            guard response.status == 200,
                let answer = try? ClaimAnswer(wire: JSONValue(parsing: response.body))
            else {
                if mutation == .ignoresRelease {
                    world.ledger.run(id, digest: SHA256.hash([]), at: world.agenda.now, by: name)
                }
                return finishCall()
            }
            execute(answer)
        }
    }

    private func execute(_ answer: ClaimAnswer) {
        guard let digest = try? Digest(canonical: answer.arguments) else {
            return world.checker.complain("\(name): effective arguments have no digest")
        }
        if digest != answer.effectiveDigest {
            world.checker.complain("\(name): the claim's digest is not that of its arguments")
        }
        world.ledger.run(answer.id, digest: digest, at: world.agenda.now, by: name)
        // A kill may come between the tool and the receipt: the execution is then unknown.
        if world.isStormy, entropy.chance(100) { return kill() }
        let body = ReceiptBody(
            fencingToken: answer.fencingToken, outcome: .succeeded, effectiveDigest: digest)
        let request = HTTPRequest(
            .post, Route.receipt.path(naming: answer.id.rawValue),
            headers: ["content-type": "application/json"], body: Array(body.wire.text().utf8))
        send(request) { [self] _ in finishCall() }
    }
}
