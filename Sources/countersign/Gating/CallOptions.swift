import Approvals
import ArgumentParser
import AuditVerifier
import Gate
import JSONTree
import WireAPI

/// What describes the call that is held.
struct CallOptions: ParsableArguments {
    @Option(name: .long, help: "The name of the tool.")
    var tool: String?

    @Option(name: .long, help: "The arguments, a JSON object.")
    var args: String?

    @Option(name: .long, help: "A file with the arguments; - for standard input.")
    var argsFile: String?

    @Option(name: .long, help: "Hide the value at this JSON Pointer from approvers. Repeatable.")
    var redact: [String] = []

    @Option(name: .long, help: "How long people have: seconds, or 90s, 5m, 2h.")
    var timeout: String?

    @Option(name: .long, help: "What expiry does: fail-closed, or fail-open where it is allowed.")
    var onTimeout: String?

    @Option(name: .long, help: "The same key is the same approval, also after a restart.")
    var idempotencyKey: String?

    @Option(name: .long, help: "A file that keeps the key, made when it is not there.")
    var state: String?

    @Option(name: .long, help: "A file with the JSON Schema of the arguments.")
    var schema: String?

    @Option(name: .long, help: "One line for the approver.")
    var summary: String?

    @Option(name: .long, help: "Why the call is wanted.")
    var reason: String?

    @Option(name: .long, help: "What would happen.")
    var preview: String?

    @Option(name: .long, help: "The group that is asked.")
    var group: String?

    @Option(name: .long, help: "At least this risk: low, medium, high or critical.")
    var risk: String?

    @Option(name: .long, help: "How long the tool may run before it counts as lost.")
    var lease: String?

    @Option(
        name: .customLong("require-proof"),
        help: "Run nothing without a proof by the audit log that this trust file names.",
        completion: .file())
    var requireProof: String?

    func validateForGate() throws {
        guard tool != nil else { throw ValidationError("Name the tool with --tool.") }
        guard (args == nil) != (argsFile == nil) else {
            throw ValidationError("Give the arguments with --args or with --args-file.")
        }
        guard idempotencyKey == nil || state == nil else {
            throw ValidationError("Give --idempotency-key or --state, not both.")
        }
    }

    func validateForHook() throws {
        guard namesNoCall else {
            throw ValidationError("A hook's event names the tool, the arguments and the key.")
        }
    }

    func validateForGateway() throws {
        guard namesNoCall, schema == nil else {
            throw ValidationError("The client names the tool, the arguments and the key.")
        }
    }

    private var namesNoCall: Bool {
        tool == nil && args == nil && argsFile == nil && idempotencyKey == nil && state == nil
    }

    /// The order of a call that the command line describes; without a key to keep when it is not
    /// meant to be sent.
    func order(makingKey: Bool = true) throws(Complaint) -> GateOrder {
        let arguments =
            if let args { try InputFile.json(Array(args.utf8), named: "--args") } else {
                try InputFile.json(argsFile ?? "-")
            }
        let submission = try submission(
            tool: tool ?? "", arguments: arguments, origin: nil,
            timeoutSeconds: try timeout.map(seconds))
        return try order(submission, key: makingKey ? try key() : "dry-run")
    }

    /// The order of a submission under a key.
    func order(_ submission: SubmitBody, key: String) throws(Complaint) -> GateOrder {
        do {
            return try GateOrder(
                submission, idempotencyKey: key, nonce: SystemSource.nonce(),
                leaseSeconds: lease == nil ? nil : try seconds(lease ?? "", for: "--lease"),
                trust: try trust())
        } catch let complaint as Complaint {
            throw complaint
        } catch {
            throw Complaint(
                "The arguments have no canonical form: \(error).",
                next: "Send numbers that a double holds exactly, or strings.", .badInput)
        }
    }

    /// What the control plane is told about the call.
    func submission(
        tool: String, arguments: JSONValue, origin: OriginBody?, timeoutSeconds: Int?
    ) throws(Complaint) -> SubmitBody {
        guard arguments.objectValue != nil else {
            throw Complaint(
                "The arguments are no JSON object.", next: "Write them as {\"name\": value}.",
                .badInput)
        }
        for pointer in redact { _ = try Parsed.pointer(pointer) }
        var body = SubmitBody(tool: tool, arguments: arguments)
        if let schema { body.schema = try InputFile.json(schema) }
        body.redact = redact.isEmpty ? nil : redact
        body.timeoutSeconds = timeoutSeconds
        if let onTimeout { body.onTimeout = try Parsed.choice(onTimeout, for: "--on-timeout") }
        if let group { body.group = try Parsed.group(group) }
        if let risk { body.risk = try Parsed.choice(risk, for: "--risk") }
        if summary != nil || reason != nil || preview != nil {
            body.context = ContextBody(summary: summary, reason: reason, preview: preview)
        }
        body.origin = origin
        return body
    }

    /// How long gate tries while the control plane has not said how long it may take.
    func patience() throws(Complaint) -> GatePatience {
        let seconds = try timeout.map(seconds) ?? 900
        return .asLongAsTheApproval(unansweredMilliseconds: Int64(seconds) * 1_000 + 10_000)
    }

    /// Whose proof is wanted; nil when none is.
    private func trust() throws(Complaint) -> GateTrust? {
        guard let requireProof else { return nil }
        let trust = try AuditRequest.trust(requireProof)
        guard !trust.logKeys.isEmpty else {
            throw Complaint(
                "\(requireProof) names no key of a log.", next: "Put one into log_vkeys.", .usage)
        }
        return GateTrust(origin: trust.origin, keys: trust.logKeys)
    }

    private func key() throws(Complaint) -> String {
        if let idempotencyKey { return idempotencyKey }
        if let state { return try KeyFile.key(at: state) }
        return SystemSource.uniqueName()
    }

    private func seconds(_ text: String) throws(Complaint) -> Int {
        try seconds(text, for: "--timeout")
    }

    private func seconds(_ text: String, for option: String) throws(Complaint) -> Int {
        try Parsed.seconds(text, for: option)
    }
}
