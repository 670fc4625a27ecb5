import Approvals
import CurlTransport
import Gate
public import JSONTree
import SystemClock
import WireAPI

/// Holds calls of tools until a person has decided on them, and runs what they released.
///
///     let gate = try CountersignGate.fromEnvironment()
///     let answer = try await gate.run("issue_refund", ["amount_cents": 184_000]) { call in
///         try await refund(call.arguments)
///     }
///
/// It survives restarts of the control plane and lost answers, never runs a tool twice, and never
/// runs arguments that were not decided on: every doubt is a `GateFailure`, and nothing ran.
public struct CountersignGate: Sendable {
    private let worker: GateWorker

    /// A gate to the control plane at an address, with the token of an agent.
    ///
    /// Throws `misconfigured` for an address that is none, or that is not encrypted and not on this
    /// machine, and for a token that cannot be sent. `trustedCertificates` names a file of those to
    /// trust instead of the system's. Nothing is sent before the first call.
    public init(
        server: String, token: String, trustedCertificates: String? = nil
    ) throws(GateFailure) {
        guard let address = ServerAddress(server) else {
            throw .misconfigured("The address of the control plane is no http:// or https:// URL.")
        }
        guard address.isEncrypted || address.isThisMachine else {
            throw .misconfigured("\(address) is not encrypted; use https://.")
        }
        guard let token = BearerToken(token) else {
            throw .misconfigured("The token is empty or holds what no token holds.")
        }
        let options = TransportOptions(
            trustedCertificates: trustedCertificates, userAgent: "countersign-swift")
        guard let transport = CurlTransport(to: address, token: token, options: options),
            let worker = GateWorker(transport)
        else { throw .misconfigured("The process may open no more files.") }
        self.worker = worker
    }

    /// A gate with the address in `COUNTERSIGN_URL` and the token in `COUNTERSIGN_TOKEN`.
    public static func fromEnvironment() throws(GateFailure) -> CountersignGate {
        guard let server = SystemEnvironment()["COUNTERSIGN_URL"] else {
            throw .misconfigured("COUNTERSIGN_URL is not set.")
        }
        guard let token = SystemEnvironment()["COUNTERSIGN_TOKEN"] else {
            throw .misconfigured("COUNTERSIGN_TOKEN is not set.")
        }
        return try CountersignGate(server: server, token: token)
    }

    /// Holds a call, and runs the tool with what a person released.
    ///
    /// Throws `GateFailure` when the call was not released, and what `tool` throws when it fails;
    /// then the control plane is told that it failed.
    public func run<Value>(
        _ tool: String, _ arguments: JSONValue, isolation: isolated (any Actor)? = #isolation,
        body: (ReleasedCall) async throws -> Value
    ) async throws -> Value {
        try await run(GatedCall(tool, arguments), isolation: isolation, body: body)
    }

    /// Holds a call with everything that can be said of it, and runs the tool with what a person
    /// released.
    ///
    /// A cancellation of the task while people decide cancels the approval. Once the tool runs, its
    /// end is reported whatever happens to the task.
    public func run<Value>(
        _ call: GatedCall, isolation: isolated (any Actor)? = #isolation,
        body: (ReleasedCall) async throws -> Value
    ) async throws -> Value {
        let order = try call.order()
        let number = worker.start(order, patience: call.patience)
        let claim = try await released(number, isolation: isolation)
        let isEdited = claim.effectiveDigest != order.proposedDigest
        let released = ReleasedCall(
            arguments: claim.arguments, isEdited: isEdited, approval: claim.id.rawValue)
        do {
            let value = try await body(released)
            await worker.report(number, .succeeded, "the tool returned")
            return value
        } catch {
            await worker.report(number, .failed, "the tool threw an error")
            throw error
        }
    }

    private func released(
        _ number: Int, isolation: isolated (any Actor)?
    ) async throws -> ClaimAnswer {
        let step = await withTaskCancellationHandler {
            await worker.next(of: number)
        } onCancel: {
            worker.interrupt(number)
        }
        switch step {
        case .run(let claim): return claim
        case .finished(let verdict):
            throw GateFailure(verdict) ?? .tampered("The gate ended before the tool ran.")
        }
    }
}

extension GatedCall {
    /// How long the gate tries: as long as people have, and a while for the first answer.
    fileprivate var patience: GatePatience {
        .asLongAsTheApproval(unansweredMilliseconds: Int64(timeoutSeconds ?? 900) * 1_000 + 10_000)
    }

    fileprivate func order() throws(GateFailure) -> GateOrder {
        guard arguments.objectValue != nil else {
            throw .misconfigured("The arguments are no JSON object.")
        }
        var body = SubmitBody(tool: tool, arguments: arguments, schema: schema)
        body.redact = redact.isEmpty ? nil : redact
        body.timeoutSeconds = timeoutSeconds
        body.group = try group.map { (name) throws(GateFailure) in
            guard let group = GroupName(name) else {
                throw .misconfigured("\"\(name)\" is no name of a group.")
            }
            return group
        }
        body.risk = try risk.map { (word) throws(GateFailure) in
            guard let risk = Risk(rawValue: word) else {
                throw .misconfigured("\"\(word)\" is no risk: low, medium, high or critical.")
            }
            return risk
        }
        if summary != nil || reason != nil {
            body.context = ContextBody(summary: summary, reason: reason)
        }
        body.origin = OriginBody(
            framework: "swift", runID: runID, callID: callID, sessionID: sessionID)
        do {
            return try GateOrder(
                body, idempotencyKey: key, nonce: FreshNames.nonce(), leaseSeconds: leaseSeconds)
        } catch {
            throw .misconfigured("The arguments have no canonical form: \(error).")
        }
    }

    private var key: String {
        if let idempotencyKey { return idempotencyKey }
        guard let runID, let callID else { return FreshNames.uniqueName() }
        // Lengths keep "a" + "bc" apart from "ab" + "c".
        return "swift:\(runID.utf8.count):\(runID):\(callID)"
    }
}
