import Approvals
import Authority
import ControlPlane
import WireAPI

// What approvers and leads send about delegations.
extension CallReader {
    func lend() throws(APIFailure) -> Command {
        let body: DelegationBody = try body()
        var mode = Delegation.Mode.parallel
        if let word = body.mode {
            guard let known = Delegation.Mode(rawValue: word) else {
                throw .field("mode", "must be one of parallel, replace")
            }
            mode = known
        }
        let wish = DelegationWish(
            grantorEmail: body.grantor, delegateEmail: body.delegate, start: body.start,
            end: body.end, scope: try scope(body.scope), ceiling: body.ceiling, mode: mode,
            isForNewOnly: body.newOnly ?? false, reason: body.reason)
        return .people(.lend(wish, isPreview: body.preview ?? false))
    }

    func revokeDelegation() throws(APIFailure) -> Command {
        try noBody()
        return .people(.revoke(try named()))
    }

    func delegations() throws(APIFailure) -> Query {
        try knowing("past")
        return .people(.delegations(past: try flag("past")))
    }

    /// The most things that a scope names.
    private static let scopeMax = 100

    private func scope(_ words: [String]) throws(APIFailure) -> Delegation.Scope {
        guard words.count <= Self.scopeMax else {
            throw .field("scope", "must name at most \(Self.scopeMax) things")
        }
        if words == ["all"] { return .all }
        var tools: Set<ToolName> = []
        var groups: Set<GroupName> = []
        for (index, word) in words.enumerated() {
            let parts = word.split(separator: ":", maxSplits: 1).map(String.init)
            if parts.count == 2, parts[0] == "tool", let tool = ToolName(parts[1]) {
                tools.insert(tool)
            } else if parts.count == 2, parts[0] == "group", let group = GroupName(parts[1]) {
                groups.insert(group)
            } else {
                throw .field("scope/\(index)", "must be tool:NAME or group:NAME; or only \"all\"")
            }
        }
        return .only(tools: tools, groups: groups, tags: [])
    }
}
