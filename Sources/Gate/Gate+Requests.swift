import Approvals
import JSONTree
import WireAPI

extension Gate {
    /// What the stage asks the control plane; nil when there is nothing to ask.
    func request(at now: Int64) -> HTTPRequest? {
        switch stage {
        case .idle, .running, .finished: return nil
        case .submitting:
            var request = post(Route.submit.path, order.submission.wire)
            request.headers["idempotency-key"] = order.idempotencyKey
            return request
        case .waiting:
            guard let approval else { return nil }
            let path = Route.approval.path(naming: approval.rawValue)
            let left = deadline == .max ? Int64.max : max(0, deadline - now)
            let wait = Int(min(Int64(Self.waitSecondsMax), left / 1_000))
            return HTTPRequest(.get, "\(path)?wait=\(wait)", waitSeconds: wait)
        case .claiming:
            let body = ClaimBody(
                nonce: order.nonce, leaseSeconds: order.leaseSeconds,
                withSalts: order.trust == nil ? nil : true)
            return post(.claim, body.wire)
        case .reporting(_, let body): return post(.receipt, body.wire)
        case .cancelling:
            return post(.cancel, CancelBody(reason: "the caller stopped waiting").wire)
        }
    }

    /// The receipt of a run, in bounded words.
    func receipt(for claim: ClaimAnswer, _ outcome: Outcome, _ summary: String?) -> ReceiptBody {
        ReceiptBody(
            fencingToken: claim.fencingToken, outcome: outcome,
            effectiveDigest: claim.effectiveDigest, resultSummary: summary)
    }

    private func post(_ route: Route, _ body: JSONValue) -> HTTPRequest? {
        approval.map { post(route.path(naming: $0.rawValue), body) }
    }

    private func post(_ path: String, _ body: JSONValue) -> HTTPRequest {
        HTTPRequest(
            .post, path, headers: ["content-type": "application/json"],
            body: Array(body.text(.compact).utf8))
    }
}

extension HTTPResponse {
    /// The body as `Value`, or nil when it is something else.
    func value<Value: WireValue>() -> Value? {
        do {
            return try Value(wire: try JSONValue(parsing: body, limits: Self.limits))
        } catch {
            return nil
        }
    }

    /// Answers are larger than what may be sent: a view holds its history.
    private static let limits = JSONLimits(bytesMax: 8 << 20, depthMax: 80)

    /// How long the server asks to be left alone.
    var retryAfterSeconds: Int? { headers["retry-after"].flatMap { Int($0) } }
}

extension Problem {
    /// What happened, with the fields that were wrong.
    var sentence: String {
        ([detail] + fields.map { "\($0.field) \($0.detail)" }).joined(separator: "; ")
    }
}
