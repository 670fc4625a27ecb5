import Approvals
import JSONTree
import Policies

// What a policy would have done to stored calls: a page at a time, on a snapshot of its own.
extension Reader {
    mutating func backtest(_ query: BacktestQuery) throws(CommandFailure) -> Answer {
        let member = try member(with: [.lead, .auditor, .admin])
        let program = try Self.candidate(query.document)
        guard let record = try stored(try store.tenant(tenant)) else {
            throw .refusing(.notFound)
        }
        var cursor = try cursor(of: query)
        var backtest = Backtest(
            program, defaultGroup: record.defaultGroup,
            mayReadHidden: member.roles.contains(.lead))
        var asked = self
        var failure: CommandFailure?
        let last = try stored(
            try store.replay(
                of: tenant, after: cursor.after, limit: query.limit,
                only: StoredCall.parts(reading: program.readPaths)
            ) { call in
                guard failure == nil else { return }
                guard let call else { return backtest.skip() }
                do throws(CommandFailure) {
                    try backtest.take(call) { (call) throws(CommandFailure) in
                        try asked.facts(of: call)
                    }
                } catch {
                    failure = error
                }
            })
        if let failure { throw failure }
        backtest.finish(query.document)
        var result = backtest.result
        result.total = cursor.total
        let looked = result.replayed + result.notReplayable + result.unconcerned
        if let last, looked == query.limit {
            cursor.after = last
            result.next = cursor.text
        }
        return .backtest(result)
    }

    private static func candidate(_ document: JSONValue) throws(CommandFailure) -> PolicyProgram {
        do {
            return try PolicyProgram(try Policy(document))
        } catch {
            throw .refusing(
                Refusal.invalid(
                    error.problems.map { FieldProblem("/document\($0.pointer)", $0.sentence) }
                ).bounded)
        }
    }

    private func cursor(of query: BacktestQuery) throws(CommandFailure) -> ReplayCursor {
        if let text = query.cursor {
            guard let cursor = ReplayCursor(text) else {
                throw .field("/cursor", "must be the `next` of the page before")
            }
            return cursor
        }
        let floor = UUIDv7.floor(at: now.adding(seconds: -query.seconds))
        let total = try stored(try store.replayableCount(of: tenant, after: floor))
        return ReplayCursor(after: floor, total: total)
    }

    /// What a policy would have seen of a call that none was asked about, as far as it was kept.
    ///
    /// Words that hold a mask are left out: a rule that reads them has no answer.
    private mutating func facts(of call: StoredCall) throws(CommandFailure) -> JSONObject {
        let redactions = call.record["redactions"]?.arrayValue ?? []
        var facts: JSONObject = [
            "tool": .string(call.tool), "time": ["now": .string(call.createdAt.rfc3339)],
            "scan": redactions.isEmpty
                ? ["found": []]
                : PolicyJudgement.scan(call.arguments),
        ]
        if let agent = call.record["agent"]?.stringValue.flatMap({ AgentID($0) }) {
            let owner = try stored(try store.agentOwner(of: agent, in: tenant))
            facts["agent"] = .texts([
                ("id", agent.rawValue), ("name", try name(of: agent)),
                ("owner", try owner.map { (id) throws(CommandFailure) in try email(of: id) }),
            ])
        }
        guard redactions.isEmpty else { return facts }
        facts["context"] = call.words(
            of: "context", [("summary", "summary"), ("reason", "reason"), ("preview", "preview")])
        facts["origin"] = call.words(
            of: "origin",
            [
                ("framework", "framework"), ("run", "run_id"), ("call", "call_id"),
                ("session", "session_id"),
            ])
        return facts
    }
}

/// Where a page of a backtest ended, and how many calls there were when it began.
struct ReplayCursor: Hashable {
    var after: String
    let total: Int

    init(after: String, total: Int) {
        self.after = after
        self.total = total
    }

    init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, UUIDv7.isWellFormed(String(parts[0])), let total = Int(parts[1]),
            total >= 0
        else { return nil }
        self.init(after: String(parts[0]), total: total)
    }

    var text: String { "\(after).\(total)" }
}

extension StoredCall {
    /// Words of the agent, under the names that conditions read them by.
    fileprivate func words(of part: String, _ names: [(kept: String, read: String)]) -> JSONValue {
        let kept = record[part]
        return .texts(
            names.map { name in
                let text = kept?[name.kept]?.stringValue
                return (name.read, text?.contains("‹") ?? false ? nil : text)
            })
    }
}
