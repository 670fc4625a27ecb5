import Approvals
import Audit
import Cryptography
import JSONTree

// An admin manages agents and tokens.
extension Session {
    mutating func addAgent(
        name: String, ownerEmail: String?
    ) throws(CommandFailure) -> Answer {
        let name = try Naming.label(name, "/name", bytesMax: Limits.agentNameBytesMax)
        var owner: Member?
        if let ownerEmail {
            let wanted = Naming.lowercased(ownerEmail)
            owner = try stored(try store.member(email: wanted, of: tenant))
            guard owner != nil else {
                throw .field("/owner", "there is no member with this e-mail")
            }
        }
        let agent = Agent(
            id: AgentID(journal.uuid()), name: name, owner: owner?.id, createdAt: now)
        guard try stored(try store.insert(agent, of: tenant)) else {
            throw .refusing(.conflict("there is an agent of this name"))
        }
        try journal.record(
            AuditEvent(
                .agentAdded, by: actor, about: .init(.agent, agent.id.rawValue),
                facts: .facts([
                    "name": .fact(agent.name), "owner": agent.owner.map { .fact($0.rawValue) },
                ])), of: tenant)
        return .agent(agent, ownerEmail: owner?.email)
    }

    mutating func removeAgent(name: String) throws(CommandFailure) -> Answer {
        guard let agent = try stored(try store.agent(named: name, of: tenant)) else {
            throw .refusing(.notFound)
        }
        try revokeTokens(of: .agent(agent.id))
        guard try stored(try store.removeAgent(agent.id, of: tenant)) else {
            throw .refusing(.notFound)
        }
        try journal.record(
            AuditEvent(.agentRemoved, by: actor, about: .init(.agent, agent.id.rawValue)),
            of: tenant)
        return .removed
    }

    mutating func addToken(
        _ wanted: TokenFor, label: String?, expiresInSeconds: Int?
    ) throws(CommandFailure) -> Answer {
        var checked: String?
        if let label {
            checked = try Naming.label(label, "/label", bytesMax: Limits.labelBytesMax)
        }
        if let seconds = expiresInSeconds {
            guard (1...Limits.tokenSecondsMax).contains(seconds) else {
                throw .field("/expires_in_s", "must be from 1 to \(Limits.tokenSecondsMax)")
            }
        }
        let holder = try holder(wanted)
        let issue = TokenIssue(
            for: holder, label: checked,
            expiresAt: expiresInSeconds.map { now.adding(seconds: $0) })
        let (token, secret) = try journal.issueToken(issue, of: tenant, by: actor)
        return .token(token, holderName: holder.name, secret: secret)
    }

    mutating func removeToken(_ id: TokenID) throws(CommandFailure) -> Answer {
        guard let token = try stored(try store.tokens(of: tenant)).first(where: { $0.id == id })
        else { throw .refusing(.notFound) }
        if case .member(let id) = token.holder,
            let member = try stored(try store.member(id, of: tenant))
        {
            try requireRank(over: member)
        }
        try revoke(token)
        return .removed
    }

    /// Revokes every token of somebody who leaves.
    mutating func revokeTokens(of holder: Token.Holder) throws(CommandFailure) {
        for token in try stored(try store.tokens(of: tenant)) where token.holder == holder {
            try revoke(token)
        }
    }

    private mutating func revoke(_ token: Token) throws(CommandFailure) {
        guard try stored(try store.removeToken(token.id, of: tenant)) else {
            throw .refusing(.notFound)
        }
        try journal.record(
            AuditEvent(.tokenRevoked, by: actor, about: .init(.token, token.id.rawValue)),
            of: tenant)
    }

    private func holder(_ wanted: TokenFor) throws(CommandFailure) -> TokenHolder {
        switch wanted {
        case .member(let email):
            let email = Naming.lowercased(email)
            guard let member = try stored(try store.member(email: email, of: tenant)) else {
                throw .field("/member", "there is no member with this e-mail")
            }
            try requireRank(over: member)
            return TokenHolder(holder: .member(member.id), name: member.email)
        case .agent(let name):
            guard let agent = try stored(try store.agent(named: name, of: tenant)) else {
                throw .field("/agent", "there is no agent of this name")
            }
            return TokenHolder(holder: .agent(agent.id), name: agent.name)
        }
    }
}

/// Whom a token speaks for, and what they are called.
struct TokenHolder {
    let holder: Token.Holder
    let name: String
}

/// A token that is about to be issued.
struct TokenIssue {
    let holder: TokenHolder
    let label: String?
    let expiresAt: Timestamp?

    init(for holder: TokenHolder, label: String?, expiresAt: Timestamp?) {
        self.holder = holder
        self.label = label
        self.expiresAt = expiresAt
    }
}

extension Journal {
    /// Makes a token; only the digest of its secret is kept.
    mutating func issueToken(
        _ issue: TokenIssue, of tenant: TenantName, by actor: AuditEvent.Actor
    ) throws(CommandFailure) -> (token: Token, secret: String) {
        let secret = "cs_" + Base64URL.encode(randomBytes(32))
        let token = Token(
            id: TokenID(uuid()), tenant: tenant, holder: issue.holder.holder,
            secretDigest: SHA256.hash(Array(secret.utf8)), label: issue.label, createdAt: now,
            expiresAt: issue.expiresAt)
        try stored(try store.insert(token))
        try record(
            AuditEvent(
                .tokenIssued, by: actor, about: .init(.token, token.id.rawValue),
                facts: .facts([
                    "expires_ms": token.expiresAt.map { .fact($0) },
                    "holder": .fact(issue.holder.holder.id),
                ])), of: tenant)
        return (token, secret)
    }
}

extension Token.Holder {
    fileprivate var id: String {
        switch self {
        case .member(let id): id.rawValue
        case .agent(let id): id.rawValue
        }
    }
}
