import Approvals
import ControlPlane
import Cryptography
import JSONTree
import WireAPI

// What agents send.
extension CallReader {
    func submit() throws(APIFailure) -> Command {
        guard let key = try key() else { throw .keyMissing }
        let value = try json()
        let body = try Self.read(SubmitBody.self, from: value)
        guard let tool = ToolName(body.tool) else {
            throw .field("tool", "must have 1 to \(ToolName.bytesMax) bytes")
        }
        var command = try submission(body, of: tool, under: key, digest: try digest(of: value))
        command.policy = body.policy
        return .submit(command)
    }

    private func submission(
        _ body: SubmitBody, of tool: ToolName, under key: String, digest: Digest
    ) throws(APIFailure) -> SubmitCommand {
        SubmitCommand(
            key: key, payloadDigest: digest, tool: tool, arguments: body.arguments,
            schema: body.schema == .null ? nil : body.schema,
            redactions: try pointers(body.redact ?? []), timeoutSeconds: body.timeoutSeconds,
            posture: body.onTimeout, group: body.group, risk: body.risk,
            context: Context(body.context), origin: Origin(body.origin),
            isFlagged: body.autoApprove ?? false)
    }

    func claim() throws(APIFailure) -> Command {
        let id: ApprovalID = try named()
        let body: ClaimBody = try body()
        guard APILimits.nonceBytes.contains(body.nonce.utf8.count) else {
            let range = APILimits.nonceBytes
            throw .field("nonce", "must have \(range.lowerBound) to \(range.upperBound) bytes")
        }
        let lease = body.leaseSeconds ?? APILimits.leaseSecondsDefault
        guard APILimits.leaseSeconds.contains(lease) else {
            let range = APILimits.leaseSeconds
            throw .field("lease_s", "must be from \(range.lowerBound) to \(range.upperBound)")
        }
        return .claim(
            id, nonceDigest: SHA256.hash(Array(body.nonce.utf8)), leaseSeconds: lease,
            withSalts: body.withSalts ?? false)
    }

    func report() throws(APIFailure) -> Command {
        let id: ApprovalID = try named()
        let body: ReceiptBody = try body()
        return .report(
            id, fencingToken: body.fencingToken, outcome: body.outcome,
            executedDigest: body.effectiveDigest, resultSummary: body.resultSummary)
    }

    func cancel() throws(APIFailure) -> Command {
        let id: ApprovalID = try named()
        guard !call.body.isEmpty else { return .cancel(id, reason: nil) }
        let body: CancelBody = try body()
        return .cancel(id, reason: body.reason)
    }

    private func digest(of value: JSONValue) throws(APIFailure) -> Digest {
        do {
            return try Digest(canonical: value)
        } catch {
            throw .bodyWrong([FieldProblem(error.pointer.description, error.reason)])
        }
    }

    private func pointers(_ texts: [String]) throws(APIFailure) -> [JSONPointer] {
        var pointers: [JSONPointer] = []
        for (index, text) in texts.enumerated() {
            pointers.append(try pointer(text, of: "redact/\(index)"))
        }
        return pointers
    }

    /// A JSON Pointer that a field of the body holds.
    func pointer(_ text: String, of field: String) throws(APIFailure) -> JSONPointer {
        do {
            return try JSONPointer(parsing: text)
        } catch {
            throw .field(field, "must be a JSON Pointer: \(error.reason)")
        }
    }
}

extension Context {
    fileprivate init(_ body: ContextBody?) {
        self.init(
            summary: body?.summary, reason: body?.reason, preview: body?.preview,
            links: (body?.links ?? []).map { Link(title: $0.title, url: $0.url) })
    }
}

extension Origin {
    fileprivate init(_ body: OriginBody?) {
        self.init(
            framework: body?.framework, runID: body?.runID, callID: body?.callID,
            sessionID: body?.sessionID)
    }
}
