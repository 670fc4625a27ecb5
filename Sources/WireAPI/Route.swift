public import Approvals

/// Every route of the REST API. Server, client, contract and tests all read this table.
public enum Route: String, Hashable, Sendable, CaseIterable {
    case submit, approval, claim, receipt, cancel, claudeCodeHook
    case me, beginStepUp, confirmStepUp, resetStepUp, permitStepUp
    case inbox, decision, decisions, extend, reassign, comment, reviewing, reveal, history
    case listTenants, addTenant, changeTenant, removeTenant
    case listGroups, addGroup, removeGroup
    case listMembers, putMember, removeMember
    case listAgents, addAgent, removeAgent
    case listTokens, addToken, removeToken
    case listPolicies, publishPolicy, policy, changePolicyMode
    case listDelegations, lend, revokeDelegation
    case escalationPlan, planEscalation, acknowledge
    case listSchedules, putSchedule, removeSchedule, listShifts, calendar, putCalendar
    case listOverrides, addOverride, removeOverride
    case coverage, offShift, onShift
    case listSwaps, offerSwap, takeSwap, withdrawSwap
    case memberReach, setMemberReach, groupReach, setGroupReach
    case explanation, policyDifference, shadowReport, reviewShadow, backtest
    case listGrants, grant, revokeGrant
    case auditCheckpoint, auditCheckpoints, auditEvents, auditDisclosures
    case auditInclusion, auditConsistency, auditKeys, logFile
    case halt, liftHalt
    case listErasures, proposeErasure, confirmErasure, story
    case listBreakGlass, reviewBreakGlass
    case health, ready, metrics, contract

    /// The HTTP method.
    public var method: HTTPMethod { row.method }

    /// The path, with `{id}`, `{path}`, or `{name}` and perhaps `{version}`, where something is
    /// named.
    public var path: String { row.path }

    /// Who may call it: empty for everybody, even without a token.
    public var roles: Set<Role> { row.roles }

    /// True for a hook: it answers everything with 200, because its caller runs the tool when it
    /// does not understand the answer.
    public var isHook: Bool { self == .claudeCodeHook }

    /// True when the answer may be waited for with `?wait=`.
    public var canWait: Bool { self == .approval || self == .inbox }

    /// What every path of a log's files begins with; all that follows names the file.
    public static let logPrefix = "/v1/logs/"

    /// The path with its parameter filled in and percent-encoded.
    public func path(naming name: String) -> String {
        guard let open = path.firstIndex(of: "{"), let close = path.firstIndex(of: "}") else {
            return path
        }
        return path[..<open] + PercentEncoding.encode(name) + path[path.index(after: close)...]
    }

    /// The path of a route about one version of something, with both parameters filled in.
    public func path(naming name: String, version: Int) -> String {
        let whole = path(naming: name)
        guard let open = whole.firstIndex(of: "{"), let close = whole.firstIndex(of: "}") else {
            return whole
        }
        return whole[..<open] + String(version) + whole[whole.index(after: close)...]
    }

    private struct Row {
        let method: HTTPMethod
        let path: String
        let roles: Set<Role>

        init(_ method: HTTPMethod, _ path: String, _ roles: Set<Role>) {
            self.method = method
            self.path = path
            self.roles = roles
        }
    }

    private static let everybody: Set<Role> = []
    private static let agents: Set<Role> = [.agent]
    private static let deciders: Set<Role> = [.approver, .lead]
    private static let readers: Set<Role> = [.approver, .lead, .auditor, .admin]
    private static let overseers: Set<Role> = [.lead, .auditor, .admin]
    private static let known = Set(Role.allCases)
    private static let admins: Set<Role> = [.admin]
    private static let configurers: Set<Role> = [.lead, .admin]

    private static let revokers: Set<Role> = [.approver, .lead, .admin]
    private static let version = "/v1/policies/{name}/versions/{version}"

