public import Approvals
import Cryptography
import JSONTree
import WireAPI

/// Holds one call: submit, wait, claim, run, report.
///
/// It survives restarts of the control plane by asking again with the same key and the same
/// nonce, and fails closed: without a claim that fits what was decided, nothing runs.
public struct Gate: Hashable, Sendable {
    /// What is held.
    public let order: GateOrder
    /// True when the tool is run by the gate, and its end is reported.
    public let runsTool: Bool
    /// The approval, once the control plane has named it.
    public private(set) var approval: ApprovalID?
    /// How it ended; nil while it goes on.
    public private(set) var verdict: GateVerdict?

    /// The longest that one answer is waited for.
    public static let waitSecondsMax = 20
    /// How much longer than the approval's own time the gate tries to hear of its end.
    static let graceMilliseconds: Int64 = 60_000
    /// How long a gate that must stop tries to say so.
    static let farewellMilliseconds: Int64 = 5_000
    /// How long the end of the tool is tried to be reported.
    static let receiptMilliseconds: Int64 = 120_000

    enum Stage: Hashable, Sendable {
        case idle, submitting, waiting, claiming, running(ClaimAnswer)
        case reporting(ClaimAnswer, ReceiptBody), cancelling, finished
    }

    var stage = Stage.idle
    private let patience: GatePatience
    private var backOff: BackOff
    private(set) var deadline: Int64 = .max
    private var calls = 0
    private var pendingCall: Int?
    private var sentAt: Int64 = 0
    private var farewell: GateVerdict?
    /// What the audit log says was released, when a proof of it was asked for.
    private var provedRoot: Digest?

    /// Begins nothing yet; `seed` only spreads the retries of many gates.
    public init(_ order: GateOrder, patience: GatePatience, runsTool: Bool, seed: UInt64) {
        self.order = order
        self.patience = patience
        self.runsTool = runsTool
        backOff = BackOff(seed: seed)
    }

    /// Takes in what happened and says what to do about it.
    public mutating func update(_ message: GateMessage) -> [GateEffect] {
        guard verdict == nil else { return [] }
        switch message {
        case .started(let now): return start(at: now)
        case .answered(let call, let result, let now):
            guard call == pendingCall else { return [] }
            pendingCall = nil
            return take(result, at: now)
        case .woke(let now): return wake(at: now)
        case .interrupted(let now): return stop(.interrupted, at: now)
        case .executed(let outcome, let summary, let now):
            return report(outcome, summary, at: now)
        }
    }

    private mutating func start(at now: Int64) -> [GateEffect] {
        switch patience {
        case .asLongAsTheApproval(let unanswered): deadline = now + unanswered
        case .exactly(let milliseconds), .leaving(let milliseconds):
            deadline = now + milliseconds
        }
        stage = .submitting
        return send(at: now)
    }

    /// Sends what the stage needs.
    private mutating func send(at now: Int64) -> [GateEffect] {
        guard let request = request(at: now) else { return [] }
        calls += 1
        pendingCall = calls
        sentAt = now
        return [.send(call: calls, request), .wake(at: deadline)]
    }

    private mutating func retry(at now: Int64, after seconds: Int? = nil) -> [GateEffect] {
        [.wake(at: min(deadline, now + backOff.next(retryAfterSeconds: seconds)))]
    }

    private mutating func wake(at now: Int64) -> [GateEffect] {
        if now >= deadline { return runOut(at: now) }
        if case .running = stage { return [] }
        guard pendingCall == nil else { return [.wake(at: deadline)] }
        return send(at: now)
    }

    /// The patience is over.
    private mutating func runOut(at now: Int64) -> [GateEffect] {
        switch stage {
        case .running: return []
        case .reporting:
            return finish(farewell ?? .executed(isReported: false))
        case .cancelling: return finish(farewell ?? .gaveUp)
        case .idle, .submitting, .waiting, .claiming, .finished:
            if let farewell { return finish(farewell) }
            switch patience {
            case .exactly: return stop(.gaveUp, at: now)
            case .leaving where approval != nil: return finish(.gaveUp)
            case .leaving, .asLongAsTheApproval:
                return finish(.unreachable("No answer came from the control plane in time."))
            }
        }
    }

    /// Ends the gate in good order: the approval is cancelled, so that nobody decides in vain.
    private mutating func stop(_ verdict: GateVerdict, at now: Int64) -> [GateEffect] {
        if case .running = stage { return [] }
        guard farewell == nil else { return finish(verdict) }
        farewell = verdict
        deadline = now + Self.farewellMilliseconds
        // An answer that is under way may name the approval, or hand out the claim: hear it first.
        if stage == .submitting || stage == .claiming, pendingCall != nil {
            return [.wake(at: deadline)]
        }
        if case .reporting = stage { return [.wake(at: deadline)] }
        return cancel(at: now)
    }

    private mutating func cancel(at now: Int64) -> [GateEffect] {
        guard approval != nil else { return finish(farewell ?? .interrupted) }
        let dropped = pendingCall.map { [GateEffect.drop(call: $0)] } ?? []
        stage = .cancelling
        return dropped + send(at: now)
    }

    mutating func finish(_ verdict: GateVerdict) -> [GateEffect] {
        let dropped = pendingCall.map { [GateEffect.drop(call: $0)] } ?? []
        pendingCall = nil
        self.verdict = verdict
        stage = .finished
        return dropped + [.finish(verdict)]
    }
}

