import Approvals
import ControlPlane
import Cryptography
public import WireAPI

/// The REST API as a function over values: what a call asks for, and what the answer looks like.
///
/// The same code runs under a real server and in a simulation; neither sockets nor clocks are here.
public struct ControlPlaneAPI: Sendable {
    /// The API has no state and no settings.
    public init() {}

    /// What a shell must do to answer `call`.
    public func plan(_ call: APICall) -> APIPlan {
        do {
            return try CallReader(call).plan()
        } catch {
            return .respond(error.response)
        }
    }

    /// The row of the route table that `call` goes to; nil when there is none.
    public func route(of call: APICall) -> Route? {
        do {
            let path = call.target.prefix { $0 != "?" }
            return try RouteTable.whole.match(call.method, path).route
        } catch {
            return nil
        }
    }
}

extension CallReader {
    /// What a route does with a call; the token is looked at before the rest.
    private enum Handling {
        case perform(() throws(APIFailure) -> Command)
        /// A command with query items of its own.
        case adjust(() throws(APIFailure) -> Command)
        case ask(() throws(APIFailure) -> Query)
        /// A query that comes with a body and is not waited for.
        case consult(() throws(APIFailure) -> Query)
        case observe(Observation)
        case respond(HTTPResponse)
        case hook
    }

    func plan() throws(APIFailure) -> APIPlan {
        switch handling {
        case .perform(let command):
            let secret = try secretDigest()
            try knowing()
            return .perform(try command(), as: secret)
        case .adjust(let command):
            let secret = try secretDigest()
            return .perform(try command(), as: secret)
        case .ask(let query):
            let secret = try secretDigest()
            try noBody()
            return .ask(try query(), as: secret, waitSeconds: try waitSeconds())
        case .consult(let query):
            let secret = try secretDigest()
            try knowing()
            return .ask(try query(), as: secret, waitSeconds: 0)
        case .observe(let observation):
            try knowing()
            try noBody()
            return .observe(observation)
        case .hook: return hook()
        case .respond(let response):
            try knowing()
            try noBody()
            return .respond(response)
        }
    }

    private var handling: Handling {
        switch match.route {
        case .submit: .perform(submit)
        case .claim: .perform(claim)
        case .receipt: .perform(report)
        case .cancel: .perform(cancel)
        case .claudeCodeHook: .hook
        case .decision: .perform(decide)
        case .decisions: .perform(decideMany)
        case .extend: .perform(extend)
        case .reassign: .perform(reassign)
        case .comment: .perform(comment)
        case .reviewing: .perform(review)
        case .reveal: .perform(reveal)
        case .beginStepUp, .confirmStepUp, .resetStepUp, .permitStepUp: .perform(stepUp)
        case .addTenant: .perform(addTenant)
        case .changeTenant: .perform(changeTenant)
        case .removeTenant: .perform(removeTenant)
        case .addGroup: .perform(addGroup)
        case .removeGroup: .perform(removeGroup)
        case .putMember: .perform(putMember)
        case .removeMember: .perform(removeMember)
        case .addAgent: .perform(addAgent)
        case .removeAgent: .perform(removeAgent)
        case .addToken: .perform(addToken)
        case .removeToken: .perform(removeToken)
        case .publishPolicy, .changePolicyMode: publishing
        case .revokeGrant, .listGrants, .grant: granting
        case .listBreakGlass: .ask { () throws(APIFailure) in try plain(.brokenGlass) }
        case .reviewBreakGlass: .perform(reviewBreakGlass)
        case .listPolicies, .policy: match.route == .policy ? .ask(policy) : .ask(policies)
        case .listDelegations, .lend, .revokeDelegation: lending
        case .escalationPlan, .planEscalation, .acknowledge: escalating
        case .listSchedules, .putSchedule, .removeSchedule, .listShifts: scheduling
        case .calendar, .putCalendar, .listOverrides, .addOverride, .removeOverride: scheduling
        case .coverage, .offShift, .onShift: covering
        case .listSwaps, .offerSwap, .takeSwap, .withdrawSwap: swapping
        case .memberReach, .setMemberReach, .groupReach, .setGroupReach: reaching
        case .shadowReport, .reviewShadow, .backtest: judging
        case .explanation, .policyDifference, .story: explaining
        case .approval: .ask(approval)
        case .inbox: .ask(inbox)
        case .history: .ask(history)
        case .auditCheckpoint, .auditCheckpoints, .auditEvents, .auditDisclosures: .ask(audit)
        case .auditInclusion, .auditConsistency, .auditKeys, .logFile, .listErasures: .ask(audit)
        case .halt, .liftHalt, .proposeErasure, .confirmErasure: .perform(oversee)
        case .me, .listTenants, .listGroups, .listMembers, .listAgents, .listTokens: asking
        case .ready, .metrics: .observe(match.route == .ready ? .readiness : .metrics)
        case .health: .respond(.plain(200, "alive\n"))
        case .contract: .respond(.contract)
        }
    }

