public import Approvals
import ControlPlane
import ControlPlaneAPI
import Cryptography
import JSONTree
public import WireAPI

/// The real control plane over a simulated store: answers values, is killed and starts again.
public final class SimulatedServer {
    /// What survives a kill.
    public let store: MemoryStore
    /// False between a kill and the next start.
    public private(set) var isUp = true
    /// The timers run ahead of the clock: a mutation that a test must notice.
    var ringsEarly = false
    /// Decisions count from when they were sent, and timers are slow: one more.
    var decidesByArrival = false
    private let agenda: Agenda
    private let clock: JumpingClock
    private let controlPlane: ControlPlane
    private let api = ControlPlaneAPI()
    private var waiting: [Waiting] = []
    private var process = 0

    private struct Waiting {
        let call: APICall
        let query: Query
        let secret: Digest
        let until: Int64
        let reply: (HTTPResponse) -> Void
    }

    init(store: MemoryStore, agenda: Agenda, clock: JumpingClock) {
        self.store = store
        self.agenda = agenda
        self.clock = clock
        controlPlane = ControlPlane(settings: ControlPlaneSettings(host: "sim.example"))
    }

    /// Creates the first tenant; gives back the secret of its admin.
    public func initialise(_ tenant: TenantName) throws -> String {
        let controlPlane = controlPlane
        var secret: Result<String, CommandFailure>?
        let box = Box<Result<String, CommandFailure>>()
        store.write { store, surroundings throws(CommandFailure) in
            try controlPlane.initialise(
                tenant: tenant, adminEmail: "root@\(tenant).test", in: store, with: &surroundings)
        } completion: {
            box.put($0)
        }
        secret = box.take()
        guard let secret else { throw CommandFailure.store(.stopped("no completion")) }
        return try secret.get()
    }

    /// Takes a request; `reply` is called when there is an answer, and never if the process is
    /// killed.
    public func receive(
        _ request: HTTPRequest, token: String, reply: @escaping (HTTPResponse) -> Void
    ) {
        let call = APICall(request, token: token, receivedAt: clock.wall)
        switch api.plan(call) {
        case .respond(let response): reply(response)
        case .observe, .hold: reply(.plain(200, "simulated\n"))
        case .perform(let command, let secret):
            reply(api.response(to: call, perform(command, as: secret)))
            wakeWaiting()
        case .ask(let query, let secret, let seconds):
            let wait = Waiting(
                call: call, query: query, secret: secret,
                until: agenda.now + Int64(seconds) * 1_000, reply: reply)
            if !answer(wait, isLast: seconds == 0) { hold(wait) }
        }
    }

    /// Lets the timers settle what is due, as a running server would.
    public func tick() {
        guard isUp, !decidesByArrival || agenda.now % 8_000 < 250 else { return }
        let (controlPlane, ringsEarly) = (controlPlane, ringsEarly)
        store.write { store, surroundings throws(CommandFailure) in
            if ringsEarly {
                surroundings.now = surroundings.now.adding(seconds: 60)
                surroundings.monotonicMilliseconds += 60_000
            }
            do throws(StoreFailure) {
                return try controlPlane.expireDue(
                    in: store, with: &surroundings, limit: 100
                ).count
            } catch {
                throw .store(error)
            }
        } completion: { (_: Result<Int, CommandFailure>) in
        }
        wakeWaiting()
    }

    /// Erases values that are older than they are kept, as a running server does; how many
    /// approvals lost theirs.
    func sweep() -> Int {
        let controlPlane = controlPlane
        let box = Box<Result<Int, CommandFailure>>()
        store.write { store, surroundings throws(CommandFailure) in
            try controlPlane.eraseOld(in: store, with: &surroundings, limit: 50).approvals
        } completion: {
            box.put($0)
        }
        guard case .success(let count)? = box.take() else { return 0 }
        return count
    }

    /// Kills the process: what waited is never answered, what was committed stays.
    public func kill(forMilliseconds down: Int64) {
        isUp = false
        process += 1
        waiting = []
        agenda.plan(in: down) { [self] in isUp = true }
    }

    private func perform(_ command: Command, as secret: Digest) -> Result<Answer, CommandFailure> {
        let (controlPlane, isLate) = (controlPlane, decidesByArrival)
        let box = Box<Result<Answer, CommandFailure>>()
        store.write { store, surroundings throws(CommandFailure) in
            if isLate, case .decide = command {
                surroundings.now = surroundings.now.adding(seconds: -10)
            }
            return try controlPlane.perform(command, as: secret, in: store, with: &surroundings)
        } completion: {
            box.put($0)
        }
        return box.take() ?? .failure(.store(.stopped("the store did not answer")))
    }

    private func hold(_ wait: Waiting) {
        waiting.append(wait)
        let born = process
        agenda.plan(in: wait.until - agenda.now) { [self] in
            if born == process { wakeWaiting() }
        }
    }

    private func wakeWaiting() {
        let asleep = waiting
        waiting = []
        for wait in asleep where !answer(wait, isLast: agenda.now >= wait.until) {
            waiting.append(wait)
        }
    }

    /// Answers if there is news or time is up; false when it should go on waiting.
    private func answer(_ wait: Waiting, isLast: Bool) -> Bool {
        let controlPlane = controlPlane
        let now = clock.wall
        let result: Result<Answer, CommandFailure>
        do throws(CommandFailure) {
            result = .success(
                try store.read { store throws(CommandFailure) in
                    try controlPlane.answer(wait.query, as: wait.secret, in: store, at: now)
                })
        } catch {
            result = .failure(error)
        }
        guard isLast || !api.isWorthWaiting(wait.call, result) else { return false }
        wait.reply(api.response(to: wait.call, result))
        return true
    }
}
