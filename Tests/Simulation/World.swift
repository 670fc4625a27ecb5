import Approvals
import Audit
import JSONTree
import WireAPI

/// One run of the whole system from a seed: agents, approvers, inboxes, a network, a server,
/// clocks.
///
/// First a storm, in which everything goes wrong; then calm, in which everything must come to rest.
public final class World {
    /// A way to break the system on purpose, to prove that the checker notices.
    public enum Mutation: Sendable, CaseIterable {
        case nonceOnDisk, ignoresRelease, noCompareAndSet, acknowledgesBeforeCommit
    }

    public let agenda = Agenda()
    public let clock = JumpingClock()
    public let checker = Checker()
    public let ledger = Ledger()
    public let server: SimulatedServer
    public let network: HostileNetwork
    /// True while things go wrong on purpose.
    public private(set) var isStormy = true
    public private(set) var agents: [SimulatedAgent] = []
    public private(set) var approvers: [SimulatedApprover] = []
    private var entropy: SeededEntropy
    private let mutation: Mutation?

    /// The tool that the tenant lets go at the deadline.
    public static let failOpenTool = "read_report"
    private static let stormMilliseconds: Int64 = 600_000
    private static let calmMilliseconds: Int64 = 900_000

    /// Sets the stage; nothing has happened yet.
    public init(seed: UInt64, mutation: Mutation? = nil) throws {
        entropy = SeededEntropy(seed: seed)
        self.mutation = mutation
        let clock = clock
        let store = MemoryStore(
            clock: { (clock.wall, clock.monotonic) }, entropy: entropy.branch())
        if mutation == .noCompareAndSet { store.ignoreVersions() }
        if mutation == .acknowledgesBeforeCommit { store.acknowledgeTooEarly() }
        server = SimulatedServer(store: store, agenda: agenda, clock: clock)
        network = HostileNetwork(to: server, agenda: agenda, entropy: entropy.branch())
        try populate()
    }

    /// Plays the storm and the calm, then holds the record against what happened.
    public func run() {
        for agent in agents { agent.start() }
        for approver in approvers { approver.start() }
        planServer()
        play(until: Self.stormMilliseconds)
        isStormy = false
        network.weather = .calm
        server.store.setFaults(permille: 0)
        server.store.setStaleReads(permille: 0)
        play(until: Self.stormMilliseconds + Self.calmMilliseconds)
        FinalCheck(of: self).run()
    }

    private func play(until end: Int64) {
        while agenda.step(until: end) { clock.advance(to: agenda.now) }
    }

    private func planServer() {
        agenda.plan(in: 250) { [self] in
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
    }

    private func populate() throws {
        guard let tenant = TenantName("acme") else { return }
        let admin = try server.initialise(tenant)
        try call(
            .changeTenant, naming: "acme", admin,
            ["name": "acme", "fail_open_tools": [.string(Self.failOpenTool)]])
        for index in 1...3 {
            let email = "approver\(index)@acme.test"
            try call(
                .putMember, admin,
                ["email": .string(email), "roles": ["approver"], "groups": ["on-call"]])
            let token = try newToken(["member": .string(email)], admin)
            if index == 1 {
                approvers.append(
                    SimulatedApprover(
                        name: email, token: token, in: self, entropy: entropy.branch()))
            } else {
                let direct = DirectApprover(
                    name: email, token: token, in: self, entropy: entropy.branch())
                agenda.plan(in: 0) { direct.start() }
            }
        }
        for index in 1...4 {
            let name = "bot-\(index)"
            try call(.addAgent, admin, ["name": .string(name)])
            let token = try newToken(["agent": .string(name)], admin)
            agents.append(
                SimulatedAgent(
                    name: name, token: token, in: self, entropy: entropy.branch(),
                    mutation: agentMutation))
        }
    }

    private var agentMutation: SimulatedAgent.Mutation? {
        switch mutation {
        case .nonceOnDisk: .nonceOnDisk
        case .ignoresRelease: .ignoresRelease
        case .noCompareAndSet, .acknowledgesBeforeCommit, nil: nil
        }
    }

    private func newToken(_ body: JSONValue, _ admin: String) throws -> String {
        let answer = try call(.addToken, admin, body)
        return answer["token"]?.stringValue ?? ""
    }

    @discardableResult private func call(
        _ route: Route, naming name: String = "", _ token: String, _ body: JSONValue
    ) throws -> JSONValue {
        let request = HTTPRequest(
            route.method, route.path(naming: name),
            headers: ["content-type": "application/json"], body: Array(body.text().utf8))
        var got: HTTPResponse?
        server.receive(request, token: token) { got = $0 }
        let text = String(decoding: got?.body ?? [], as: UTF8.self)
        precondition((200..<300).contains(got?.status ?? 0), "setting the stage: \(text)")
        return try JSONValue(parsing: got?.body ?? [])
    }
}
