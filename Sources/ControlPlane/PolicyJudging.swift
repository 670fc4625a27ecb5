import Approvals
import Cryptography
import JSONTree
import Policies

/// What the policies of a tenant say to a call that is being submitted.
struct PolicyJudgement {
    /// The strictest verdict of the policies in force; nil when none speaks about the tool.
    private(set) var verdict: PolicyVerdict?
    /// The places in the arguments that those policies hide.
    private(set) var redactions: [JSONPointer] = []
    private var verdicts: [JSONValue] = []
    private var shadows: [JSONValue] = []
    /// What all of them saw, without the arguments.
    private let facts: JSONObject

    init(facts: JSONObject) {
        self.facts = facts
    }

    /// What stays with the approval: enough to say it again, and to judge edits by.
    var record: JSONValue? {
        guard !verdicts.isEmpty || !shadows.isEmpty else { return nil }
        var members: JSONObject = [
            "input": .object(facts), "verdicts": .array(verdicts), "shadows": .array(shadows),
        ]
        guard let verdict else { return .object(members) }
        members["decisive"] = .string(verdict.name)
        if verdict.effect.terms?.isReasonRequired == true { members["reason_required"] = true }
        if case .deny(let reasonCode?) = verdict.effect {
            members["reason_code"] = .string(reasonCode)
        }
        return .object(members)
    }

    /// What the scanner finds, whatever the agent declared: declaring it changes no verdict.
    static func scan(_ arguments: JSONValue, fitting schema: JSONValue?) -> JSONValue {
        let found = Scanned(arguments, fitting: schema, declared: []).found
        return [
            "found": .array(
                found.flatMap { value in
                    value.kinds.map { kind -> JSONValue in
                        ["pointer": .string(value.pointer.description), "kind": .string(kind)]
                    }
                })
        ]
    }

    /// The input of a call: its arguments among the facts.
    static func input(_ facts: JSONObject, _ arguments: JSONValue) -> JSONValue {
        var members = facts
        members["args"] = arguments
        return .object(members)
    }

    /// The places that are hidden: those that the agent named, and those of the policies.
    func hiding(besides named: [JSONPointer]) throws(CommandFailure) -> [JSONPointer] {
        var all = named
        for pointer in redactions where !all.contains(where: { $0.isPrefix(of: pointer) }) {
            all.append(pointer)
        }
        guard all.count <= Limits.redactionsMax || all.count == named.count else {
            throw .refusing(.limit("redactionsMax is \(Limits.redactionsMax)"))
        }
        return all
    }

    mutating func ask(_ program: PolicyProgram, about arguments: JSONValue) {
        let verdict = program.decide(Self.input(facts, arguments))
        verdicts.append(verdict.json)
        redactions += program.policy.hiddenPlaces(in: arguments)
        guard let known = self.verdict else { return self.verdict = verdict }
        if verdict.effect.isStricter(than: known.effect) { self.verdict = verdict }
    }

    /// What a shadow says, beside what is in force; without a policy, a person is asked.
    mutating func watch(_ program: PolicyProgram, _ arguments: JSONValue) {
        let verdict = program.decide(Self.input(facts, arguments))
        let inForce = self.verdict?.effect ?? .requireApproval(ApprovalTerms())
        var json = verdict.json.objectValue ?? JSONObject()
        let leaning =
            verdict.effect.isStricter(than: inForce)
            ? "stricter" : inForce.isStricter(than: verdict.effect) ? "laxer" : "same"
        json["leaning"] = .string(leaning)
        shadows.append(.object(json))
    }

    /// A shadow that cannot be asked decides nothing, and says so.
    mutating func watchFailed(_ policy: PublishedPolicy) {
        shadows.append(["policy": .string(policy.name), "leaning": "error"])
    }
}

extension Session {
    /// Asks the policies in force, and then the shadows, about a call.
    ///
    /// A policy in force that cannot be read holds the call up: nothing runs past it.
    func judged(
        _ command: SubmitCommand, by agent: Agent
    ) throws(CommandFailure) -> PolicyJudgement {
        let active = try stored(try store.activePolicies(of: tenant))
        guard !active.isEmpty else { return PolicyJudgement(facts: [:]) }
        var judgement = PolicyJudgement(facts: try facts(of: command, by: agent))
        for policy in active where policy.status == .enforced {
            let program = try program(of: policy)
            guard program.policy.applies(to: command.tool) else { continue }
            judgement.ask(program, about: command.arguments)
        }
        for policy in active where policy.status == .shadow {
            do {
                let program = try program(of: policy)
                guard program.policy.applies(to: command.tool) else { continue }
                judgement.watch(program, command.arguments)
            } catch {
                judgement.watchFailed(policy)
            }
        }
        return judgement
    }

