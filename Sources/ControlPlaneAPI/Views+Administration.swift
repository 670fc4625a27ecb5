import Approvals
import ControlPlane
import Cryptography
import WireAPI

extension TenantView {
    init(_ tenant: Tenant, adminToken: String? = nil) {
        let risks = tenant.toolRisks.sorted { $0.key < $1.key }
        self.init(
            name: tenant.name, defaultGroup: tenant.defaultGroup,
            defaultTimeoutSeconds: tenant.defaultTimeoutSeconds,
            timeoutMaxSeconds: tenant.timeoutMaxSeconds,
            claimWindowSeconds: tenant.claimWindowSeconds, defaultRisk: tenant.defaultRisk,
            toolRisks: risks.map { ToolRiskBody(tool: $0.key.rawValue, risk: $0.value) },
            failOpenTools: tenant.failOpenTools.sorted().map(\.rawValue),
            stepUpFrom: tenant.stepUpFrom, retentionDays: tenant.retentionDays,
            createdAt: tenant.createdAt, adminToken: adminToken)
    }
}

extension GroupView {
    init(_ group: Group, emails: [String]) {
        self.init(name: group.name, members: emails, createdAt: group.createdAt)
    }
}

extension MemberView {
    init(_ member: Member) {
        self.init(
            id: member.id, email: member.email, roles: member.roles.inOrder,
            groups: member.groups.sorted(), isOperator: member.isOperator,
            createdAt: member.createdAt)
    }
}

extension AgentInfo {
    init(_ agent: Agent, ownerEmail: String?) {
        self.init(
            id: agent.id, name: agent.name, owner: ownerEmail, createdAt: agent.createdAt)
    }
}

extension TokenView {
    init(_ token: Token, holderName: String, secret: String? = nil) {
        self.init(
            id: token.id, holder: holderName, kind: token.holder.kind, label: token.label,
            createdAt: token.createdAt, expiresAt: token.expiresAt, token: secret)
    }
}

extension MeAnswer {
    init(
        _ principal: Principal, _ stepUp: StepUpState, at now: Timestamp, halt: ShownHalt? = nil,
        duty: DutyReport? = nil, quietUntil: Timestamp? = nil, glass: GlassDebt? = nil
    ) {
        let halt = halt.map { HaltView(by: $0.email, at: $0.halt.at, reason: $0.halt.reason) }
        switch principal {
        case .member(let member, let tenant):
            self.init(
                id: member.id.rawValue, name: member.email, kind: "member", tenant: tenant,
                roles: member.roles.inOrder, groups: member.groups.sorted(),
                isOperator: member.isOperator, isOnShift: duty?.isOn ?? true,
                shiftUntil: duty?.until, stepUp: stepUp, serverTime: now, halt: halt,
                duty: duty.map { DutyView($0) }, quietUntil: quietUntil,
                breakGlass: glass.map { BreakGlassDebt($0) })
        case .agent(let agent, let tenant):
            self.init(
                id: agent.id.rawValue, name: agent.name, kind: "agent", tenant: tenant,
                roles: [.agent], isOperator: false, isOnShift: true, serverTime: now,
                halt: halt)
        }
    }
}

extension StepUpEnrolment {
    /// Names tenant and person, so that an authenticator with many entries tells them apart.
    init(_ secret: StepUpSecret, of email: String, in tenant: TenantName, until: Timestamp?) {
        let letters = Base32.encode(secret.bytes)
        let issuer = PercentEncoding.encode("countersign \(tenant)")
        self.init(
            secret: letters,
            uri: "otpauth://totp/\(issuer):\(PercentEncoding.encode(email))?secret=\(letters)"
                + "&issuer=\(issuer)&algorithm=SHA1&digits=\(TOTP.digitsCount)"
                + "&period=\(TOTP.stepSeconds)",
            expiresAt: until ?? Timestamp(milliseconds: 0))
    }
}

extension Token.Holder {
    fileprivate var kind: String {
        switch self {
        case .member: "member"
        case .agent: "agent"
        }
    }
}

extension Set<Role> {
    /// In the order of the roles' declaration.
    fileprivate var inOrder: [Role] { Role.allCases.filter(contains) }
}