    private var row: Row {
        switch self {
        case .submit: Row(.post, "/v1/approvals", Self.agents)
        case .approval: Row(.get, "/v1/approvals/{id}", Self.known)
        case .claim: Row(.post, "/v1/approvals/{id}/claim", Self.agents)
        case .receipt: Row(.post, "/v1/approvals/{id}/receipt", Self.agents)
        case .cancel: Row(.post, "/v1/approvals/{id}/cancel", Self.agents)
        case .claudeCodeHook: Row(.post, "/v1/hooks/claude-code", Self.agents)
        case .me: Row(.get, "/v1/me", Self.known)
        case .beginStepUp, .confirmStepUp, .resetStepUp, .permitStepUp: stepUpRow
        case .inbox, .history: Row(.get, "/v1/\(rawValue)", Self.readers)
        case .decision: Row(.post, "/v1/approvals/{id}/decision", Self.deciders)
        case .decisions: Row(.post, "/v1/decisions", Self.deciders)
        case .extend: Row(.post, "/v1/approvals/{id}/extend", Self.deciders)
        case .reassign: Row(.post, "/v1/approvals/{id}/reassign", Self.deciders)
        case .comment: Row(.post, "/v1/approvals/{id}/comment", Self.deciders)
        case .reviewing: Row(.post, "/v1/approvals/{id}/reviewing", Self.deciders)
        case .reveal: Row(.post, "/v1/approvals/{id}/reveal", Self.deciders)
        case .listTenants: Row(.get, "/v1/tenants", Self.admins)
        case .addTenant: Row(.post, "/v1/tenants", Self.admins)
        case .changeTenant: Row(.put, "/v1/tenants/{name}", Self.admins)
        case .removeTenant: Row(.delete, "/v1/tenants/{name}", Self.admins)
        case .listGroups: Row(.get, "/v1/groups", Self.configurers)
        case .addGroup: Row(.post, "/v1/groups", Self.admins)
        case .removeGroup: Row(.delete, "/v1/groups/{name}", Self.admins)
        case .listMembers: Row(.get, "/v1/members", Self.configurers)
        case .putMember: Row(.post, "/v1/members", Self.admins)
        case .removeMember: Row(.delete, "/v1/members/{name}", Self.admins)
        case .listAgents, .addAgent, .removeAgent, .listTokens, .addToken, .removeToken: tableRow
        case .listPolicies: Row(.get, "/v1/policies", Self.readers)
        case .publishPolicy: Row(.post, "/v1/policies", Self.configurers)
        case .policy: Row(.get, "/v1/policies/{name}", Self.readers)
        case .changePolicyMode: Row(.post, "/v1/policies/{name}/mode", Self.configurers)
        case .explanation: Row(.get, "/v1/approvals/{id}/explanation", Self.readers)
        case .policyDifference: Row(.get, "/v1/policies/{name}/diff", Self.readers)
        case .shadowReport, .reviewShadow: shadowRow
        case .backtest: Row(.post, "/v1/policies/backtest", Self.overseers)
        case .listDelegations, .lend, .revokeDelegation: peopleRow
        case .escalationPlan, .planEscalation, .acknowledge: escalationRow
        case .listSchedules, .putSchedule, .removeSchedule, .listShifts: tableRow
        case .calendar, .putCalendar, .listOverrides, .addOverride, .removeOverride: tableRow
        case .offShift, .onShift, .listSwaps, .offerSwap, .takeSwap, .withdrawSwap: tableRow
        case .memberReach, .setMemberReach, .groupReach, .setGroupReach: tableRow
        case .auditCheckpoint, .auditCheckpoints, .auditEvents, .auditDisclosures: tableRow
        case .auditInclusion, .auditConsistency, .auditKeys, .logFile, .halt, .liftHalt: tableRow
        case .listErasures, .proposeErasure, .confirmErasure, .coverage, .story: tableRow
        case .listBreakGlass, .reviewBreakGlass: tableRow
        case .listGrants, .grant, .revokeGrant: grantRow
        case .health, .ready, .metrics, .contract: Row(.get, operationsPath, Self.everybody)
        }
    }

    private var shadowRow: Row {
        self == .shadowReport
            ? Row(.get, Self.version + "/shadow", Self.readers)
            : Row(.post, Self.version + "/reviewed", Self.configurers)
    }

    private var stepUpRow: Row {
        if self == .beginStepUp { return Row(.post, "/v1/me/step-up", Self.readers) }
        if self == .confirmStepUp { return Row(.post, "/v1/me/step-up/confirm", Self.readers) }
        let method: HTTPMethod = self == .resetStepUp ? .delete : .post
        return Row(method, "/v1/members/{name}/step-up", Self.admins)
    }

    private var grantRow: Row {
        if self == .listGrants { return Row(.get, "/v1/grants", Self.readers) }
        return self == .grant
            ? Row(.get, "/v1/grants/{id}", Self.readers)
            : Row(.post, "/v1/grants/{id}/revoke", Self.revokers)
    }

    private var peopleRow: Row {
        if self == .listDelegations { return Row(.get, "/v1/delegations", Self.readers) }
        return self == .lend
            ? Row(.post, "/v1/delegations", Self.deciders)
            : Row(.delete, "/v1/delegations/{id}", Self.deciders)
    }

    private var escalationRow: Row {
        if self == .acknowledge {
            return Row(.post, "/v1/approvals/{id}/acknowledge", Self.deciders)
        }
        return self == .escalationPlan
            ? Row(.get, "/v1/groups/{name}/escalation", Self.readers)
            : Row(.put, "/v1/groups/{name}/escalation", Self.configurers)
    }

    private var operationsPath: String {
        if self == .contract { return "/openapi.yaml" }
        if self == .metrics { return "/metrics" }
        return self == .ready ? "/readyz" : "/healthz"
    }

