import JSONTree
import WireAPI

// What the routes about delegations take and give.
extension Route {
    var peopleOperation: ContractOperation {
        if self == .listDelegations { return Self.listDelegationsOperation }
        return self == .lend ? Self.lendOperation : Self.revokeDelegationOperation
    }

    private static let listDelegationsOperation = ContractOperation(
        "List delegations",
        "Approvers see what they lent and borrowed, leads, auditors and admins all of them.",
        with: [
            ContractOperation.Parameter(
                name: "past", place: "query", isRequired: false, schema: ["type": "boolean"],
                text: "True for those that ended in the last 90 days, too.", example: true)
        ], gives: [.ok("DelegationList", "Those that are coming and active.")])

    private static let lendOperation = ContractOperation(
        "Lend authority to somebody",
        "For another person a lead does it, never to themselves. It reaches what the grantor could"
            + " decide themselves, one hop far, for at most 30 days. With `preview` nothing is"
            + " saved, and the answer says what would come of it.",
        sends: "DelegationBody",
        gives: [
            .made("DelegationView", "It is lent."), .ok("DelegationView", "What it would be."),
        ])

    private static let revokeDelegationOperation = ContractOperation(
        "Take a delegation back",
        "The grantor, the delegate and every lead may. From the answer on no decision relies on"
            + " it. One that is over stays as it is.", gives: [.gone])
}
