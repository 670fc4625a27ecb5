import Approvals
import Cryptography
import JSONTree
import Policies
import Redaction

/// What the policies of a tenant say to a call that is being submitted.
struct PolicyJudgement {
    /// The strictest verdict of the policies in force; nil when none speaks about the tool.
    private(set) var verdict: PolicyVerdict?
    /// The places in the arguments that those policies hide.
    private(set) var redactions: [JSONPointer] = []
    private var verdicts: [JSONValue] = []
    /// What each of those policies said.
    private(set) var answers: [PolicyVerdict] = []
    private var shadows: [JSONValue] = []
    /// What changed arguments must keep.
    private var limits: [JSONValue] = []
    /// Rules that would take the decision from those who are asked, were the arguments changed.
    private var stricter: [JSONValue] = []
    /// What all of them saw, without the arguments.
    private let facts: JSONObject

    init(facts: JSONObject) {
        self.facts = facts
    }

    /// True when a rule of a policy in force had no answer to the call.
    var isUnclear: Bool { answers.contains(where: \.isUnclear) }

    /// What stays with the approval: enough to say it again, and to judge edits by.
    var record: JSONValue? {
        guard !verdicts.isEmpty || !shadows.isEmpty else { return nil }
        var members: JSONObject = [
            "input": .object(facts), "verdicts": .array(verdicts), "shadows": .array(shadows),
        ]
        guard let verdict else { return .object(members) }
        members["decisive"] = .string(verdict.name)
        if !limits.isEmpty { members["edit_limits"] = .array(limits) }
        if !stricter.isEmpty {
            members["stricter"] = .array(Array(stricter.prefix(PolicyProgram.stricterRulesMax)))
        }
        if verdict.effect.terms?.isReasonRequired == true { members["reason_required"] = true }
        if case .deny(let reasonCode, let instead) = verdict.effect {
            members["reason_code"] = reasonCode.map { .string($0) }
            members["instead"] = instead.map { .string($0) }
        }
        return .object(members)
    }

    /// What the scanner finds, whatever the agent declared: declaring it changes no verdict, and
    /// neither does the agent's own schema.
    static func scan(_ arguments: JSONValue) -> JSONValue {
        let found = Scanned(arguments, fitting: nil, declared: []).found
        return [
            "found": .array(
                found.flatMap { value in
                    kinds(of: value, in: arguments).map { kind -> JSONValue in
                        ["pointer": .string(value.pointer.description), "kind": .string(kind)]
                    }
                })
        ]
    }

    /// What hides a whole object keeps what else is inside of it from being told.
    private static func kinds(of value: FoundValue, in arguments: JSONValue) -> [String] {
        let unscanned = FindingKind.unscanned.rawValue
        switch arguments[value.pointer] {
        case .object, .array:
            return value.kinds.contains(unscanned) ? value.kinds : value.kinds + [unscanned]
        case .null, .bool, .number, .string, nil: return value.kinds
        }
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
            guard all.count < Limits.redactionsMax else {
                throw .refusing(.limit("redactionsMax is \(Limits.redactionsMax)"))
            }
            all.append(pointer)
        }
        return all
    }

    /// Refuses a call whose agent counts on a policy that does not speak about it.
    func requirePolicy(_ name: String?) throws(CommandFailure) {
        guard let name else { return }
        let isThere = verdicts.contains { verdict in
            verdict["policy"]?["id"]?.stringValue?.utf8.elementsEqual(name.utf8) == true
        }
        guard !isThere else { return }
        throw .field(
            "/policy",
            "no policy of this name is in force for this tool; leave it out, or have "
                + "the policy published")
    }

    /// What a version in force says, or a canary for its share.
    mutating func ask(
        _ program: PolicyProgram, about arguments: JSONValue, isCanary: Bool = false
    ) {
        let verdict = program.decide(Self.input(facts, arguments))
        var json = verdict.json.objectValue ?? JSONObject()
        if isCanary { json["mode"] = .string(PolicyStatus.canary.rawValue) }
        json["asks"] = verdict.effect.terms?.record
        verdicts.append(.object(json))
        answers.append(verdict)
        limits += program.editLimits(of: verdict)
        let name = "\(verdict.id)@\(verdict.version)"
        stricter += program.stricterRules(than: verdict).map { $0.json(of: name) }
        redactions += program.policy.hiddenPlaces(in: arguments)
        self.verdict = self.verdict.map { $0.joined(with: verdict) } ?? verdict
    }

    /// What a shadow says, beside what is in force; without a policy, a person is asked.
    mutating func watch(_ program: PolicyProgram, _ arguments: JSONValue) {
        let verdict = program.decide(Self.input(facts, arguments))
        shadows.append(leaning(verdict.json.objectValue, of: program.policy, verdict.effect))
    }

    /// A shadow that does not speak about a call of which its policy has a version in force:
    /// leaving a tool out can be laxer, too.
    mutating func watchLeavingOut(_ policy: Policy) {
        guard answers.contains(where: { $0.id == policy.id }) else { return }
        let name: JSONObject = [
            "policy": [
                "digest": .string(policy.digest.text), "id": .string(policy.id.rawValue),
                "version": .number(JSONNumber(policy.version)),
            ]
        ]
        shadows.append(leaning(name, of: policy, nil))
    }

    private func leaning(
        _ verdict: JSONObject?, of policy: Policy, _ effect: Effect?
    ) -> JSONValue {
        let comparison = PolicyComparison(
            inForce: answers.map { ($0.id, $0.effect) }, with: policy.id, saying: effect)
        var json = verdict ?? JSONObject()
        json["leaning"] = .string(comparison.leaning.rawValue)
        json["instead"] = .string(comparison.instead.kind.rawValue)
        return .object(json)
    }

    /// A shadow that cannot be asked decides nothing, and says so.
    mutating func watchFailed(_ version: ActiveVersion) {
        shadows.append(["policy": .string(version.name), "leaning": "error"])
    }
}

