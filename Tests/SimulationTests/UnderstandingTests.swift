import Approvals
import ControlPlaneAPI
import Testing
import WireAPI

import Inbox

/// Client and server are written against one contract; here they are held against each other.
struct UnderstandingTests {
    /// Goal: no query of the inbox is refused for its form. Method: the real API plans each.
    @Test func queriesOfTheInbox() throws {
        let id = try #require(ApprovalID("01a20467-8345-75f8-9757-7e5c571f5cd4"))
        let requests = [
            Requests.me(), Requests.view(id),
            Requests.feed(since: nil, wait: 0, limit: 200),
            Requests.feed(since: "sim.7.0", wait: 20, limit: 500),
            Requests.history(after: nil, limit: 100),
            Requests.history(after: id.rawValue, limit: 100),
        ]
        for request in requests {
            let call = APICall(request, token: "cs_x", receivedAt: Timestamp(milliseconds: 0))
            guard case .ask = ControlPlaneAPI().plan(call) else {
                Issue.record("\(request.target) is not understood")
                continue
            }
        }
    }
}
