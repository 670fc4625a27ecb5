import Approvals
import WireAPI

extension Inbox {
    /// Sends the first batch of what was confirmed; the others wait for its answer.
    mutating func sendBatches(_ holding: Holding) {
        guard let first = holding.batches.first else { return }
        if holding.count == 1 {
            for draft in first { send(draft) }
            return
        }
        let rest = Array(holding.batches.dropFirst())
        if !rest.isEmpty {
            save(rest.joined().map { .putDraft($0) })
            outbox.holdings.append(Holding(rest, until: nil))
        }
        outbox.batches += 1
        var sent: [Draft] = []
        for var draft in first {
            draft.stage = .sent
            outbox.drafts[draft.id] = nil
            outbox.reshown.remove(draft.id)
            var outgoing = Outbox.Outgoing(draft: draft)
            outgoing.batch = outbox.batches
            outbox.outgoing[draft.id] = outgoing
            sent.append(draft)
        }
        save(sent.map { .putDraft($0) })
        post(sent)
    }

    /// Sends decisions in one request; asking again uses the same keys.
    mutating func post(_ drafts: [Draft]) {
        let ids = drafts.map(\.id)
        let codes = outbox.codes
        for id in ids { outbox.codes[id] = nil }
        let request = send(
            Requests.decisions(drafts, codes: codes, seen: logWatch.vouched),
            for: .decisions(ids))
        for id in ids {
            outbox.outgoing[id]?.request = request
            outbox.outgoing[id]?.retryAt = nil
            bulk?.record(id, .onItsWay)
        }
    }

    mutating func answeredDecisions(
        _ ids: [ApprovalID], _ result: Result<HTTPResponse, TransportFailure>
    ) {
        let ids = ids.filter { outbox.outgoing[$0] != nil }
        for id in ids { outbox.outgoing[id]?.request = nil }
        var outcomes: [BulkOutcome] = []
        for (id, reply) in replies(to: ids, in: result) {
            let outcome = take(reply, of: id)
            bulk?.record(id, outcome)
            outcomes.append(outcome)
        }
        // What was sent together is asked again together.
        let retryAt = ids.compactMap { outbox.outgoing[$0]?.retryAt }.max()
        for id in ids where outbox.outgoing[id] != nil { outbox.outgoing[id]?.retryAt = retryAt }
        sayOfMany(BulkOutcomes(outcomes))
    }

    /// What was said to each; nil where nobody knows.
    private func replies(
        to ids: [ApprovalID], in result: Result<HTTPResponse, TransportFailure>
    ) -> [(ApprovalID, DecisionReply)] {
        switch result {
        case .failure(let failure): return ids.map { ($0, .none(failure)) }
        case .success(let response) where response.status != 200:
            let problem = Answers.problem(in: response)
            let pause = Answers.retryAfter(response)
            return ids.map { ($0, .refusal(response.status, problem, retryAfter: pause)) }
        case .success(let response):
            guard
                case .success(let answer) = Answers.read(BulkDecisionAnswer.self, from: response)
            else { return ids.map { ($0, .unreadable) } }
            var results: [ApprovalID: BulkDecisionResult] = [:]
            for result in answer.items { results[result.id] = result }
            return ids.map { ($0, DecisionReply(results[$0])) }
        }
    }

    /// One of many was answered; what is said of it stands in its row of the table.
    private mutating func take(_ reply: DecisionReply, of id: ApprovalID) -> BulkOutcome {
        guard let outgoing = outbox.outgoing[id] else { return .onItsWay }
        switch reply {
        case .recorded(let view) where view.id == id:
            return .recorded(acknowledged(outgoing.draft, view))
        case .recorded, .unreadable:
            return doubted(id, "the server's answer could not be read", nil)
        case .refusal(let status, let problem, let pause):
            switch status {
            case 408, 429, 500...599: return doubted(id, problem.detail, pause)
            case 401: return doubted(id, "your token is not accepted", 30)
            case _: return .refused(refused(outgoing.draft, problem, isAlone: false))
            }
        case .none(let failure) where !failure.wasSent && outgoing.doubt == nil:
            outbox.outgoing[id] = nil
            putAside(outgoing.draft)
            return .kept("a draft, not sent: \(failure.sentence)")
        case .none(let failure): return doubted(id, failure.sentence, nil)
        }
    }

    private mutating func doubted(
        _ id: ApprovalID, _ reason: String, _ retryAfter: Int?
    ) -> BulkOutcome {
        doubt(id, reason, retryAfter: retryAfter)
        return .unknown("sent, not confirmed: \(reason); it is asked again")
    }

    /// What became of a batch, in one sentence.
    private mutating func sayOfMany(_ outcomes: BulkOutcomes) {
        var parts = outcomes.parts
        let waiting = outbox.holdings.filter { $0.until == nil }.reduce(0) { $0 + $1.count }
        if waiting > 0 { parts.append("\(waiting) to be sent") }
        let isGood = outcomes.refused + outcomes.unknown + outcomes.kept == 0
        say(isGood ? .success : .warning, parts.joined(separator: ", ") + ".")
    }
}

/// What the server said to one decision of many.
enum DecisionReply {
    case recorded(ApproverView)
    case refusal(Int, Problem, retryAfter: Int?)
    /// There was an answer, but not one that says what became of it.
    case unreadable
    /// There was no answer.
    case none(TransportFailure)

    init(_ result: BulkDecisionResult?) {
        guard let result else {
            self = .unreadable
            return
        }
        if result.status == 200 {
            self = result.approval.map { .recorded($0) } ?? .unreadable
        } else {
            self = .refusal(
                result.status, result.problem ?? Answers.unexplained(result.status),
                retryAfter: nil)
        }
    }
}