extension Session {
    /// Asks the policies in force, and then the shadows, about a call.
    ///
    /// A policy in force that cannot be read holds the call up: nothing runs past it.
    /// A canary decides in the place of the version in force for its share of the approvals, and
    /// is a shadow for the others; without an approval it decides nothing.
    func judged(
        _ command: SubmitCommand, by agent: Agent, for approval: ApprovalID? = nil
    ) throws(CommandFailure) -> PolicyJudgement {
        let active = try stored(try store.activeVersions(of: tenant))
        guard !active.isEmpty else { return PolicyJudgement(facts: [:]) }
        let canaries = active.filter { $0.takes(approval) }
        let inForce = active.filter { version in
            version.status == .enforced && !canaries.contains { $0.id == version.id }
        }
        let asked = try programs(inForce, for: command.tool)
        let tried = try programs(canaries, for: command.tool)
        let watching = active.filter { $0.status != .enforced && !canaries.contains($0) }
        let (shadows, broken) = try shadows(watching)
        let speaking = shadows.filter { $0.policy.applies(to: command.tool) }
        let seen = Set((asked + tried + speaking).flatMap(\.seenPaths)).sorted()
        var judgement = PolicyJudgement(facts: try facts(of: command, by: agent, seen: seen))
        for program in asked { judgement.ask(program, about: command.arguments) }
        for program in tried {
            judgement.ask(program, about: command.arguments, isCanary: true)
        }
        for program in shadows {
            if program.policy.applies(to: command.tool) {
                judgement.watch(program, command.arguments)
            } else {
                judgement.watchLeavingOut(program.policy)
            }
        }
        for version in broken { judgement.watchFailed(version) }
        return judgement
    }

    /// The policies that apply to a tool, ready to decide; one that cannot be read stops the call.
    private func programs(
        _ versions: [ActiveVersion], for tool: ToolName
    ) throws(CommandFailure) -> [PolicyProgram] {
        var programs: [PolicyProgram] = []
        for version in versions {
            let program = try program(of: version)
            if program.policy.applies(to: tool) { programs.append(program) }
        }
        return programs
    }

    /// The shadows, and those of them that cannot be read.
    private func shadows(
        _ versions: [ActiveVersion]
    ) throws(CommandFailure) -> (programs: [PolicyProgram], broken: [ActiveVersion]) {
        var programs: [PolicyProgram] = []
        var broken: [ActiveVersion] = []
        for version in versions {
            guard let program = try program(watching: version) else {
                broken.append(version)
                continue
            }
            programs.append(program)
        }
        return (programs, broken)
    }

    /// A version that need not decide, ready to be asked; nil when it cannot be read.
    func program(watching version: ActiveVersion) throws(CommandFailure) -> PolicyProgram? {
        do {
            return try program(of: version)
        } catch {
            guard version.status != .enforced, case .store(.damaged) = error else { throw error }
            return nil
        }
    }

    /// An active version, ready to decide: read and compiled when it is first asked.
    func program(of version: ActiveVersion) throws(CommandFailure) -> PolicyProgram {
        if let known = store.shelf[version.digest] { return known }
        let policy = try stored(try store.policy(version.id, version: version.version, of: tenant))
        guard let policy, policy.digest == version.digest else {
            throw .store(.damaged("the policy \(version.name) is not what its digest says"))
        }
        return try program(of: policy)
    }

    /// A published version, ready to decide; it must be what its digest says.
    func program(of policy: PublishedPolicy) throws(CommandFailure) -> PolicyProgram {
        if let known = store.shelf[policy.digest] { return known }
        let program = try PolicyProgram(of: policy)
        store.shelf.keep(program)
        return program
    }
}

extension PolicyVerdict {
    /// The policy, its version and what decided: `refunds@7#large`.
    var name: String { "\(id)@\(version)#\(decider.name)" }

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
