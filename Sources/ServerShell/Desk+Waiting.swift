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
    /// What one look at the store gave.
    private struct Look {
        let result: Result<Answer, CommandFailure>
        /// What to wait for, when waiting makes sense.
        let subject: WaitHub.Subject?
    }

    /// Answers a query, at once or when there is something to say.
    func ask(
        _ question: Question, _ caller: Caller, waitSeconds: Int
    ) async -> HTTPResponse {
        guard waitSeconds > 0 else { return answer(question, look(question, mayWait: false)) }
        let mark = hub.mark
        let first = look(question, mayWait: true)
        guard let subject = first.subject else { return answer(question, first) }
        let ticket = hub.enter(until: ending(waitSeconds))
        defer { hub.leave(ticket) }
        await caller.whenGone { [hub] in hub.abandon(ticket) }
        return await wait(question, ticket, subject, mark, first)
    }

    /// Looks again after every commit that may matter, until it is worth an answer or it is over.
    private func wait(
        _ question: Question, _ ticket: WaitHub.Ticket, _ subject: WaitHub.Subject,
        _ firstMark: Int, _ first: Look
    ) async -> HTTPResponse {
        var mark = firstMark
        var last = first
        while last.subject != nil {
            let goesOn = await hub.wait(ticket, for: subject, since: mark)
            mark = hub.mark
            last = look(question, mayWait: true)
            guard goesOn else { break }
        }
        return answer(question, last)
    }

    private func answer(_ question: Question, _ look: Look) -> HTTPResponse {
        api.response(to: question.call, look.result)
    }

    private func look(_ question: Question, mayWait: Bool) -> Look {
        let now = Timestamp(milliseconds: clock.wallMilliseconds)
        do throws(CommandFailure) {
            return try store.read { (reader) throws(CommandFailure) in
                let answer = try controlPlane.answer(
                    question.query, as: question.secret, in: reader, at: now)
                let result = Result<Answer, CommandFailure>.success(answer)
                guard mayWait, api.isWorthWaiting(question.call, result) else {
                    return Look(result: result, subject: nil)
                }
                return Look(result: result, subject: try subject(of: question, in: reader))
            }
        } catch {
            return Look(result: .failure(error), subject: nil)
        }
    }

    private func subject(
        of question: Question, in reader: any StoreReader
    ) throws(CommandFailure) -> WaitHub.Subject? {
        switch question.query {
        case .approval(let id): return .approval(id)
        case .inbox:
            let token = try stored { () throws(StoreFailure) in
                try reader.token(secretDigest: question.secret)
            }
            return token.map { .feed($0.tenant) }
        case .me, .history, .tenants, .groups, .members, .agents, .tokens: return nil
        }
    }

    private func ending(_ waitSeconds: Int) -> Int64 {
        let wait = Int64(waitSeconds) * 1_000
        let early = Int64.random(in: 0...wait / Self.jitterDivisor)
        return clock.monotonicMilliseconds + wait - early
    }
}
