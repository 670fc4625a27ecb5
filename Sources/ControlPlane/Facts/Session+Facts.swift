import Approvals
import Cryptography
import JSONTree
import Policies

// What happened before, as policies may read it.
extension Session {
    /// What the policies of a tenant are given of a call, but for its arguments.
    func facts(
        of command: SubmitCommand, by agent: Agent, seen paths: [String]
    ) throws(CommandFailure) -> JSONObject {
        var facts = CallFacts.told(by: command)
        facts["agent"] = try identity(of: agent)
        facts["time"] = ["now": .string(now.rfc3339)]
        facts["scan"] = PolicyJudgement.scan(command.arguments)
        facts["history"] = try history(of: command, by: agent, seen: paths)
        return facts
    }

    /// The agent, and whose it is: its groups are those of the person it runs for.
    private func identity(of agent: Agent) throws(CommandFailure) -> JSONValue {
        var members: JSONObject = ["id": .string(agent.id.rawValue), "name": .string(agent.name)]
        var groups: [GroupName] = []
        if let id = agent.owner {
            members["owner"] = try stored(try store.email(of: id, in: tenant)).map { .string($0) }
            groups = try stored(try store.member(id, of: tenant))?.groups.sorted() ?? []
        }
        members["groups"] = .array(groups.map { .string($0.rawValue) })
        return .object(members)
    }

    private func history(
        of command: SubmitCommand, by agent: Agent, seen paths: [String]
    ) throws(CommandFailure) -> JSONValue {
        let digest = try Intake.digest(of: command.arguments)
        let trail = CallTrail(agent: agent.id, tool: command.tool, argumentsDigest: digest)
        var members = CallFacts.history(
            try stored(try store.counts(of: trail, at: now, in: tenant)))
        members["seen"] = try known(
            paths, in: command.arguments, by: agent.id, calling: command.tool)
        return .object(members)
    }

    /// Which of these places hold a value that a person approved there; where nothing stands,
    /// nothing is said.
    func known(
        _ paths: [String], in arguments: JSONValue, by agent: AgentID, calling tool: ToolName
    ) throws(CommandFailure) -> JSONValue {
        var seen = JSONObject()
        for path in paths {
            guard let digest = CallFacts.digest(at: path, of: arguments) else { continue }
            let value = CallValue(agent: agent, tool: tool, path: path, digest: digest)
            seen[path] = .bool(try stored(try store.isApproved(value, in: tenant)))
        }
        return .object(seen)
    }

    /// Counts what people decided, and remembers the approved values that rules ask about.
    func count(_ step: CallStep, of approval: Approval) throws(CommandFailure) {
        let trail = CallTrail(
            agent: approval.agent, tool: approval.tool, argumentsDigest: approval.proposedDigest)
        try stored(try store.count(step, of: trail, at: now, in: tenant))
        guard step == .approved, let arguments = approval.effectiveArguments else { return }
        for path in try seenPaths(of: approval.tool) {
            guard let digest = CallFacts.digest(at: path, of: arguments) else { continue }
            let value = CallValue(
                agent: approval.agent, tool: approval.tool, path: path, digest: digest)
            try stored(try store.keepApproved(value, at: now, in: tenant))
        }
    }

    /// The places that active policies ask `seen_before` about.
    private func seenPaths(of tool: ToolName) throws(CommandFailure) -> [String] {
        var paths: [String] = []
        for version in try stored(try store.activeVersions(of: tenant)) {
            guard let program = try program(watching: version), program.policy.applies(to: tool)
            else { continue }
            for path in program.seenPaths where !paths.contains(path) { paths.append(path) }
        }
        return paths
    }
}

/// Facts in the form in which conditions read them.
enum CallFacts {
    /// What the agent says itself.
    static func told(by command: SubmitCommand) -> JSONObject {
        [
            "tool": .string(command.tool.rawValue),
            "origin": .texts([
                ("framework", command.origin.framework), ("run_id", command.origin.runID),
                ("call_id", command.origin.callID), ("session_id", command.origin.sessionID),
            ]),
            "context": .texts([
                ("summary", command.context.summary), ("reason", command.context.reason),
                ("preview", command.context.preview),
            ]),
        ]
    }

    static func history(_ counts: CallCounts) -> JSONObject {
        var members: JSONObject = [
            "count_1h": .fact(counts.hour.submitted), "count_24h": .fact(counts.day.submitted),
            "count_total": .fact(counts.total),
            "approved_1h": .fact(counts.hour.approved), "approved_24h": .fact(counts.day.approved),
            "rejected_1h": .fact(counts.hour.rejected), "rejected_24h": .fact(counts.day.rejected),
            "same_1h": .fact(counts.sameHour), "same_24h": .fact(counts.sameDay),
        ]
        members["first_seen"] = counts.firstAt.map { .string($0.rfc3339) }
        return members
    }

    /// The digest of what stands at a path that a rule names; nil where nothing stands.
    static func digest(at path: String, of arguments: JSONValue) -> Digest? {
        guard let pointer = SeenPath(path)?.pointer, let value = arguments[pointer],
            value != .null
        else { return nil }
        do {
            return try Digest(canonical: value)
        } catch {
            return nil
        }
    }
}

extension JSONValue {
    /// An object of texts; what is nil is left out.
    static func texts(_ pairs: [(String, String?)]) -> JSONValue {
        var members = JSONObject()
        for (name, text) in pairs { members[name] = text.map { .string($0) } }
        return .object(members)
    }
}
