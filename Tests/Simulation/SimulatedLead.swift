import Approvals
import JSONTree
import WireAPI

/// Somebody who makes the second version of the policy a canary and a shadow again, together with
/// another one, and looks at what keeps it back.
public final class SimulatedLead {
    private let name: String
    private let token: String
    private let world: World
    private var entropy: SeededEntropy

    init(name: String, token: String, in world: World, entropy: SeededEntropy) {
        self.name = name
        self.token = token
        self.world = world
        self.entropy = entropy
    }

    /// Begins to look at the policies now and then.
    public func start() {
        guard world.isStormy else { return }
        look()
        let pause = Int64.random(in: 3_000...25_000, using: &entropy)
        world.agenda.plan(in: pause) { [self] in start() }
    }

    private func look() {
        get(Route.policy.path(naming: SimulatedPolicies.name), PolicyList.self) {
            [self] list in
            guard let version = list.items.first(where: { $0.version == 2 }) else { return }
            if let proposal = version.proposal {
                guard proposal.by != name else { return }
                propose(proposal.status, share: proposal.share)
            } else if version.status == "canary" {
                if entropy.chance(400) { propose("shadow", share: nil) }
            } else {
                review()
                propose("canary", share: 40)
            }
        }
    }

    private func propose(_ status: String, share: Int?) {
        let body = PolicyModeBody(
            version: 2, status: status, share: share,
            ack: status == "canary" ? "The storm will not wait." : nil)
        post(Route.changePolicyMode.path(naming: SimulatedPolicies.name), body)
    }

    private func review() {
        get(Route.shadowReport.path(naming: SimulatedPolicies.name, version: 2), ShadowReport.self)
        { [self] report in
            let unseen = report.cases.filter { $0.reviewedBy == nil }.map(\.approval)
            guard !unseen.isEmpty else { return }
            post(
                Route.reviewShadow.path(naming: SimulatedPolicies.name, version: 2),
                ReviewedBody(approvals: unseen))
        }
    }

    private func get<Answer: WireValue>(
        _ path: String, _ type: Answer.Type, _ handle: @escaping (Answer) -> Void
    ) {
        let request = HTTPRequest(.get, path)
        world.network.exchange(request, token: token) { result in
            guard case .success(let response) = result, response.status == 200,
                let answer = try? Answer(wire: JSONValue(parsing: response.body))
            else { return }
            handle(answer)
        }
    }

    private func post(_ path: String, _ body: some WireValue) {
        let request = HTTPRequest(
            .post, path, headers: ["content-type": "application/json"],
            body: Array(body.wire.text().utf8))
        world.network.exchange(request, token: token) { [self] result in
            if case .success(let response) = result { world.checker.saw(response, for: request) }
        }
    }
}
