import Approvals
import ControlPlane
import Cryptography
import JSONTree
import Simulation
import Testing

/// Goal: what was released runs at most once, and what ran is what was decided.
@Suite struct ExecutingTests {
    @Test func firstNonceWinsAndKeepsItsAnswer() throws {
        let desk = try Desk()
        let id = try desk.submit()
        try desk.decide(.approve, on: id)
        let first = try desk.claim(id)
        desk.pass(seconds: 10)
        let again = try desk.claim(id)
        #expect(again.1 == first.1)
        #expect(
            refusal { try desk.claim(id, nonce: "n2") } == .alreadyClaimed(at: first.1.at))
        #expect(try desk.types(id).filter { $0 == "approval.claimed" }.count == 1)
    }

    /// A claim past its lease counts as unknown, so nobody may begin to run it on a late answer.
    @Test func leaseThatRanOutIsNotAnsweredAgain() throws {
        let desk = try Desk()
        let id = try desk.submit()
        try desk.decide(.approve, on: id)
        let claim = try desk.claim(id, lease: 60).1
        desk.pass(seconds: 60)
        #expect(refusal { try desk.claim(id) } == .claimTooLate(claim.leaseUntil))
        #expect(try desk.ring() == 1)
        #expect(try desk.stored(id).execution == .unknown)
        #expect(refusal { try desk.claim(id) } == .claimTooLate(claim.leaseUntil))
        #expect(try desk.types(id).last == "execution.lost")
    }

    @Test func lateReportResolvesTheUnknown() throws {
        let desk = try Desk()
        let id = try desk.submit()
        try desk.decide(.approve, on: id)
        let (approval, claim) = try desk.claim(id, lease: 60)
        desk.pass(seconds: 60)
        try desk.ring()
        let digest = try #require(approval.effectiveDigest)
        #expect(try desk.report(id, claim, digest: digest).approval.execution == .succeeded)
    }

    @Test func releaseLapses() throws {
        let desk = try Desk()
        let id = try desk.submit()
        try desk.decide(.approve, on: id)
        desk.pass(seconds: 3_600)
        guard case .claimTooLate = refusal({ try desk.claim(id) }) else {
            Issue.record("a lapsed release was claimed")
            return
        }
    }

    @Test func onlyTheClaimerReportsAndOnlyOnce() throws {
        let desk = try Desk()
        let id = try desk.submit()
        try desk.decide(.approve, on: id)
        let (approval, claim) = try desk.claim(id)
        let digest = try #require(approval.effectiveDigest)
        var forged = claim
        forged.fencingToken = "x"
        #expect(refusal { try desk.report(id, forged, digest: digest) } == .notClaimer)
        try desk.report(id, claim, digest: digest)
        try desk.report(id, claim, digest: digest)
        #expect(
            refusal { try desk.report(id, claim, .failed, digest: digest) } == .receiptDiffers)
        #expect(try desk.types(id).filter { $0 == "execution.reported" }.count == 1)
    }

    @Test func whatRanAndWasNotDecidedIsRaised() throws {
        let desk = try Desk()
        let id = try desk.submit()
        try desk.decide(.approve, on: id)
        let claim = try desk.claim(id).1
        try desk.report(id, claim, digest: SHA256.hash([]))
        let view = try desk.view(id)
        #expect(view.receipt?.isMismatch == true)
        #expect(view.row.needsReview)
        let event = try #require(try desk.events().last)
        #expect(event["facts"]?["mismatch"] == "true")
        #expect(event["facts"]?["executed_args_root"] == nil)
        try desk.tell(.comment(id, text: "looked at it"), as: "ada@acme.test")
        #expect(try !desk.view(id).row.needsReview)
    }

    @Test func cancellingTwiceIsOneCancel() throws {
        let desk = try Desk()
        let id = try desk.submit()
        try desk.tell(.cancel(id, reason: "gone"), as: "bot")
        try desk.tell(.cancel(id, reason: nil), as: "bot")
        #expect(try desk.types(id) == ["approval.requested", "approval.cancelled"])
        #expect(refusal { try desk.claim(id) } == .notReleased(.cancelled))
    }

    @Test(arguments: ["other", "spy", "ada@acme.test"])
    func callsBelongToTheirAgent(_ name: String) throws {
        let desk = try Desk()
        let id = try desk.submit()
        try desk.decide(.approve, on: id)
        let expected: Refusal =
            name.contains("@") ? .forbidden(.roleMissing(needed: [.agent])) : .notFound
        #expect(refusal { try desk.claim(id, as: name) } == expected)
        #expect(refusal { try desk.tell(.cancel(id, reason: nil), as: name) } == expected)
        let report = Command.report(
            id, fencingToken: "", outcome: .failed, executedDigest: SHA256.hash([]),
            resultSummary: nil)
        #expect(refusal { try desk.tell(report, as: name) } == expected)
        if !name.contains("@") {
            #expect(refusal { try desk.ask(.approval(id), as: name) } == .notFound)
        }
    }
}

