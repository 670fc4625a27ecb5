import Approvals
import ControlPlane
import JSONTree
import Testing

/// Goal: X6, whoever could have decided and came too late stands in the record once, without
/// effect; whoever could not does not.
@Suite struct LateVoteTests {
    private func late(_ desk: Desk) throws -> [JSONValue] {
        try desk.events().filter { $0["type"]?.stringValue == "approval.decided_late" }
    }

    private func vote(
        _ verdict: Verdict, on command: DecideCommand, as who: String, _ desk: Desk
    ) -> Refusal? {
        var command = command
        command.verdict = verdict
        command.comment = "No."
        return refusal { try desk.tell(.decide(command), as: who) }
    }

    @Test("X-6: the loser is told who won, and is recorded once")
    func theLoserIsRecorded() throws {
        for verdict in [Verdict.approve, .reject] {
            let desk = try Desk()
            let id = try desk.submit(as: "other")
            let seen = try desk.decision(.approve, on: id, as: "bob@acme.test")
            try desk.tell(
                .decide(try desk.decision(.approve, on: id, as: "ada@acme.test")),
                as: "ada@acme.test")
            let before = try desk.stored(id)
            for _ in 0..<3 {
                guard
                    case .alreadySettled(.approved, by: before.decisions[0].by, at: _) = vote(
                        verdict, on: seen, as: "bob@acme.test", desk)
                else {
                    Issue.record("bob was not told who won")
                    return
                }
            }
            let events = try late(desk)
            #expect(events.count == 1)
            #expect(
                events.first?["outcome"]?.stringValue
                    == (verdict == .approve ? "approved" : "rejected"))
            #expect(events.first?["facts"]?["state"]?.stringValue == "approved")
            #expect(try desk.stored(id) == before)
        }
    }

    @Test func whoCouldNotDecideOrDidIsNotRecorded() throws {
        let desk = try Desk()
        let id = try desk.submit()  // of bob's own agent
        let seen = try desk.decision(.approve, on: id, as: "ada@acme.test")
        try desk.tell(.decide(seen), as: "ada@acme.test")
        for who in ["ada@acme.test", "bob@acme.test", "eve@acme.test", "aud@acme.test"] {
            #expect(vote(.reject, on: seen, as: who, desk) != nil)
        }
        #expect(try late(desk).isEmpty)
    }

    @Test func onWhatExpiredTooAndNotOnWhatWasCancelled() throws {
        for isCancelled in [true, false] {
            let desk = try Desk()
            let id = try desk.submit(as: "other")
            let seen = try desk.decision(.approve, on: id, as: "ada@acme.test")
            if isCancelled {
                try desk.tell(.cancel(id, reason: nil), as: "other")
            } else {
                desk.pass(seconds: 86_400)
                while try desk.ring() > 0 {}
            }
            #expect(vote(.approve, on: seen, as: "ada@acme.test", desk) != nil)
            #expect(try late(desk).count == (isCancelled ? 0 : 1))
        }
    }
}