    /// Those of the table below; a test asks every route for its row.
    private var tableRow: Row {
        guard let row = Self.rows[self] else {
            preconditionFailure("Every route has a row.")
        }
        return row
    }

    private static let schedule = "/v1/schedules/{name}"

    private static let rows: [Route: Row] = [
        .listAgents: Row(.get, "/v1/agents", configurers),
        .addAgent: Row(.post, "/v1/agents", admins),
        .removeAgent: Row(.delete, "/v1/agents/{name}", admins),
        .listTokens: Row(.get, "/v1/tokens", admins),
        .addToken: Row(.post, "/v1/tokens", admins),
        .removeToken: Row(.delete, "/v1/tokens/{id}", admins),
        .listSchedules: Row(.get, "/v1/schedules", readers),
        .putSchedule: Row(.put, schedule, configurers),
        .removeSchedule: Row(.delete, schedule, configurers),
        .listShifts: Row(.get, schedule + "/shifts", readers),
        .calendar: Row(.get, schedule + "/calendar", readers),
        .putCalendar: Row(.put, schedule + "/calendar", configurers),
        .listOverrides: Row(.get, schedule + "/overrides", readers),
        .addOverride: Row(.post, schedule + "/overrides", configurers),
        .removeOverride: Row(.delete, "/v1/overrides/{id}", configurers),
        .coverage: Row(.get, "/v1/coverage", readers),
        .offShift: Row(.post, "/v1/me/off-shift", deciders),
        .onShift: Row(.post, "/v1/me/on-shift", deciders),
        .listSwaps: Row(.get, schedule + "/swaps", readers),
        .offerSwap: Row(.post, schedule + "/swaps", deciders),
        .takeSwap: Row(.post, "/v1/swaps/{id}/take", deciders),
        .withdrawSwap: Row(.delete, "/v1/swaps/{id}", deciders),
        .memberReach: Row(.get, "/v1/members/{name}/reach", readers),
        .setMemberReach: Row(.put, "/v1/members/{name}/reach", readers),
        .groupReach: Row(.get, "/v1/groups/{name}/reach", readers),
        .setGroupReach: Row(.put, "/v1/groups/{name}/reach", configurers),
        .auditCheckpoint: Row(.get, "/v1/audit/checkpoint", known),
        .auditCheckpoints: Row(.get, "/v1/audit/checkpoints", overseers),
        .auditEvents: Row(.get, "/v1/audit/events", overseers),
        .auditDisclosures: Row(.get, "/v1/audit/disclosures", overseers),
        .auditInclusion: Row(.get, "/v1/audit/proof/inclusion", overseers),
        .auditConsistency: Row(.get, "/v1/audit/proof/consistency", known),
        .auditKeys: Row(.get, "/v1/audit/keys", known),
        .halt: Row(.post, "/v1/halt", [.approver, .lead, .admin]),
        .liftHalt: Row(.post, "/v1/halt/lift", configurers),
        .logFile: Row(.get, logPrefix + "{path}", overseers),
        .listErasures: Row(.get, "/v1/audit/erasures", overseers),
        .story: Row(.get, "/v1/approvals/{id}/story", readers),
        .listBreakGlass: Row(.get, "/v1/break-glass", overseers),
        .reviewBreakGlass: Row(.post, "/v1/break-glass/{id}/review", [.lead]),
        .proposeErasure: Row(.post, "/v1/audit/erasures", configurers),
        .confirmErasure: Row(.post, "/v1/audit/erasures/{id}/confirm", configurers),
    ]
}

/// The methods the API uses.
public enum HTTPMethod: String, Hashable, Sendable, CaseIterable {
    case get = "GET"
    case post = "POST"
    case put = "PUT"
    case delete = "DELETE"
}

/// Percent-encoding of one path segment or query value (RFC 3986, unreserved characters stay).
public enum PercentEncoding {
    /// Encodes every byte that is not unreserved.
    public static func encode(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var out: [UInt8] = []
        for byte in text.utf8 {
            if isUnreserved(byte) {
                out.append(byte)
            } else {
                out += [37, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// Decodes; nil for a broken escape or bytes that are not UTF-8.
    public static func decode(_ text: some StringProtocol) -> String? {
        let bytes = Array(text.utf8)
        var out: [UInt8] = []
        var index = 0
        while index < bytes.count {
            guard bytes[index] == 37 else {
                out.append(bytes[index])
                index += 1
                continue
            }
            guard
                index + 2 < bytes.count, let high = nibble(bytes[index + 1]),
                let low = nibble(bytes[index + 2])
            else { return nil }
            out.append(high << 4 | low)
            index += 3
        }
        return String(validating: out, as: UTF8.self)
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case 48...57, 65...90, 97...122, 45, 46, 95, 126: true
        default: false
        }
    }

    private static func nibble(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 48...57: byte - 48
        case 65...70: byte - 55
        case 97...102: byte - 87
        default: nil
        }
    }
}