    private var publishing: Handling {
        match.route == .publishPolicy ? .perform(publishPolicy) : .perform(changePolicyMode)
    }

    private var swapping: Handling {
        if match.route == .listSwaps { return .ask(swaps) }
        if match.route == .offerSwap { return .perform(offerSwap) }
        return match.route == .takeSwap ? .perform(takeSwap) : .perform(withdrawSwap)
    }

    private var explaining: Handling {
        if match.route == .story { return .ask(audit) }
        return match.route == .explanation ? .ask(explanation) : .ask(policyDifference)
    }

    private var reaching: Handling {
        let isAsking = match.route == .memberReach || match.route == .groupReach
        return isAsking ? .ask(reach) : .perform(setReach)
    }

    private var granting: Handling {
        if match.route == .revokeGrant { return .perform(revokeGrant) }
        return match.route == .grant ? .ask(grant) : .ask(grants)
    }

    private var lending: Handling {
        if match.route == .listDelegations { return .ask(delegations) }
        return match.route == .lend ? .perform(lend) : .perform(revokeDelegation)
    }

    private var escalating: Handling {
        if match.route == .escalationPlan { return .ask(escalationPlan) }
        return match.route == .acknowledge ? .perform(acknowledge) : .perform(planEscalation)
    }

    private var judging: Handling {
        if match.route == .shadowReport { return .ask(shadowReport) }
        return match.route == .reviewShadow ? .perform(reviewShadow) : .consult(backtest)
    }

    private var scheduling: Handling {
        if match.route == .listSchedules { return .ask(schedules) }
        if match.route == .listShifts { return .ask(shifts) }
        if match.route == .listOverrides { return .ask(overrides) }
        if match.route == .calendar { return .ask(calendar) }
        if match.route == .putCalendar { return .perform(putCalendar) }
        if match.route == .putSchedule { return .perform(putSchedule) }
        if match.route == .removeSchedule { return .adjust(removeSchedule) }
        return match.route == .addOverride ? .perform(addOverride) : .perform(removeOverride)
    }

    private var covering: Handling {
        if match.route == .coverage { return .ask(coverage) }
        return match.route == .offShift ? .perform(leaveShift) : .perform(joinShift)
    }

    private func stepUp() throws(APIFailure) -> Command {
        if match.route == .beginStepUp { return try beginStepUp() }
        if match.route == .confirmStepUp { return try confirmStepUp() }
        return match.route == .resetStepUp ? try resetStepUp() : try permitStepUp()
    }

    /// What is asked for without anything besides.
    private var asking: Handling {
        let queries: [Route: Query] = [
            .me: .me, .listTenants: .tenants, .listGroups: .groups, .listMembers: .members,
            .listAgents: .agents, .listTokens: .tokens,
        ]
        let query = queries[match.route]
        return .ask { () throws(APIFailure) in
            guard let query else { throw .unknownPath }
            return try plain(query)
        }
    }
}