/// Goal: time ends what people do not, once, in the right direction.
@Suite struct TimerTests {
    @Test func nobodyAnsweredMeansNotApproved() throws {
        let desk = try Desk()
        let id = try desk.submit()
        desk.pass(seconds: 899)
        #expect(try desk.ring() == 0)
        desk.pass(seconds: 1)
        #expect(try desk.ring() == 1)
        let approval = try desk.stored(id)
        #expect(approval.state == .expired)
        #expect(!approval.isReleased)
        #expect(refusal { try desk.claim(id) } == .notReleased(.expired))
        #expect(try desk.ring() == 0)
        #expect(try desk.types(id) == ["approval.requested", "approval.expired"])
    }

    @Test func namedToolsAreReleasedAndReviewed() throws {
        let desk = try Desk()
        let id = try desk.submitOpen()
        desk.pass(seconds: 900)
        try desk.ring()
        let approval = try desk.stored(id)
        #expect(approval.state == .expired)
        #expect(approval.isReleased)
        #expect(approval.needsReview)
        #expect(approval.provenance == .timeout("tenant default"))
        #expect(try desk.claim(id).0.effectiveArguments == Desk.refund)
    }

    /// I12: a wall clock that jumps forward releases nothing early, and does not spin the timer.
    @Test func jumpingClockReleasesNothingEarly() throws {
        let desk = try Desk()
        let id = try desk.submitOpen()
        desk.pass(seconds: 10)
        desk.clock.jump(by: 3_600_000)
        #expect(try desk.ring() == 1)
        #expect(try desk.stored(id).state == .pending)
        #expect(try desk.ring() == 0)
        desk.pass(seconds: 840)
        #expect(try desk.ring() == 0)
        desk.pass(seconds: 50)
        #expect(try desk.ring() == 1)
        #expect(try desk.stored(id).isReleased)
    }

    @Test func jumpingClockMayRefuseEarlyButNeverReopens() throws {
        let desk = try Desk()
        let id = try desk.submit()
        desk.clock.jump(by: 3_600_000)
        #expect(try desk.ring() == 1)
        desk.clock.jump(by: -3_600_000)
        let command = DecideCommand(
            approval: id, revision: 2, displayedDigest: try desk.view(id).displayedDigest,
            verdict: .approve)
        #expect(
            refusal { try desk.tell(.decide(command), as: "ada@acme.test") }?.settledState
                == .expired)
    }

    @Test func timersTakeWhatTheyAreGiven() throws {
        let desk = try Desk()
        for key in 0..<3 { _ = try desk.submit(Desk.submission(key: "\(key)")) }
        desk.pass(seconds: 900)
        let plane = desk.plane
        let counts = try (0..<3).map { _ in
            try desk.write { (store, surroundings) throws(CommandFailure) in
                do throws(StoreFailure) {
                    return try plane.expireDue(
                        in: store, with: &surroundings, limit: 2
                    ).count
                } catch {
                    throw .store(error)
                }
            }
        }
        #expect(counts == [2, 1, 0])
    }
}

extension Desk {
    /// Has `bot` submit a call that may be released by timeout.
    func submitOpen() throws -> ApprovalID {
        var command = try Self.submission(tool: "ping")
        command.posture = .failOpen
        return try submit(command)
    }
}
