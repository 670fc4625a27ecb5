import Approvals
import ControlPlane
import JSONTree
import WireAPI

extension GrantView {
    init(_ grant: ShownGrant) {
        self.init(
            id: grant.id, tool: grant.tool.rawValue,
            agent: PartyBody(id: grant.agent.rawValue, name: grant.agentName),
            scope: grant.session == nil ? .agent : .session, sessionID: grant.session,
            group: grant.terms.group, risk: grant.terms.risk, rule: grant.terms.rule,
            bounds: grant.bounds.map { GrantBoundView($0) }, grantedBy: grant.grantedBy,
            grantedAt: grant.grantedAt, fromApproval: grant.fromApproval,
            expiresAt: grant.expiresAt, uses: grant.uses, usesLeft: grant.usesLeft,
            lastUsedAt: grant.lastUsedAt, state: grant.state,
            cause: grant.ending?.cause.rawValue, revokedBy: grant.revokedBy,
            revokedAt: grant.ending?.at, reason: grant.ending?.reason)
    }
}

extension GrantBoundView {
    init(_ bound: ShownGrant.Bound) {
        switch bound {
        case .max(let place, let most):
            self.init(pointer: place.description, max: .number(most))
        case .equals(let place, let value):
            self.init(pointer: place.description, equals: value)
        case .same(let place): self.init(pointer: place.description, same: true)
        }
    }
}
