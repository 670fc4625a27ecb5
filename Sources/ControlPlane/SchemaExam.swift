public import Approvals
public import Cryptography
import JSONSchema
import JSONTree

/// What came of holding arguments against a schema before the writer had the command.
public struct SchemaFinding: Hashable, Sendable {
    /// Of the arguments and of the schema.
    let subject: Digest
    let result: Result<[SchemaViolation], Refusal>

    /// Holds the arguments against the schema, which may take a quarter of a second.
    init?(_ arguments: JSONValue, _ schema: JSONValue) {
        guard let subject = Self.subject(arguments, schema) else { return nil }
        self.subject = subject
        do throws(CommandFailure) {
            result = .success(try Intake.violations(in: arguments, against: schema))
        } catch {
            guard case .refused(let refusal, _) = error else { return nil }
            result = .failure(refusal)
        }
    }

    /// What is known about these arguments and this schema; nil when it was about others.
    func violations(
        in arguments: JSONValue, against schema: JSONValue
    ) throws(CommandFailure) -> [SchemaViolation]? {
        guard subject == Self.subject(arguments, schema) else { return nil }
        switch result {
        case .success(let violations): return violations
        case .failure(let refusal): throw .refusing(refusal)
        }
    }

    private static func subject(_ arguments: JSONValue, _ schema: JSONValue) -> Digest? {
        let both: JSONValue = [schema, arguments]
        return SHA256.hash(Array(both.text().utf8))
    }
}

/// Arguments, and the schema that they must fit.
public struct SchemaExam: Sendable {
    let arguments: JSONValue
    let schema: JSONValue

    /// Holds one against the other; nil when the writer has to do it.
    public func finding() -> SchemaFinding? { SchemaFinding(arguments, schema) }
}

extension Command {
    /// How many parts of the command may hold arguments against a schema.
    public var examsCount: Int {
        if case .submit(let submission) = self { return submission.schema == nil ? 0 : 1 }
        return decisions.contains { !$0.edits.isEmpty } ? decisions.count : 0
    }

    /// Takes over what was found out about a part.
    public mutating func take(_ finding: SchemaFinding, at place: Int) {
        if case .submit(var submission) = self {
            submission.finding = finding
            self = .submit(submission)
        } else if case .decide(var decision) = self {
            decision.finding = finding
            self = .decide(decision)
        } else if case .decideMany(var decisions) = self {
            decisions[place].finding = finding
            self = .decideMany(decisions)
        }
    }

    fileprivate var decisions: [DecideCommand] {
        if case .decide(let decision) = self { return [decision] }
        if case .decideMany(let decisions) = self { return decisions }
        return []
    }
}

extension ControlPlane {
    /// Refuses a token that is nobody's.
    public func requireHolder(
        of secretDigest: Digest, in store: any StoreReader, at now: Timestamp
    ) throws(CommandFailure) {
        _ = try Self.principal(secretDigest, in: store, at: now)
    }

    /// What of a part of a command can be found out before the writer has it.
    ///
    /// Arguments and schema of an approval never change, and the finding names them, so what it
    /// says is still true in the transaction.
    public func exam(
        of command: Command, at place: Int, as secretDigest: Digest, in store: any StoreReader,
        at now: Timestamp
    ) throws(CommandFailure) -> SchemaExam? {
        if case .submit(let submission) = command {
            return submission.schema.map {
                SchemaExam(arguments: submission.arguments, schema: $0)
            }
        }
        let decision = command.decisions[place]
        guard !decision.edits.isEmpty else { return nil }
        let tenant = try Self.principal(secretDigest, in: store, at: now).tenant
        guard let approval = try stored(try store.approval(decision.approval, of: tenant)),
            let schema = approval.schema
        else { return nil }
        do throws(Refusal) {
            let effective = try approval.edited(by: decision.edits)
            return SchemaExam(arguments: effective.arguments, schema: schema)
        } catch {
            // The writer refuses it, for the same reason.
            return nil
        }
    }
}