extension Gate {
    /// Looks at an answer, or at why there is none.
    private mutating func take(
        _ result: Result<HTTPResponse, TransportFailure>, at now: Int64
    ) -> [GateEffect] {
        switch result {
        case .failure(let failure):
            // A certificate that is not trusted will not be trusted by asking again.
            if failure.kind == .insecure { return finish(.unreachable(failure.sentence)) }
            return again(at: now, after: nil)
        case .success(let response):
            if isWorthRetrying(response) {
                return again(at: now, after: response.retryAfterSeconds)
            }
            backOff.reset()
            return take(response, at: now)
        }
    }

    private mutating func again(at now: Int64, after seconds: Int?) -> [GateEffect] {
        if now >= deadline { return runOut(at: now) }
        if farewell != nil, stage == .submitting { return finish(farewell ?? .interrupted) }
        return retry(at: now, after: seconds)
    }

    private func isWorthRetrying(_ response: HTTPResponse) -> Bool {
        switch response.status {
        case 408, 425, 429, 500...599: true
        // The same key is being worked on right now.
        case 409: response.retryAfterSeconds != nil
        default: false
        }
    }

    private mutating func take(_ response: HTTPResponse, at now: Int64) -> [GateEffect] {
        switch stage {
        case .submitting, .waiting: takeView(response, at: now)
        case .claiming: takeClaim(response, at: now)
        case .reporting: takeReceipt(response)
        case .cancelling: finish(farewell ?? .cancelled)
        case .idle, .running, .finished: []
        }
    }

    private mutating func takeView(_ response: HTTPResponse, at now: Int64) -> [GateEffect] {
        guard (200...299).contains(response.status) else { return refuse(response) }
        guard let view: AgentView = response.value() else {
            return finish(.tampered("The control plane answered with something unreadable."))
        }
        guard view.proposedDigest == order.proposedDigest, approval ?? view.id == view.id else {
            return finish(.tampered("The approval on the control plane is not of this call."))
        }
        approval = view.id
        if farewell != nil { return view.state.isTerminal ? finishFarewell() : cancel(at: now) }
        if case .asLongAsTheApproval = patience {
            let last = view.claimDeadline ?? view.deadline
            deadline = now + max(0, last.since(view.createdAt)) + Self.graceMilliseconds
        }
        return follow(view, at: now)
    }

    private mutating func finishFarewell() -> [GateEffect] { finish(farewell ?? .interrupted) }

    private mutating func follow(_ view: AgentView, at now: Int64) -> [GateEffect] {
        switch view.state {
        case .pending:
            let wasWaiting = stage == .waiting
            stage = .waiting
            // A server that shuts down answers its waiting polls at once: do not run in circles.
            let isEarly = wasWaiting && now - sentAt < 1_000
            return isEarly ? retry(at: now) : send(at: now)
        case .rejected: return finish(.rejected(Rejection(view)))
        case .cancelled: return finish(.cancelled)
        case .expired, .approved:
            guard view.isReleased else { return finish(.expired) }
            if let trust = order.trust {
                // The answer to a submission is made before its event is durable: ask for it again.
                if view.proof == nil, stage == .submitting {
                    stage = .waiting
                    return send(at: now)
                }
                switch trust.root(provedBy: view.proof, for: view.id) {
                case .success(let root): provedRoot = root
                case .failure(let flaw): return finish(.tampered(flaw.sentence))
                }
            }
            stage = .claiming
            return send(at: now)
        }
    }

    private mutating func takeClaim(_ response: HTTPResponse, at now: Int64) -> [GateEffect] {
        switch response.status {
        case 200...299: break
        case 409: return finish(.alreadyClaimed)
        case 410: return finish(.claimTooLate)
        default: return refuse(response)
        }
        guard let claim: ClaimAnswer = response.value() else {
            return finish(.tampered("The claim was answered with something unreadable."))
        }
        if let reason = flaw(of: claim) { return finish(.tampered(reason)) }
        guard let farewell else {
            guard runsTool else { return finish(.released(claim)) }
            stage = .running(claim)
            return [.run(claim)]
        }
        // Told to stop, and yet the claim came: say that it was not run.
        let body = receipt(for: claim, .failed, "not run: the gate was told to stop")
        stage = .reporting(claim, body)
        self.farewell = farewell
        return send(at: now)
    }

    /// Why a claim is not for this call, or not what its digest says.
    private func flaw(of claim: ClaimAnswer) -> String? {
        guard claim.id == approval, claim.tool.utf8.elementsEqual(order.submission.tool.utf8) else {
            return "The claim is for another call."
        }
        do {
            guard try Digest(canonical: claim.arguments) == claim.effectiveDigest else {
                return "The arguments are not the ones that were decided: their digest differs."
            }
            guard order.trust != nil else { return nil }
            guard let provedRoot, try GateTrust.root(of: claim) == provedRoot else {
                return "The arguments are not the ones that the audit log says were released."
            }
            return nil
        } catch {
            return "The arguments have no canonical form, so their digest cannot be checked."
        }
    }

    private mutating func report(
        _ outcome: Outcome, _ summary: String?, at now: Int64
    ) -> [GateEffect] {
        guard case .running(let claim) = stage else { return [] }
        stage = .reporting(claim, receipt(for: claim, outcome, summary))
        deadline = now + Self.receiptMilliseconds
        backOff.reset()
        return send(at: now)
    }

    private mutating func takeReceipt(_ response: HTTPResponse) -> [GateEffect] {
        finish(farewell ?? .executed(isReported: (200...299).contains(response.status)))
    }

    private mutating func refuse(_ response: HTTPResponse) -> [GateEffect] {
        let problem: Problem? = response.value()
        return finish(
            .refused(
                status: response.status,
                detail: problem?.sentence ?? "The control plane answered \(response.status).",
                nextStep: problem?.nextStep ?? "Ask whoever runs the control plane."))
    }
}
