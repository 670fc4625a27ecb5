import Approvals
import Audit
import ControlPlane
import Cryptography
import JSONTree
import Simulation
import Testing

// Short words for what tests do over and over.
extension Desk {
    static let refund: JSONValue = [
        "customer": "cus_91", "amount_cents": 184_000, "recipient": ["iban": "DE89370400440532"],
    ]

    static func submission(
        key: String = "k1", tool: String = "issue_refund", arguments: JSONValue = refund,
        redact: [String] = []
    ) throws -> SubmitCommand {
        SubmitCommand(
            key: key, payloadDigest: try Digest(canonical: ["a": arguments, "t": .string(tool)]),
            tool: try #require(ToolName(tool)), arguments: arguments,
            redactions: try redact.map { try JSONPointer(parsing: $0) })
    }

    /// Has `bot` submit a call, and says its id.
    func submit(
        _ command: SubmitCommand? = nil, as agent: String = "bot"
    ) throws -> ApprovalID {
        let answer = try tell(.submit(try command ?? Self.submission()), as: agent)
        guard case .submitted(let approval, _, _) = answer else { throw Surprise(answer) }
        return approval.id
    }

    func view(_ id: ApprovalID, as name: String = "ada@acme.test") throws -> ApproverApproval {
        let answer = try ask(.approval(id), as: name)
        guard case .approverApproval(let view) = answer else { throw Surprise(answer) }
        return view
    }

    /// The approval as it is stored.
    func stored(_ id: ApprovalID) throws -> Approval {
        let acme = try #require(Self.acme)
        let approval = try store.read { (store) throws(CommandFailure) in
            do throws(StoreFailure) {
                return try store.approval(id, of: acme)
            } catch {
                throw .store(error)
            }
        }
        return try #require(approval)
    }

    /// A decision on what `name` sees now.
    func decision(
        _ verdict: Verdict, on id: ApprovalID, as name: String = "ada@acme.test",
        edits: JSONPatch = JSONPatch(), comment: String? = nil
    ) throws -> DecideCommand {
        let view = try view(id, as: name)
        return DecideCommand(
            approval: id, revision: view.row.revision, displayedDigest: view.displayedDigest,
            verdict: verdict, edits: edits,
            comment: comment ?? (verdict == .reject ? "no" : nil),
            isFullyShown: verdict == .approve)
    }

    @discardableResult
    func decide(
        _ verdict: Verdict, on id: ApprovalID, as name: String = "ada@acme.test",
        edits: JSONPatch = JSONPatch()
    ) throws -> ApproverApproval {
        let command = try decision(verdict, on: id, as: name, edits: edits)
        let answer = try tell(.decide(command), as: name)
        if case .refused(let refusal, let current) = answer {
            throw CommandFailure.refused(refusal, current: current)
        }
        guard case .approverApproval(let view) = answer else { throw Surprise(answer) }
        return view
    }

    @discardableResult
    func claim(
        _ id: ApprovalID, nonce: String = "n1", lease: Int = 300, as agent: String = "bot"
    ) throws -> (Approval, Claim) {
        let digest = SHA256.hash(Array(nonce.utf8))
        let answer = try tell(
            .claim(id, nonceDigest: digest, leaseSeconds: lease), as: agent)
        guard case .claimed(let approval, let claim, _) = answer else { throw Surprise(answer) }
        return (approval, claim)
    }

    @discardableResult
    func report(
        _ id: ApprovalID, _ claim: Claim, _ outcome: Outcome = .succeeded, digest: Digest,
        summary: String? = nil
    ) throws -> AgentApproval {
        let answer = try tell(
            .report(
                id, fencingToken: claim.fencingToken, outcome: outcome, executedDigest: digest,
                resultSummary: summary), as: "bot")
        guard case .agentApproval(let view) = answer else { throw Surprise(answer) }
        return view
    }

    /// The headers of a tenant's whole log, each checked to follow the one before.
    func events(of tenant: TenantName? = Desk.acme) throws -> [JSONValue] {
        let tenant = try #require(tenant)
        let records = try store.read { (store) throws(CommandFailure) in
            do throws(StoreFailure) {
                return try store.events(of: tenant, from: 0, limit: .max)
            } catch {
                throw .store(error)
            }
        }
        var check = ChainCheck(of: EventLog(host: "desk.test", tenant: tenant))
        for record in records { try check.accept(record.line) }
        return try records.map { try JSONValue(parsing: $0.line) }
    }

    /// The types of the events about one approval.
    func types(_ id: ApprovalID) throws -> [String] {
        let acme = try #require(Self.acme)
        return try store.read { (store) throws(CommandFailure) in
            do throws(StoreFailure) {
                return try store.events(about: id, of: acme).map(\.type)
            } catch {
                throw .store(error)
            }
        }
    }
}
