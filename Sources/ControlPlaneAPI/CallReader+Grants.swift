import Approvals
import ControlPlane
import JSONTree
import WireAPI

// What people ask about standing grants, and what they grant.
extension CallReader {
    func grants() throws(APIFailure) -> Query {
        try knowing("state")
        let word = try text("state", bytesMax: 10) ?? GrantFilter.active.rawValue
        guard let wanted = GrantFilter(rawValue: word) else {
            let names = GrantFilter.names.joined(separator: ", ")
            throw .queryWrong("state", "must be one of \(names)")
        }
        return .grants(wanted)
    }

    func grant() throws(APIFailure) -> Query {
        let id: GrantID = try named()
        return try plain(.grant(id))
    }

    func revokeGrant() throws(APIFailure) -> Command {
        let id: GrantID = try named()
        guard !call.body.isEmpty else { return .revokeGrant(id, reason: nil) }
        let body: GrantRevokeBody = try body()
        return .revokeGrant(id, reason: body.reason)
    }

    /// What a decision grants besides.
    func wish(_ body: GrantBody?) throws(APIFailure) -> GrantWish? {
        guard let body else { return nil }
        var bounds: [GrantBound] = []
        for (index, bound) in (body.bounds ?? []).enumerated() {
            bounds.append(try limit(bound, at: "grant/bounds/\(index)"))
        }
        return GrantWish(
            seconds: body.seconds, uses: body.uses, scope: body.scope ?? .agent, bounds: bounds)
    }

    private func limit(
        _ body: GrantBoundBody, at field: String
    ) throws(APIFailure) -> GrantBound {
        let place = try pointer(body.pointer, of: field + "/pointer")
        switch (body.max, body.equals) {
        case (.number(let most)?, nil): return GrantBound(place, .max(most))
        case (nil, let wanted?): return GrantBound(place, .equals(wanted))
        case (.some, nil): throw .field(field + "/max", "must be a number")
        case (nil, nil), (.some, .some):
            throw .field(field, "must have max or equals, and not both")
        }
    }
}
