import Approvals
import Cryptography
import JSONTree
import WireAPI

/// An approver without a screen, who decides as fast as they can: the other side of every race.
public final class DirectApprover {
    let caller: Caller
    private let world: World
    private var entropy: SeededEntropy
    private var presses = 0
    private let name: String

    init(name: String, token: String, in world: World, entropy: SeededEntropy) {
        self.name = name
        caller = Caller(token, in: world)
        self.world = world
        self.entropy = entropy
    }

    /// Begins to look at the queue now and then.
    public func start() {
        guard world.isStormy else { return }
        if entropy.chance(20) { revoke() } else { look() }
        world.agenda.plan(in: Int64.random(in: 200...6_000, using: &entropy)) { [self] in start() }
    }

    private func look() {
        let request = HTTPRequest(.get, Route.inbox.path + "?limit=50")
        world.network.exchange(request, token: caller.token) { [self] result in
            guard case .success(let response) = result, response.status == 200,
                let page = try? InboxAnswer(wire: JSONValue(parsing: response.body))
            else { return }
            let pending = page.items.compactMap(\.approval).filter { $0.state == .pending }
            if let row = pending.randomElement(using: &entropy) { read(row.id) }
        }
    }

    private func read(_ id: ApprovalID) {
        let request = HTTPRequest(.get, Route.approval.path(naming: id.rawValue))
        world.network.exchange(request, token: caller.token) { [self] result in
            guard case .success(let response) = result, response.status == 200,
                let view = try? ApproverView(wire: JSONValue(parsing: response.body))
            else { return }
            world.checker.saw(response, for: request)
            let pause = Int64.random(in: 0...3_000, using: &entropy)
            world.agenda.plan(in: pause) { [self] in act(on: view) }
        }
    }

    private func act(on view: ApproverView) {
        switch Int.random(in: 0..<10, using: &entropy) {
        case 0: post(.extend, ExtendBody(seconds: 10), on: view)
        case 1: post(.comment, CommentBody(text: "looking into it"), on: view)
        case 3: acknowledge(view)
        case 2: post(.reviewing, ReviewingBody(active: true), on: view)
        default: decide(view)
        }
    }

    private func decide(_ view: ApproverView) {
        presses += 1
        let isApproval = entropy.chance(650)
        let amount = Int.random(in: 1...1_000, using: &entropy)
        let edits = JSONPatch([
            .replace(JSONPointer(tokens: ["amount_cents"]), .number(JSONNumber(amount)))
        ])
        let body = DecisionBody(
            verdict: isApproval ? .approve : .reject, displayedDigest: view.displayedDigest,
            edits: isApproval && entropy.chance(300) ? edits : nil,
            comment: isApproval ? nil : "no", grant: isApproval ? wish() : nil, fullyShown: true)
        send(body, on: view, key: "\(name)-\(presses)", attempts: 4)
    }

    /// Now and then, for a while, calls up to an amount: also one that the policy refuses.
    private func wish() -> GrantBody? {
        guard entropy.chance(700) else { return nil }
        let most = Int.random(in: 50_000...500_000, using: &entropy)
        return GrantBody(
            seconds: Int.random(in: 40...160, using: &entropy),
            uses: entropy.chance(700) ? Int.random(in: 1...3, using: &entropy) : nil,
            bounds: [
                GrantBoundBody(pointer: "/amount_cents", max: .number(JSONNumber(most)))
            ])
    }

    /// Takes a grant back, whoever gave it.
    private func revoke() {
        let request = HTTPRequest(.get, Route.listGrants.path + "?state=active")
        world.network.exchange(request, token: caller.token) { [self] result in
            guard case .success(let response) = result, response.status == 200,
                let list = try? GrantList(wire: JSONValue(parsing: response.body)),
                let grant = list.items.randomElement(using: &entropy)
            else { return }
            let request = HTTPRequest(
                .post, Route.revokeGrant.path(naming: grant.id.rawValue),
                headers: ["content-type": "application/json"],
                body: Array(GrantRevokeBody(reason: "the storm").wire.text().utf8))
            world.network.exchange(request, token: caller.token) { [self] result in
                if case .success(let response) = result {
                    world.checker.saw(response, for: request)
                }
            }
        }
    }

    /// A lost answer is asked for again with the same key, as the protocol wants.
    private func send(_ body: DecisionBody, on view: ApproverView, key: String, attempts: Int) {
        let request = HTTPRequest(
            .post, Route.decision.path(naming: view.id.rawValue),
            headers: [
                "content-type": "application/json", "if-match": "\"\(view.revision)\"",
                "idempotency-key": key,
            ], body: Array(body.wire.text().utf8))
        world.network.exchange(request, token: caller.token) { [self] result in
            switch result {
            case .success(let response) where response.status < 500:
                world.checker.saw(response, for: request)
                if let state = response.decided {
                    world.checker.sawAcknowledgement(of: state, on: view.id)
                }
            case .success, .failure:
                guard attempts > 1 else { return }
                send(body, on: view, key: key, attempts: attempts - 1)
            }
        }
    }

    /// Holds the next step of the escalation back.
    private func acknowledge(_ view: ApproverView) {
        caller.send(.post, Route.acknowledge.path(naming: view.id.rawValue), as: "acknowledged")
    }

    private func post(_ route: Route, _ body: some WireValue, on view: ApproverView) {
        let request = HTTPRequest(
            .post, route.path(naming: view.id.rawValue),
            headers: ["content-type": "application/json", "if-match": "\"\(view.revision)\""],
            body: Array(body.wire.text().utf8))
        world.network.exchange(request, token: caller.token) { [self] result in
            if case .success(let response) = result { world.checker.saw(response, for: request) }
        }
    }
}

extension HTTPResponse {
    /// What a decision that was taken has settled; nil when another vote is missing.
    var decided: ApprovalState? {
        guard status == 200, let view = try? JSONValue(parsing: body) else { return nil }
        let state = view["state"]?.stringValue.flatMap(ApprovalState.init)
        return state == .approved || state == .rejected ? state : nil
    }
}
