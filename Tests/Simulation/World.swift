import Approvals
import JSONTree
import WireAPI

/// One run of the whole system from a seed: agents, approvers, inboxes, a network, a server,
/// clocks, and people who come and go.
///
/// First a storm, in which everything goes wrong; then calm, in which everything must come to rest;
/// then so much time that every value is old.
public final class World {
    public let agenda = Agenda()
    public let clock = JumpingClock()
    public let checker = Checker()
    public let ledger = Ledger()
    public let server: SimulatedServer
    public let network: HostileNetwork
    /// True while things go wrong on purpose.
    public private(set) var isStormy = true
    public internal(set) var agents: [SimulatedAgent] = []
    public internal(set) var approvers: [SimulatedApprover] = []
    /// How many steps were taken.
    public private(set) var steps = 0
    var entropy: SeededEntropy
    let mutation: Mutation?
    var follower: SimulatedFollower?
    var proof: ExportProof?
    /// What was published, by the names that the files have in an export.
    var documents: [String: [UInt8]] = [:]
    private var check: StepCheck?
    private let stepsBetweenExports: Int
    private let stormMilliseconds: Int64

    /// The tool that the tenant lets go at the deadline.
    public static let failOpenTool = "read_report"
    private static let calmMilliseconds: Int64 = 900_000
    private static let ageMilliseconds: Int64 = 200 * 86_400_000

    /// Sets the stage; nothing has happened yet. `stepsBetweenExports` says how often the log is
    /// exported and verified on the way; at the end it always is.
    public init(
        seed: UInt64, mutation: Mutation? = nil, stepsBetweenExports: Int = .max,
        stormSeconds: Int64 = 600
    ) throws {
        stormMilliseconds = stormSeconds * 1_000
        entropy = SeededEntropy(seed: seed)
        self.mutation = mutation
        self.stepsBetweenExports = stepsBetweenExports
        let clock = clock
        let store = MemoryStore(
            clock: { (clock.wall, clock.monotonic) }, entropy: entropy.branch())
        if mutation == .noCompareAndSet { store.ignoreVersions() }
        if mutation == .acknowledgesBeforeCommit { store.acknowledgeTooEarly() }
        server = SimulatedServer(store: store, agenda: agenda, clock: clock)
        server.ringsEarly = mutation == .ringsEarly
        server.decidesByArrival = mutation == .decidesByArrival
        network = HostileNetwork(to: server, agenda: agenda, entropy: entropy.branch())
        try populate()
        if let flaw = mutation?.flaw { store.mislead(by: flaw) }
    }

    /// Plays the storm, the calm and the long time after them, and holds the record against what
    /// happened. A world that is broken on purpose ends with the first complaint.
    public func run() {
        if let tenant = TenantName("acme") { check = StepCheck(of: self, tenant) }
        for agent in agents { agent.start() }
        for approver in approvers { approver.start() }
        planServer()
        play(until: stormMilliseconds)
        isStormy = false
        network.weather = .calm
        server.store.setFaults(permille: 0)
        server.store.setStaleReads(permille: 0)
        play(until: stormMilliseconds + Self.calmMilliseconds)
        FinalCheck(of: self).run()
        proof?.run()
        growOld()
        check = nil
    }

    private func play(until end: Int64) {
        while let next = agenda.next, next < end {
            clock.advance(to: next)
            _ = agenda.step(until: end)
            steps += 1
            check?.run()
            if steps % stepsBetweenExports == 0 { proof?.run() }
            if mutation != nil, !checker.complaints.isEmpty { return }
        }
    }

    /// Every value that nobody needs goes for its age, and the log still verifies.
    private func growOld() {
        clock.jump(by: Self.ageMilliseconds)
        for _ in 0..<Self.sweepsMax where server.sweep() > 0 { check?.run() }
        FinalCheck(of: self).checkForgotten()
        proof?.run()
    }

    private static let sweepsMax = 100

    private func planServer() {
        // Nothing is hurried when all is calm.
        agenda.plan(in: isStormy ? 250 : 1_000) { [self] in
            server.tick()
            if isStormy { misbehave() }
            planServer()
        }
    }

    private func misbehave() {
        if entropy.chance(5) {
            server.kill(forMilliseconds: Int64.random(in: 50...8_000, using: &entropy))
        }
        if entropy.chance(5) {
            clock.jump(by: Int64.random(in: -90_000...90_000, using: &entropy))
        }
        if entropy.chance(20) {
            server.store.setFaults(permille: entropy.chance(500) ? 80 : 0)
            server.store.setStaleReads(permille: entropy.chance(500) ? 200 : 0)
        }
        if entropy.chance(10), server.isUp { _ = server.sweep() }
    }
}
