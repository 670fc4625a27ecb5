import Approvals
import ControlPlane
import JSONTree
import WireAPI

/// Somebody who follows the feed by its cursor over a bad line, and must know everything in the
/// end.
public final class SimulatedFollower {
    private let caller: Caller
    private let world: World
    private var cursor: String?
    private var asked = 0
    private var told: [ApprovalID: ApprovalState] = [:]

    /// Begins to follow from here on: what is settled before the first page is history.
    init(token: String, in world: World) {
        caller = Caller(token, in: world)
        self.world = world
        world.server.receive(HTTPRequest(.get, Route.inbox.path), token: token) { [self] answer in
            cursor = try? InboxAnswer(wire: JSONValue(parsing: answer.body)).next
        }
    }

    /// Begins to follow. A question without an answer is asked again.
    public func start() {
        asked += 1
        let number = asked
        let since = cursor.map { "&since=\($0)" } ?? ""
        let path = Route.inbox.path + "?limit=20&wait=5" + since
        caller.get(path, InboxAnswer.self, waitSeconds: 5) { [self] page in
            guard number == asked else { return }
            for item in page.items { told[item.id] = item.approval?.state }
            cursor = page.next
            start()
        }
        world.agenda.plan(in: 20_000) { [self] in
            if number == asked { start() }
        }
    }

    /// I11: nothing was missed.
    func check(_ approvals: [Approval]) {
        for approval in approvals where told[approval.id] != approval.state {
            let known = told[approval.id]?.rawValue ?? "nothing"
            world.checker.complain(
                "I11: the feed told \(known) of \(approval.id), which is \(approval.state)")
        }
    }
}
