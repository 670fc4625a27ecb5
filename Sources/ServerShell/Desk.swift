import Approvals
import ControlPlane
import ControlPlaneAPI
import Cryptography
import HTTPServer
import Logging
import SystemClock
import WireAPI

/// Answers calls: it carries out what the API planned, against the store, and knows no rule.
struct Desk: Sendable {
    /// The end of a wait comes up to a sixteenth early, so that clients do not return in step.
    static let jitterDivisor: Int64 = 16

    /// How much of a method that may be none of ours is logged.
    static let methodShownMax = 10

    let api = ControlPlaneAPI()
    let controlPlane: ControlPlane
    let store: any RunningStore
    let hub: WaitHub
    let clock: SystemClock
    let figures: Figures
    let logger: Logger
    let door = TokenDoor()
    let exams = ExamRoom()
    /// Stored calls are judged again beside the exams, so that no decision waits for it.
    let replays = ExamRoom()

    /// Answers one call.
    func respond(to call: APICall, from caller: Caller) async -> HTTPResponse {
        let begun = clock.monotonicMilliseconds
        let route = api.route(of: call)
        let response: HTTPResponse
        var waitSeconds = 0
        switch api.plan(call) {
        case .respond(let ready): response = ready
        case .observe(let observation): response = await observe(observation)
        case .hold(let hook):
            waitSeconds = hook.waitSeconds
            response = await hold(hook, of: call, from: caller)
        case .perform(let command, let secret):
            response = await perform(command, as: secret, for: call)
        case .ask(let query, let secret, let seconds):
            waitSeconds = seconds
            let question = Question(query, secret, call)
            response =
                query.isLong
                ? await replay(question)
                : await ask(question, caller, waitSeconds: seconds)
        }
        let taken = clock.monotonicMilliseconds - begun
        figures.answered(route, response.status, milliseconds: waitSeconds > 0 ? nil : taken)
        log(call, route, response, milliseconds: taken)
        return response
    }

    private func perform(
        _ command: Command, as secret: Digest, for call: APICall
    ) async -> HTTPResponse {
        guard door.enter(secret) else {
            let refusal = Refusal.tooOften(retryAfterSeconds: Self.tooManySeconds)
            return api.response(.refused(refusal, current: nil))
        }
        defer { door.leave(secret) }
        let result = await performed(command, as: secret)
        switch result {
        case .success(.refused), .failure: break
        case .success: figures.performed(command)
        }
        return api.response(to: call, result)
    }

    /// Asks the writer, after everything that it need not do itself.
    private func performed(
        _ command: Command, as secret: Digest
    ) async -> Result<Answer, CommandFailure> {
        let controlPlane = controlPlane
        let ready: Command
        do throws(CommandFailure) {
            try requireHolder(of: secret)
            ready = try await examined(command, as: secret)
        } catch {
            return .failure(error)
        }
        return await store.written { (writer, surroundings) throws(CommandFailure) in
            try controlPlane.perform(ready, as: secret, in: writer, with: &surroundings)
        }
    }

    private func requireHolder(of secret: Digest) throws(CommandFailure) {
        guard !door.knows(secret) else { return }
        let now = Timestamp(milliseconds: clock.wallMilliseconds)
        try store.read { (reader) throws(CommandFailure) in
            try controlPlane.requireHolder(of: secret, in: reader, at: now)
        }
        door.remember(secret)
    }

    private func examined(
        _ command: Command, as secret: Digest
    ) async throws(CommandFailure) -> Command {
        var command = command
        for place in 0..<command.examsCount {
            let now = Timestamp(milliseconds: clock.wallMilliseconds)
            let exam = try store.read { (reader) throws(CommandFailure) in
                try controlPlane.exam(of: command, at: place, as: secret, in: reader, at: now)
            }
            guard let exam, let finding = await exams.run(for: secret, { exam.finding() })
            else { continue }
            command.take(finding, at: place)
        }
        return command
    }

    private func observe(_ observation: Observation) async -> HTTPResponse {
        switch observation {
        case .metrics:
            return HTTPResponse(
                status: 200, headers: ["content-type": "text/plain; version=0.0.4; charset=utf-8"],
                body: Array(figures.text(waiting: hub.count).utf8))
        case .readiness:
            // Nobody's token: so many may ask at once as may of one.
            let nobody = SHA256.hash([])
            guard door.enter(nobody) else { return .plain(503, "too many ask at once\n") }
            defer { door.leave(nobody) }
            let result = await store.written { (_, _) throws(CommandFailure) in true }
            switch result {
            case .success: return .plain(200, readiness)
            case .failure: return .plain(503, "the store cannot be written\n")
            }
        }
    }

    /// One damaged approval is no reason to send every client away, and must not stay unseen.
    private var readiness: String {
        let count = figures.damaged.count
        return count == 0
            ? "ready\n" : "ready; \(count) approvals are damaged and stay undecided, see the log\n"
    }

    /// A path that is none of ours, or a name in one of ours, could hold anything, a token too.
    private func shownPath(_ call: APICall, _ route: Route?) -> Substring {
        guard let route else { return "unknown" }
        let segments = call.path.split(separator: "/", omittingEmptySubsequences: false)
        let isNamed = route.path.contains("{")
        let isKnown = segments.contains { ApprovalID(String($0)) != nil }
        return isNamed && !isKnown ? route.path[...] : call.path
    }

    private func log(
        _ call: APICall, _ route: Route?, _ response: HTTPResponse, milliseconds: Int64
    ) {
        let isRead = ["GET", "HEAD"].contains(call.method)
        let isQuiet = isRead && response.status < 500
        logger.log(
            level: response.status >= 500 ? .error : isQuiet ? .debug : .info, "request",
            metadata: [
                "method": "\(call.method.prefix(Self.methodShownMax))",
                "path": "\(shownPath(call, route))", "status": "\(response.status)",
                "ms": "\(milliseconds)",
            ])
    }
}

extension APICall {
    /// The path without the query, which may hold what somebody searched for.
    fileprivate var path: Substring { target.prefix { $0 != "?" } }
}
