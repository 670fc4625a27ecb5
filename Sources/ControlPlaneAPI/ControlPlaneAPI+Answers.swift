import Approvals
public import ControlPlane
import Cryptography
import JSONTree
import Policies
public import WireAPI

extension ControlPlaneAPI {
    /// What is sent for what came of a command or a query.
    public func response(
        to call: APICall, _ result: Result<Answer, CommandFailure>
    ) -> HTTPResponse {
        switch result {
        case .success(let answer):
            let response = response(answer)
            return isKnown(response, to: call) ? response.notModified : response
        case .failure(let failure): return self.response(failure)
        }
    }

    /// What is sent for a call that the API itself refuses.
    public func response(_ failure: APIFailure) -> HTTPResponse { failure.response }

    /// What is sent for a command or a query that failed.
    public func response(_ failure: CommandFailure) -> HTTPResponse {
        switch failure {
        case .refused(let refusal, let current):
            Problem(refusal, current: current).response(refusal.headers)
        case .store(let failure): Problem(failure).response(failure.headers)
        }
    }

    /// True when the answer says nothing that the caller waits for, so that it may be kept back.
    ///
    /// An approval is waited for until it is terminal or, when the call has an `If-None-Match`,
    /// until it is another one than that; the change feed until it has something to say.
    public func isWorthWaiting(
        _ call: APICall, _ result: Result<Answer, CommandFailure>
    ) -> Bool {
        guard case .success(let answer) = result else { return false }
        let isPending: Bool
        switch answer {
        case .agentApproval(let view): isPending = !view.approval.state.isTerminal
        case .approverApproval(let view): isPending = !view.row.state.isTerminal
        case .inbox(let page): isPending = page.changes.isEmpty && !page.hasMore
        case .submitted, .claimed, .decidedMany, .refused, .revealed, .history, .me,
            .stepUpBegun, .stepUpPermitted, .tenant, .tenants,
            .group, .groups, .member, .members, .agent, .agents, .token, .tokens, .policies,
            .explanation, .policyDifference, .shadowReport, .shadowReviewed, .backtest, .grants,
            .audit, .people, .brokenGlass, .removed:
            return false
        }
        guard call.headers["if-none-match"] != nil else { return isPending }
        return isKnown(response(answer), to: call)
    }

    /// True when the caller said that it has this representation.
    private func isKnown(_ response: HTTPResponse, to call: APICall) -> Bool {
        guard call.method == HTTPMethod.get.rawValue, response.status == 200,
            let known = call.headers["if-none-match"], let tag = response.headers["etag"]
        else { return false }
        return known.split(separator: ",").contains { candidate in
            let candidate = candidate.filter { $0 != " " }
            return candidate == tag || "W/" + candidate == tag || candidate == "W/" + tag
        }
    }

    private func response(_ answer: Answer) -> HTTPResponse {
        switch answer {
        case .submitted(let approval, _, let isNew): submitted(approval, isNew: isNew)
        case .claimed(let approval, let claim, let salts): claimed(approval, claim, salts)
        case .agentApproval(let view): agentApproval(view)
        case .approverApproval(let view): approverApproval(view)
        case .decidedMany(let results): decidedMany(results)
        case .refused(let refusal, let current):
            self.response(CommandFailure.refused(refusal, current: current))
        case .revealed(let pointer, let value): revealed(pointer, value)
        case .inbox(let page): inbox(page)
        case .brokenGlass(let all, let isOne): brokenGlass(all, isOne: isOne)
        case .history(let rows, let next):
            .json(200, SummaryList(items: rows.map { .init($0) }, next: next?.rawValue).wire)
        case .me(let principal, let stepUp, let now, let halt, let duty, let quietUntil, let glass):
            .json(
                200,
                MeAnswer(
                    principal, stepUp, at: now, halt: halt, duty: duty, quietUntil: quietUntil,
                    glass: glass
                ).wire)
        case .stepUpBegun(let secret, let email, let tenant, let until):
            .json(201, StepUpEnrolment(secret, of: email, in: tenant, until: until).wire)
        case .stepUpPermitted(let code, let until):
            .json(201, StepUpPermit(code: code.text, expiresAt: until).wire)
        case .tenant(let tenant, let secret):
            .json(secret == nil ? 200 : 201, TenantView(tenant, adminToken: secret).wire)
        case .tenants(let tenants): list(tenants)
        case .group(let group, let emails): .json(201, GroupView(group, emails: emails).wire)
        case .groups(let groups, let emails): .json(200, list(groups, emails))
        case .member(let member): .json(200, MemberView(member).wire)
        case .members(let members): .json(200, MemberList(items: members.map { .init($0) }).wire)
        case .agent(let agent, let owner): .json(201, AgentInfo(agent, ownerEmail: owner).wire)
        case .agents(let agents, let owners): .json(200, list(agents, owners))
        case .token(let token, let holder, let secret):
            .json(201, TokenView(token, holderName: holder, secret: secret).wire)
        case .tokens(let tokens, let holders): .json(200, list(tokens, holders))
        case .policies(let policies, let names, let isOne):
            self.policies(policies, names, isOne: isOne)
        case .people(let answer): response(answer)
        case .explanation(let explanation): .json(200, ExplanationAnswer(explanation).wire)
        case .policyDifference(let id, let from, let to, let difference):
            self.difference(of: id, from: from, to: to, difference)
        case .shadowReport(let summary): .json(200, ShadowReport(summary).wire)
        case .shadowReviewed(let count, let left):
            .json(200, ReviewedAnswer(reviewed: count, laxerUnreviewed: left).wire)
        case .backtest(let result): .json(200, BacktestPage(result).wire)
        case .grants(let grants, let isOne): self.grants(grants, isOne: isOne)
        case .audit(let answer): audit(answer)
        case .removed: .empty(204)
        }
    }

