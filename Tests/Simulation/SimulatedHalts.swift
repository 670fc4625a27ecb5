import JSONTree
import WireAPI

/// Two people of whom one stops every release now and then, and the other lets them go on.
public final class SimulatedHalts {
    private let people: [Caller]
    private let world: World
    private var entropy: SeededEntropy
    private static let triesMax = 20

    init(people: [String], in world: World, entropy: SeededEntropy) {
        self.people = people.map { Caller($0, in: world) }
        self.world = world
        self.entropy = entropy
    }

    /// Begins to halt, now and then.
    public func start() {
        let pause = Int64.random(in: 40_000...160_000, using: &entropy)
        world.agenda.plan(in: pause) { [self] in
            guard world.isStormy else { return }
            halt()
            start()
        }
    }

    private func halt() {
        let body = HaltBody(reason: "the storm")
        people.randomElement(using: &entropy)?.send(
            .post, Route.halt.path, body.wire, as: "halted")
        plan(triesLeft: Self.triesMax)
    }

    /// Whoever halted is refused; so is everybody when it was lifted before.
    private func plan(triesLeft: Int) {
        guard triesLeft > 0 else { return }
        world.agenda.plan(in: Int64.random(in: 1_000...6_000, using: &entropy)) { [self] in
            let body = HaltBody(reason: "it may go on")
            people.randomElement(using: &entropy)?.send(
                .post, Route.liftHalt.path, body.wire, as: "lifted")
            plan(triesLeft: triesLeft - 1)
        }
    }
}
