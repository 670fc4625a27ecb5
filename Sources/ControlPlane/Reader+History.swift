import Approvals
import Authority

// What is past, and who is who.
extension Reader {
    /// The most settled approvals that one page of history reads, seen or not.
    private static let scanMax = 2_000

    mutating func history(
        before: ApprovalID?, limit: Int, _ filter: HistoryFilter
    ) throws(CommandFailure) -> Answer {
        let member = try member(with: [.approver, .lead, .auditor, .admin])
        let filter = RowFilter(filter)
        var rows: [ApprovalRow] = []
        var last = before
        var scanned = 0
        while rows.count < max(1, limit), scanned < Self.scanMax {
            let after = last
            let chunk = try stored(
                try store.settled(of: tenant, before: after, limit: Self.chunkMax))
            for approval in chunk {
                guard rows.count < max(1, limit) else { return .history(rows, next: last) }
                last = approval.id
                scanned += 1
                guard filter.mayHold(approval), try seesQuickly(member, approval) else {
                    continue
                }
                let row = try row(of: approval)
                if filter.holds(row) { rows.append(row) }
            }
            guard chunk.count == Self.chunkMax else { return .history(rows, next: nil) }
        }
        return .history(rows, next: last)
    }

    mutating func directory(_ query: Query) throws(CommandFailure) -> Answer {
        switch query {
        case .tenants:
            let admin = try member(with: [.admin])
            let tenants = try stored(try store.tenants())
            return .tenants(admin.isOperator ? tenants : tenants.filter { $0.name == tenant })
        case .groups: return try groups()
        case .members:
            _ = try member(with: [.lead, .admin])
            return .members(try stored(try store.members(of: tenant)))
        case .agents: return try agents()
        case .tokens: return try tokens()
        case .me, .approval, .inbox, .audit, .history, .policies, .people, .explanation,
            .policyDifference, .shadowReport, .backtest, .grants, .grant, .brokenGlass:
            preconditionFailure("Only lists of people and things come here.")
        }
    }

    private func groups() throws(CommandFailure) -> Answer {
        _ = try member(with: [.lead, .admin])
        let groups = try stored(try store.groups(of: tenant))
        var emails: [GroupName: [String]] = [:]
        for member in try stored(try store.members(of: tenant)) {
            for group in member.groups { emails[group, default: []].append(member.email) }
        }
        return .groups(groups, emails: emails.mapValues { $0.sorted() })
    }

    private mutating func agents() throws(CommandFailure) -> Answer {
        _ = try member(with: [.lead, .admin])
        let agents = try stored(try store.agents(of: tenant))
        return .agents(agents, ownerEmails: try names(of: Set(agents.compactMap(\.owner))))
    }

    private mutating func tokens() throws(CommandFailure) -> Answer {
        _ = try member(with: [.admin])
        let tokens = try stored(try store.tokens(of: tenant))
        var names: [TokenID: String] = [:]
        for token in tokens {
            switch token.holder {
            case .member(let id): names[token.id] = try email(of: id)
            case .agent(let id): names[token.id] = try name(of: id)
            }
        }
        return .tokens(tokens, holderNames: names)
    }
}

/// A filter of history, made ready for many rows.
private struct RowFilter {
    let needle: [UInt8]
    let tool: [UInt8]?
    let agent: [UInt8]?
    let needsReview: Bool

    init(_ filter: HistoryFilter) {
        needle = Self.small(filter.matching ?? "")
        tool = filter.tool.map(Self.small)
        agent = filter.agent.map(Self.small)
        needsReview = filter.needsReview
    }

    private static func small(_ text: String) -> [UInt8] { Array(Naming.lowercased(text).utf8) }

    /// What can be said before a row is made, which costs more.
    func mayHold(_ approval: Approval) -> Bool {
        (approval.needsReview || !needsReview)
            && (tool.map { $0 == Self.small(approval.tool.rawValue) } ?? true)
    }

    /// Whether the row is asked for.
    func holds(_ row: ApprovalRow) -> Bool {
        if let agent, agent != Self.small(row.agentName) { return false }
        guard !needle.isEmpty else { return true }
        let columns = [
            row.tool.rawValue, row.summary ?? "", row.agentName, row.decidedBy ?? "",
            row.group.rawValue, row.id.rawValue, row.state.rawValue,
        ]
        return columns.contains { column in
            let bytes = Self.small(column)
            guard bytes.count >= needle.count else { return false }
            return (0...bytes.count - needle.count).contains { bytes[$0...].starts(with: needle) }
        }
    }
}
