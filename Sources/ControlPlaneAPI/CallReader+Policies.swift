import ControlPlane
import Policies
import WireAPI

// What leads send about policies.
extension CallReader {
    func publishPolicy() throws(APIFailure) -> Command {
        let body: PolicyBody = try body()
        return .publishPolicy(body.document)
    }

    func changePolicyMode() throws(APIFailure) -> Command {
        let id: PolicyID = try named()
        let body: PolicyModeBody = try body()
        guard let status = PolicyStatus(rawValue: body.status) else {
            let names = PolicyStatus.names.joined(separator: ", ")
            throw .field("status", "must be one of \(names)")
        }
        return .changePolicyMode(
            id, version: body.version, status, share: body.share, ack: body.ack)
    }

    func policies() throws(APIFailure) -> Query { try plain(.policies(nil)) }

    func policy() throws(APIFailure) -> Query {
        let id: PolicyID = try named()
        return try plain(.policies(id))
    }
}
