import Simulation
import Testing

/// The whole system under a storm: real control plane, real inbox, everything else hostile.
struct SimulationTests {
    /// Goal: promises 1, 2, 3, 7 and 12 hold whatever goes wrong. Method: storms from seeds; each
    /// failure names its seed, which replays it. `COUNTERSIGN_SEEDS` asks for more seeds.
    @Test func storms() throws {
        for seed in 1...SimulationSettings.seeds {
            let world = try World(seed: UInt64(seed))
            world.run()
            #expect(world.checker.complaints.isEmpty, "seed \(seed): \(world.checker.complaints)")
            #expect(!world.ledger.entries.isEmpty, "seed \(seed): no tool ever ran")
            #expect(!world.checker.acknowledged.isEmpty, "seed \(seed): nobody ever decided")
        }
    }

    /// Goal: the same seed gives the same run. Method: two runs, every count and every tool
    /// compared.
    @Test func seedsReplay() throws {
        let first = try World(seed: 42)
        first.run()
        let second = try World(seed: 42)
        second.run()
        #expect(first.checker.counts == second.checker.counts)
        #expect(first.ledger.entries.map(\.digest) == second.ledger.entries.map(\.digest))
    }

    /// Goal: the checker can fail. Method: each way to break the system is noticed within some
    /// seeds.
    @Test(arguments: World.Mutation.allCases)
    func mutationsAreNoticed(_ mutation: World.Mutation) throws {
        for seed in 1...SimulationSettings.mutationSeedsMax {
            let world = try World(seed: UInt64(seed), mutation: mutation)
            world.run()
            if !world.checker.complaints.isEmpty { return }
        }
        Issue.record("\(mutation) went unnoticed in \(SimulationSettings.mutationSeedsMax) seeds")
    }
}
