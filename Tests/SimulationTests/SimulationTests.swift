import Simulation
import Testing

/// The whole system under a storm: real control plane, real inbox, everything else hostile.
struct SimulationTests {
    /// Goal: promises 1, 2, 3, 7 and 12 hold whatever goes wrong. Method: storms from seeds; each
    /// failure names its seed, which replays it. The invariants are asserted after every step; the
    /// whole log is exported and verified after every `COUNTERSIGN_STEPS` steps (for every step it
    /// would take hours) and twice at the end. `COUNTERSIGN_SEEDS` asks for more seeds. People,
    /// policies, shadows, canaries and grants meet each of their ends.
    @Test func storms() throws {
        var counts: [String: Int] = [:]
        for seed in 1...SimulationSettings.seeds {
            let world = try World(
                seed: UInt64(seed), stepsBetweenExports: SimulationSettings.stepsBetweenExports)
            world.run()
            #expect(world.checker.complaints.isEmpty, "seed \(seed): \(world.checker.complaints)")
            #expect(!world.ledger.entries.isEmpty, "seed \(seed): no tool ever ran")
            #expect(!world.checker.acknowledged.isEmpty, "seed \(seed): nobody ever decided")
            counts.merge(world.checker.counts, uniquingKeysWith: +)
        }
        for (what, seedsMin) in Self.ends where SimulationSettings.seeds >= seedsMin {
            #expect(counts[what, default: 0] > 0, "no storm had: \(what)")
        }
    }

    /// What becomes of calls, people, shadows and grants, and how many storms certainly have it.
    private static let ends: [(what: String, seedsMin: Int)] =
        [
            "escalated", "approved by two", "decided for somebody else", "released by silence",
            "removed 204", "token 201", "lent 201", "revoked 204", "override 201", "override 409",
            "schedule 200", "off shift 200", "swap offered 201", "quiet 200", "acknowledged 200",
            "erasure proposed 201", "erasure confirmed 200", "erasure confirmed 409",
            "export verified", "halted 200", "lifted 200", "lifted 409", "denied", "allowed",
            "canary decided", "shadow laxer", "grant used", "grant revoked", "grant expired",
        ].map { ($0, SimulationSettings.seedsOfEveryDay) }
        + [
            "swap taken 200", "held under a halt", "grant used_up",
            "claimed after its grant was over",
        ].map { ($0, SimulationSettings.seedsForWhatIsRare) }

    /// Goal: the same seed gives the same run. Method: two runs, every count and every tool
    /// compared.
    @Test func seedsReplay() throws {
        let first = try World(seed: 42, stormSeconds: 120)
        first.run()
        let second = try World(seed: 42, stormSeconds: 120)
        second.run()
        #expect(first.checker.counts == second.checker.counts)
        #expect(first.ledger.entries.map(\.digest) == second.ledger.entries.map(\.digest))
    }

    /// Goal: the checks can fail. Method: each way to break the system takes one guard away, and a
    /// complaint of the right kind comes within some seeds.
    @Test(arguments: World.Mutation.allCases)
    func mutationsAreNoticed(_ mutation: World.Mutation) throws {
        let isSeenInExports = mutation.complaints.contains { $0.hasPrefix("E_") }
        var others: [String] = []
        for seed in 1...SimulationSettings.mutationSeedsMax {
            let world = try World(
                seed: UInt64(seed), mutation: mutation,
                stepsBetweenExports: isSeenInExports ? 2_000 : .max)
            world.run()
            let complaints = world.checker.complaints
            let isNoticed = complaints.contains { complaint in
                mutation.complaints.contains { complaint.contains($0) }
            }
            if isNoticed { return }
            others += complaints
        }
        Issue.record("nobody noticed that it is lost: \(mutation.lostGuard); \(others.prefix(3))")
    }
}