    private func difference(
        of id: PolicyID, from: Int, to: Int, _ difference: PolicyDifference
    ) -> HTTPResponse {
        .json(
            200,
            PolicyDifferenceAnswer(
                policy: id.rawValue, from: from, to: to,
                changes: difference.changes.map { .init($0) }
            ).wire)
    }

    private func submitted(_ approval: Approval, isNew: Bool) -> HTTPResponse {
        .json(
            isNew ? 201 : 200, AgentView(approval, decidedBy: nil, onBehalfOf: nil).wire,
            [
                "etag": tag(approval.revision),
                "location": Route.approval.path(naming: approval.id.rawValue),
            ])
    }

    private func claimed(
        _ approval: Approval, _ claim: Claim, _ salts: [[UInt8]]?
    ) -> HTTPResponse {
        guard let arguments = approval.effectiveArguments, let digest = approval.effectiveDigest
        else { return APIFailure.internalError.response }
        let answer = ClaimAnswer(
            id: approval.id, tool: approval.tool.rawValue, arguments: arguments,
            effectiveDigest: digest, fencingToken: claim.fencingToken,
            expiresAt: claim.leaseUntil, salts: salts?.map { Base64.encode($0) })
        return .json(200, answer.wire)
    }

    private func agentApproval(_ view: AgentApproval) -> HTTPResponse {
        let body = AgentView(
            view.approval, decidedBy: view.decidedBy, onBehalfOf: view.onBehalfOf,
            proof: view.proof.map { EventProof($0) })
        return .json(200, body.wire, ["etag": tag(view.approval.revision)])
    }

    private func approverApproval(_ view: ApproverApproval) -> HTTPResponse {
        .json(200, ApproverView(view).wire, ["etag": tag(view.row.revision)])
    }

    private func decidedMany(
        _ results: [Result<ApproverApproval, BulkRefusal>]
    ) -> HTTPResponse {
        var bytesLeft = APILimits.bulkViewBytesMax
        let items = results.map { result in
            let whole = BulkDecisionResult(result)
            let bytes = whole.wire.bytes().count
            guard bytes <= bytesLeft else { return whole.withoutViews }
            bytesLeft -= bytes
            return whole
        }
        return .json(200, BulkDecisionAnswer(items: items).wire)
    }

    private func revealed(_ pointer: JSONPointer, _ value: JSONValue) -> HTTPResponse {
        let answer = RevealAnswer(
            pointer: pointer.description, value: value, showSeconds: APILimits.revealSeconds)
        return .json(200, answer.wire)
    }

    /// The tag covers what the page says, not the clock in it.
    private func inbox(_ page: InboxPage) -> HTTPResponse {
        var answer = InboxAnswer(
            items: page.changes.map { .init($0) }, next: page.next, hasMore: page.hasMore,
            serverTime: Timestamp(milliseconds: 0))
        let digest = SHA256.hash(answer.wire.bytes())
        answer.serverTime = page.serverTime
        return .json(200, answer.wire, ["etag": "W/\"\(digest.hex.prefix(32))\""])
    }

    private func policies(
        _ policies: [PublishedPolicy], _ names: [MemberID: String], isOne: Bool
    ) -> HTTPResponse {
        let views = policies.map { PolicyView($0, names: names) }
        guard isOne, let view = views.first else {
            return .json(200, PolicyList(items: views).wire)
        }
        return .json(200, view.wire)
    }

    private func grants(_ grants: [ShownGrant], isOne: Bool) -> HTTPResponse {
        let views = grants.map { GrantView($0) }
        guard isOne, let view = views.first else {
            return .json(200, GrantList(items: views).wire)
        }
        return .json(200, view.wire)
    }

    private func tag(_ revision: Int) -> String { "\"\(revision)\"" }

    private func list(_ tenants: [Tenant]) -> HTTPResponse {
        .json(200, TenantList(items: tenants.map { .init($0) }).wire)
    }

    private func list(_ groups: [Group], _ emails: [GroupName: [String]]) -> JSONValue {
        GroupList(items: groups.map { .init($0, emails: emails[$0.name] ?? []) }).wire
    }

    private func list(_ agents: [Agent], _ owners: [MemberID: String]) -> JSONValue {
        let items = agents.map { agent in
            AgentInfo(agent, ownerEmail: agent.owner.flatMap { owners[$0] })
        }
        return AgentList(items: items).wire
    }

    private func list(_ tokens: [Token], _ holders: [TokenID: String]) -> JSONValue {
        let items = tokens.map { token in
            TokenView(token, holderName: holders[token.id] ?? "")
        }
        return TokenList(items: items).wire
    }
}

extension BulkDecisionResult {
    fileprivate init(_ result: Result<ApproverApproval, BulkRefusal>) {
        switch result {
        case .success(let view):
            self.init(id: view.row.id, status: 200, approval: ApproverView(view))
        case .failure(let failure):
            let problem = Problem(failure.refusal, current: failure.current)
            self.init(id: failure.approval, status: problem.status, problem: problem)
        }
    }

    /// What became of the decision, for whoever reads the approval by itself.
    fileprivate var withoutViews: BulkDecisionResult {
        var short = self
        short.approval = nil
        short.problem?.approval = nil
        return short
    }
}

extension HTTPResponse {
    /// The answer to somebody who has it already.
    fileprivate var notModified: HTTPResponse {
        .empty(304, headers.filter { $0.key == "etag" })
    }
}
