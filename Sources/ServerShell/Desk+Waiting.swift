import Approvals
import ControlPlane
import ControlPlaneAPI
import Cryptography
import HTTPServer
import SystemClock
import WireAPI

/// A query, who asks it and in which call.
struct Question: Sendable {
    let query: Query
    let secret: Digest
    let call: APICall

    init(_ query: Query, _ secret: Digest, _ call: APICall) {
        self.query = query
        self.secret = secret
        self.call = call
    }
}

extension Desk {
    /// When somebody who has too many requests waiting may ask for another one.
    static let tooManySeconds = 5

    /// What one look at the store gave: something to say, or something to wait for.
    ///
    /// The answer itself is not kept: ten thousand waiting requests would keep as many arguments.
    private enum Look {
        case say(HTTPResponse)
        case wait(WaitHub.Subject, of: TenantName)
    }

    /// Answers a query, at once or when there is something to say.
    func ask(
        _ question: Question, _ caller: Caller, waitSeconds: Int
    ) async -> HTTPResponse {
        var mark = hub.mark
        switch look(question, mayWait: waitSeconds > 0) {
        case .say(let response): return response
        case .wait(let subject, let tenant):
            let claimant = WaitHub.Claimant(
                token: question.secret, tenant: tenant, isFeed: subject.isFeed)
            guard let ticket = hub.enter(until: ending(waitSeconds), for: claimant) else {
                let refusal = Refusal.tooOften(retryAfterSeconds: Self.tooManySeconds)
                return api.response(.refused(refusal, current: nil))
            }
            defer { hub.leave(ticket) }
            await caller.whenGone { [hub] in hub.abandon(ticket) }
            while true {
                let goesOn = await hub.wait(ticket, for: subject, since: mark)
                mark = hub.mark
                if case .say(let response) = look(question, mayWait: goesOn) { return response }
            }
        }
    }

    /// Answers a query that takes long, in its turn and on a thread of its own.
    func replay(_ question: Question) async -> HTTPResponse {
        guard door.enter(question.secret) else {
            let refusal = Refusal.tooOften(retryAfterSeconds: Self.tooManySeconds)
            return api.response(.refused(refusal, current: nil))
        }
        defer { door.leave(question.secret) }
        let result = await replays.run(for: question.secret) { [self] in replayed(question) }
        guard case .success(let answer) = result, let trial = answer.trial else {
            return api.response(to: question.call, result)
        }
        let (controlPlane, secret) = (controlPlane, question.secret)
        let recorded = await store.written { (writer, surroundings) throws(CommandFailure) in
            try controlPlane.record(trial, as: secret, in: writer, with: &surroundings)
        }
        switch recorded {
        case .success: return api.response(to: question.call, result)
        case .failure(let failure): return api.response(to: question.call, .failure(failure))
        }
    }

    private func replayed(_ question: Question) -> Result<Answer, CommandFailure> {
        let now = Timestamp(milliseconds: clock.wallMilliseconds)
        do throws(CommandFailure) {
            return .success(
                try store.read { (reader) throws(CommandFailure) in
                    try controlPlane.answer(
                        question.query, as: question.secret, in: reader, at: now)
                })
        } catch {
            return .failure(error)
        }
    }

    private func look(_ question: Question, mayWait: Bool) -> Look {
        let now = Timestamp(milliseconds: clock.wallMilliseconds)
        do throws(CommandFailure) {
            return try store.read { (reader) throws(CommandFailure) in
                let answer = try controlPlane.answer(
                    question.query, as: question.secret, in: reader, at: now)
                let result = Result<Answer, CommandFailure>.success(answer)
                if mayWait, api.isWorthWaiting(question.call, result),
                    let token = try stored({ () throws(StoreFailure) in
                        try reader.token(secretDigest: question.secret)
                    }),
                    let subject = subject(of: question, by: token)
                {
                    return .wait(subject, of: token.tenant)
                }
                return .say(api.response(to: question.call, result))
            }
        } catch {
            return .say(api.response(to: question.call, .failure(error)))
        }
    }

    private func subject(of question: Question, by token: Token) -> WaitHub.Subject? {
        switch question.query {
        case .approval(let id): .approval(id)
        case .inbox: .feed(token.tenant)
        case .me, .audit, .history, .tenants, .groups, .members, .agents, .tokens, .policies,
            .people, .explanation, .policyDifference, .shadowReport, .backtest, .grants, .grant,
            .brokenGlass:
            nil
        }
    }

    private func ending(_ waitSeconds: Int) -> Int64 {
        let wait = Int64(waitSeconds) * 1_000
        let early = Int64.random(in: 0...wait / Self.jitterDivisor)
        return clock.monotonicMilliseconds + wait - early
    }
}

extension Query {
    /// Whether it looks at thousands of stored calls.
    var isLong: Bool {
        switch self {
        case .backtest: true
        case .me, .approval, .inbox, .history, .tenants, .groups, .members, .agents, .tokens,
            .policies, .people, .explanation, .policyDifference, .shadowReport, .audit, .grants,
            .grant, .brokenGlass:
            false
        }
    }
}

extension WaitHub.Subject {
    fileprivate var isFeed: Bool {
        switch self {
        case .feed: true
        case .approval: false
        }
    }
}