    /// A published version, ready to decide; it must be what its digest says.
    func program(of policy: PublishedPolicy) throws(CommandFailure) -> PolicyProgram {
        let program: PolicyProgram
        do {
            program = try PolicyProgram(try Policy(policy.document))
        } catch {
            throw .store(.damaged("the policy \(policy.name) cannot be read"))
        }
        guard program.policy.digest == policy.digest else {
            throw .store(.damaged("the policy \(policy.name) is not what its digest says"))
        }
        return program
    }

    private func facts(
        of command: SubmitCommand, by agent: Agent
    ) throws(CommandFailure) -> JSONObject {
        var owner: String?
        if let id = agent.owner { owner = try stored(try store.email(of: id, in: tenant)) }
        return [
            "tool": .string(command.tool.rawValue),
            "agent": .texts([
                ("id", agent.id.rawValue), ("name", agent.name), ("owner", owner),
            ]),
            "origin": .texts([
                ("framework", command.origin.framework), ("run_id", command.origin.runID),
                ("call_id", command.origin.callID), ("session_id", command.origin.sessionID),
            ]),
            "context": .texts([
                ("summary", command.context.summary), ("reason", command.context.reason),
                ("preview", command.context.preview),
            ]),
            "time": ["now": .string(now.rfc3339)],
            "scan": PolicyJudgement.scan(command.arguments, fitting: command.schema),
        ]
    }
}

// What policies say to changed arguments.
extension Session {
    /// Why the policies that were asked do not take the changed arguments; nil when they do.
    func policyRefusal(
        of edited: JSONValue, for approval: Approval
    ) throws(CommandFailure) -> Refusal? {
        guard let record = approval.policyRecord, let facts = record["input"]?.objectValue else {
            return nil
        }
        let input = PolicyJudgement.input(facts, approval.arguments)
        for verdict in record["verdicts"]?.arrayValue ?? [] {
            let policy = try published(verdict["policy"])
            let scan = PolicyJudgement.scan(edited, fitting: approval.schema)
            switch try program(of: policy).judge(edited: edited, of: input, scan: scan) {
            case .fits: continue
            case .pastLimit:
                let rule = verdict["rule"]?.stringValue ?? ""
                return Self.refusal("this is past what the rule \(policy.name)#\(rule) lets change")
            case .unclear:
                return Self.refusal("whether this keeps the limit of \(policy.name) is not clear")
            case .stricter(let verdict): return Self.refusal(verdict.wish)
            }
        }
        return nil
    }

    private func published(_ reference: JSONValue?) throws(CommandFailure) -> PublishedPolicy {
        guard let id = reference?["id"]?.stringValue.flatMap({ PolicyID($0) }),
            let version = reference?["version"]?.intValue,
            let policy = try stored(try store.policy(id, version: Int(version), of: tenant))
        else { throw .store(.damaged("an approval names a policy that is not there")) }
        return policy
    }

    private static func refusal(_ sentence: String) -> Refusal {
        .editInvalid(.root, sentence)
    }
}

extension PolicyVerdict {
    /// The policy, its version and what decided: `refunds@7#large`.
    var name: String { "\(id)@\(version)#\(decider.name)" }

    /// What it wants for changed arguments that are not this approver's.
    fileprivate var wish: String {
        switch effect {
        case .deny: "the rule \(name) refuses the changed arguments"
        case .allow: "the rule \(name) speaks about the changed arguments"
        case .requireApproval(let terms):
            "the changed arguments are for \(terms.group.map { "the group \($0)" } ?? "others") "
                + "to approve, says \(name)"
        }
    }

    /// Why it was decided so, in the words of the log.
    func provenance(basis: String) -> JSONValue {
        [
            "basis": .string(basis),
            "policy": [
                "digest": .string(digest.text), "id": .string(id.rawValue),
                "rule": .string(decider.name), "version": .number(JSONNumber(version)),
            ],
        ]
    }
}

extension Policy {
    /// The outermost places in a value that approvers must not see.
    fileprivate func hiddenPlaces(
        in value: JSONValue, at pointer: JSONPointer = .root
    ) -> [JSONPointer] {
        guard !redactions.isEmpty else { return [] }
        if !pointer.isRoot, hides(pointer) { return [pointer] }
        switch value {
        case .null, .bool, .number, .string: return []
        case .array(let elements):
            return elements.enumerated().flatMap {
                hiddenPlaces(in: $1, at: pointer.appending($0))
            }
        case .object(let object):
            return object.members.flatMap {
                hiddenPlaces(in: $0.value, at: pointer.appending($0.name))
            }
        }
    }
}

extension JSONValue {
    /// An object of texts; what is nil is left out.
    fileprivate static func texts(_ pairs: [(String, String?)]) -> JSONValue {
        var members = JSONObject()
        for (name, text) in pairs { members[name] = text.map { .string($0) } }
        return .object(members)
    }
}
