public import Approvals

/// Every route of the REST API. Server, client, contract and tests all read this table.
public enum Route: String, Hashable, Sendable, CaseIterable {
    case submit, approval, claim, receipt, cancel
    case me, beginStepUp, confirmStepUp, resetStepUp, permitStepUp
    case inbox, decision, decisions, extend, reassign, comment, reviewing, reveal, history
    case listTenants, addTenant, changeTenant, removeTenant
    case listGroups, addGroup, removeGroup
    case listMembers, putMember, removeMember
    case listAgents, addAgent, removeAgent
    case listTokens, addToken, removeToken
    case listPolicies, publishPolicy, policy, changePolicyMode
    case health, ready, metrics, contract

    /// The HTTP method.
    public var method: HTTPMethod { row.method }

    /// The path, with `{id}` or `{name}` where something is named.
    public var path: String { row.path }

    /// Who may call it: empty for everybody, even without a token.
    public var roles: Set<Role> { row.roles }

    /// True when the answer may be waited for with `?wait=`.
    public var canWait: Bool { self == .approval || self == .inbox }

    /// The path with its parameter filled in and percent-encoded.
    public func path(naming name: String) -> String {
        guard let open = path.firstIndex(of: "{"), let close = path.firstIndex(of: "}") else {
            return path
        }
        return path[..<open] + PercentEncoding.encode(name) + path[path.index(after: close)...]
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
    private static let known = Set(Role.allCases)
    private static let admins: Set<Role> = [.admin]
    private static let configurers: Set<Role> = [.lead, .admin]

    private var row: Row {
        switch self {
        case .submit: Row(.post, "/v1/approvals", Self.agents)
        case .approval: Row(.get, "/v1/approvals/{id}", Self.known)
        case .claim: Row(.post, "/v1/approvals/{id}/claim", Self.agents)
        case .receipt: Row(.post, "/v1/approvals/{id}/receipt", Self.agents)
        case .cancel: Row(.post, "/v1/approvals/{id}/cancel", Self.agents)
        case .me: Row(.get, "/v1/me", Self.known)
        case .beginStepUp: Row(.post, "/v1/me/step-up", Self.readers)
        case .confirmStepUp: Row(.post, "/v1/me/step-up/confirm", Self.readers)
        case .resetStepUp: Row(.delete, "/v1/members/{name}/step-up", Self.admins)
        case .permitStepUp: Row(.post, "/v1/members/{name}/step-up", Self.admins)
        case .inbox: Row(.get, "/v1/inbox", Self.readers)
        case .decision: Row(.post, "/v1/approvals/{id}/decision", Self.deciders)
        case .decisions: Row(.post, "/v1/decisions", Self.deciders)
        case .extend: Row(.post, "/v1/approvals/{id}/extend", Self.deciders)
        case .reassign: Row(.post, "/v1/approvals/{id}/reassign", Self.deciders)
        case .comment: Row(.post, "/v1/approvals/{id}/comment", Self.deciders)
        case .reviewing: Row(.post, "/v1/approvals/{id}/reviewing", Self.deciders)
        case .reveal: Row(.post, "/v1/approvals/{id}/reveal", Self.deciders)
        case .history: Row(.get, "/v1/history", Self.readers)
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
        case .listAgents: Row(.get, "/v1/agents", Self.configurers)
        case .addAgent: Row(.post, "/v1/agents", Self.admins)
        case .removeAgent: Row(.delete, "/v1/agents/{name}", Self.admins)
        case .listTokens: Row(.get, "/v1/tokens", Self.admins)
        case .addToken: Row(.post, "/v1/tokens", Self.admins)
        case .removeToken: Row(.delete, "/v1/tokens/{id}", Self.admins)
        case .listPolicies: Row(.get, "/v1/policies", Self.readers)
        case .publishPolicy: Row(.post, "/v1/policies", Self.configurers)
        case .policy: Row(.get, "/v1/policies/{name}", Self.readers)
        case .changePolicyMode: Row(.post, "/v1/policies/{name}/mode", Self.configurers)
        case .health: Row(.get, "/healthz", Self.everybody)
        case .ready: Row(.get, "/readyz", Self.everybody)
        case .metrics: Row(.get, "/metrics", Self.everybody)
        case .contract: Row(.get, "/openapi.yaml", Self.everybody)
        }
    }
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
