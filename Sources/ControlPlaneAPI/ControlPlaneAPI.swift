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
        case ask(() throws(APIFailure) -> Query)
        case observe(Observation)
        case respond(HTTPResponse)
    }

    func plan() throws(APIFailure) -> APIPlan {
        switch handling {
        case .perform(let command):
            let secret = try secretDigest()
            try knowing()
            return .perform(try command(), as: secret)
        case .ask(let query):
            let secret = try secretDigest()
            try noBody()
            return .ask(try query(), as: secret, waitSeconds: try waitSeconds())
        case .observe(let observation):
            try knowing()
            try noBody()
            return .observe(observation)
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
        case .decision: .perform(decide)
        case .decisions: .perform(decideMany)
        case .extend: .perform(extend)
        case .reassign: .perform(reassign)
        case .comment: .perform(comment)
        case .reviewing: .perform(review)
        case .reveal: .perform(reveal)
        case .beginStepUp: .perform(beginStepUp)
        case .confirmStepUp: .perform(confirmStepUp)
        case .resetStepUp: .perform(resetStepUp)
        case .permitStepUp: .perform(permitStepUp)
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
        case .publishPolicy: .perform(publishPolicy)
        case .changePolicyMode: .perform(changePolicyMode)
        case .listPolicies: .ask(policies)
        case .policy: .ask(policy)
        case .approval: .ask(approval)
        case .inbox: .ask(inbox)
        case .history: .ask(history)
        case .me: .ask { () throws(APIFailure) in try plain(.me) }
        case .listTenants: .ask { () throws(APIFailure) in try plain(.tenants) }
        case .listGroups: .ask { () throws(APIFailure) in try plain(.groups) }
        case .listMembers: .ask { () throws(APIFailure) in try plain(.members) }
        case .listAgents: .ask { () throws(APIFailure) in try plain(.agents) }
        case .listTokens: .ask { () throws(APIFailure) in try plain(.tokens) }
        case .ready: .observe(.readiness)
        case .metrics: .observe(.metrics)
        case .health: .respond(.plain(200, "alive\n"))
        case .contract: .respond(.contract)
        }
    }
}
