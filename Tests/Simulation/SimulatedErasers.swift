import Approvals
import JSONTree
import WireAPI

/// Two people who have values erased, and who now and then try it alone.
public final class SimulatedErasers {
    private let people: [Caller]
    private let world: World
    private var entropy: SeededEntropy

    init(people: [String], in world: World, entropy: SeededEntropy) {
        self.people = people.map { Caller($0, in: world) }
        self.world = world
        self.entropy = entropy
    }

    /// Begins to propose and confirm, now and then.
    public func start() {
        guard world.isStormy else { return }
        if let person = people.randomElement(using: &entropy) {
            if entropy.chance(400) { propose(by: person) } else { confirm(by: person) }
        }
        let pause = Int64.random(in: 5_000...30_000, using: &entropy)
        world.agenda.plan(in: pause) { [self] in start() }
    }

    private func propose(by person: Caller) {
        person.get(Route.history.path + "?limit=50", SummaryList.self) { [self] page in
            guard let one = page.items.randomElement(using: &entropy) else { return }
            let body = ErasureBody(approval: one.id.rawValue, reason: "They asked for it.")
            person.send(
                .post, Route.proposeErasure.path, body.wire, as: "erasure proposed")
        }
    }

    private func confirm(by person: Caller) {
        person.get(Route.listErasures.path, ErasureList.self) { [self] list in
            let open = list.items.filter { $0.state != "done" }
            guard let one = open.randomElement(using: &entropy) else { return }
            person.send(
                .post, Route.confirmErasure.path(naming: one.id), as: "erasure confirmed")
        }
    }
}
