import Approvals
import ControlPlane
import WireAPI

// What is asked about the audit log.
extension CallReader {
    private static let sequences = 0...Int(Int32.max) * 1_024

    /// A halt, its end, or a step of an erasure.
    func oversee() throws(APIFailure) -> Command {
        let isErasure = match.route == .proposeErasure || match.route == .confirmErasure
        return isErasure ? try erase() : try halt()
    }

    private func halt() throws(APIFailure) -> Command {
        let body: HaltBody = try body()
        return .halt(isOn: match.route == .halt, reason: body.reason)
    }

    private func erase() throws(APIFailure) -> Command {
        guard match.route == .proposeErasure else {
            let id: ErasureID = try named()
            try noBody()
            return .erase(.confirm(id))
        }
        let body: ErasureBody = try body()
        return .erase(.propose(try target(of: body), reason: body.reason))
    }

    private func target(of body: ErasureBody) throws(APIFailure) -> ErasureTarget {
        let named = [body.approval, body.agent, body.member].compactMap(\.self)
        guard named.count == 1 else {
            throw .bodyWrong([
                FieldProblem("", "must name an approval, an agent or a member, and only one")
            ])
        }
        if let agent = body.agent { return .agent(name: agent) }
        if let member = body.member { return .member(email: member) }
        guard let id = body.approval.flatMap({ ApprovalID($0) }) else {
            throw .field("approval", "must be the id of an approval")
        }
        return .approval(id)
    }

    func audit() throws(APIFailure) -> Query {
        let readers: [Route: () throws(APIFailure) -> Query] = [
            .auditCheckpoints: auditCheckpoints, .auditEvents: auditEvents,
            .auditSearch: auditSearch,
            .auditDisclosures: auditDisclosures, .auditInclusion: auditInclusion,
            .auditConsistency: auditConsistency, .story: story,
            .auditCheckpoint: { () throws(APIFailure) in try plain(.audit(.checkpoint)) },
            .listErasures: { () throws(APIFailure) in try plain(.audit(.erasures)) },
            .auditKeys: { () throws(APIFailure) in try plain(.audit(.keys)) },
            .logFile: { () throws(APIFailure) in try plain(.audit(.file(match.name))) },
        ]
        guard let read = readers[match.route] else { throw .unknownPath }
        return try read()
    }

    private func auditCheckpoints() throws(APIFailure) -> Query {
        try knowing("from", "limit")
        return .audit(.checkpoints(from: try sequence("from") ?? 0, limit: try auditLimit()))
    }

    private func auditEvents() throws(APIFailure) -> Query {
        try knowing("from", "limit")
        return .audit(.events(from: try sequence("from") ?? 0, limit: try auditLimit()))
    }

    private func auditSearch() throws(APIFailure) -> Query {
        try knowing(
            "approval", "tool", "by", "rule", "type", "since", "until", "before", "limit")
        func word(_ name: String) throws(APIFailure) -> String? {
            try text(name, bytesMax: AuditSearch.textBytesMax)
        }
        let most = AuditSearch.foundMax
        var search = AuditSearch(limit: try number("limit", in: 1...most) ?? most)
        if let text = try word("approval") {
            guard let id = ApprovalID(text) else {
                throw .queryWrong("approval", "must be the id of an approval")
            }
            search.approval = id
        }
        search.tool = try word("tool")
        search.by = try word("by")
        search.rule = try word("rule")
        search.type = try word("type")
        search.since = try time("since")
        search.until = try time("until")
        search.before = try sequence("before")
        return .audit(.search(search))
    }

    private func time(_ name: String) throws(APIFailure) -> Timestamp? {
        guard let text = try text(name, bytesMax: 40) else { return nil }
        guard let instant = Timestamp(rfc3339: text) else {
            throw .queryWrong(name, "must be a time, as in 2026-11-23T09:00:00Z")
        }
        return instant
    }

    private func auditDisclosures() throws(APIFailure) -> Query {
        try knowing("from", "limit")
        return .audit(.disclosures(from: try place(), limit: try auditLimit()))
    }

    private func auditInclusion() throws(APIFailure) -> Query {
        try knowing("seq", "size")
        guard let number = try sequence("seq") else {
            throw .queryWrong("seq", "is missing: it is the number of the event")
        }
        return .audit(.inclusion(of: number, in: try sequence("size")))
    }

    private func story() throws(APIFailure) -> Query {
        let id: ApprovalID = try named()
        try knowing("size")
        return .audit(.story(id, size: try sequence("size")))
    }

    private func auditConsistency() throws(APIFailure) -> Query {
        try knowing("from", "to")
        guard let from = try sequence("from") else {
            throw .queryWrong("from", "is missing: it is the smaller size")
        }
        return .audit(.consistency(from: from, to: try sequence("to")))
    }

    private func sequence(_ name: String) throws(APIFailure) -> Int64? {
        try number(name, in: Self.sequences).map { Int64($0) }
    }

    private func auditLimit() throws(APIFailure) -> Int {
        try number("limit", in: 1...APILimits.auditLimitMax) ?? APILimits.auditLimitMax
    }

    /// The number of an event, or `<event>.<field>` as a page says it.
    private func place() throws(APIFailure) -> DisclosurePlace {
        guard let text = try text("from", bytesMax: APILimits.cursorBytesMax) else {
            return DisclosurePlace(sequence: 0)
        }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { part in
            part.utf8.allSatisfy { (48...57).contains($0) } ? Int64(part) : nil
        }
        guard (1...2).contains(parts.count), numbers.count == parts.count else {
            throw .queryWrong("from", "must be the number of an event, or the `next` of a page")
        }
        return DisclosurePlace(
            sequence: numbers[0], field: parts.count == 2 ? Int(numbers[1]) : 0)
    }
}
