import Approvals
import Glibc
import JSONTree
import SystemClock
import TextGrid
import WireAPI

/// Decides in the place of a person where there is no terminal.
struct DemoApprover {
    let client: ControlPlaneClient

    /// Decides one call after another until the time is over or a signal comes.
    func decide(forSeconds seconds: Int, _ signals: borrowing SystemSignals) {
        let desk = Desk(client: client)
        let end = SystemSource.steadyMilliseconds + Int64(seconds) * 1_000
        while SystemSource.steadyMilliseconds < end {
            do throws(Complaint) {
                let queue = try Queue.fetch(client)
                if let row = queue.rows.first(where: { $0.state == .pending }) {
                    try decide(row.id, desk)
                }
            } catch {
                error.say()
            }
            var waiting = pollfd(fd: signals.descriptor, events: Int16(POLLIN), revents: 0)
            if poll(&waiting, 1, 250) > 0 { return }
        }
    }

    /// Large transfers are rejected, large refunds are halved, the rest is approved.
    private func decide(_ id: ApprovalID, _ desk: Desk) throws(Complaint) {
        let view = try desk.open(id.rawValue, revision: nil)
        if view.risk == .critical {
            let fresh = try desk.decide(
                view, .reject, edits: JSONPatch(), comment: "not without a call to the supplier")
            return Approving.say(fresh, isJSON: false)
        }
        var patch = JSONPatch()
        if let cents = view.arguments["amount_cents"]?.intValue, cents > 10_000 {
            let pointer = try Parsed.pointer("/amount_cents")
            patch = JSONPatch([.replace(pointer, .number(JSONNumber(cents / 2)))])
        }
        let fresh = try desk.decide(view, .approve, edits: patch, comment: nil)
        Approving.say(fresh, isJSON: false)
    }
}
