import Approvals
import Cryptography
import JSONTree
import Testing

/// Goal: an approval has one end, whoever comes first, and nothing that is refused changes it.
@Suite struct LifeCycleTests {
    /// What may be done to an approval 10 s after `start`, or after its deadline.
    enum Step: CaseIterable {
        case approve, reject, cancel, expire, claim, claimOther, report, lose

        /// True when the approval changed.
        func take(_ approval: inout Approval, at now: Timestamp) throws -> Bool {
            let before = approval
            switch self {
            case .approve: try decide(&approval, .approve, now)
            case .reject: try decide(&approval, .reject, now)
            case .cancel: try approval.cancel(at: now)
            case .expire: _ = approval.expire(at: now, claimWindowSeconds: 60)
            case .claim: _ = try approval.claim(Self.claim("n1", at: now))
            case .claimOther: _ = try approval.claim(Self.claim("n2", at: now))
            case .report:
                let receipt = Receipt(
                    outcome: .succeeded, executedDigest: Fixture.digest("e"), resultSummary: nil,
                    at: now, isMismatch: false)
                _ = try approval.report(receipt, fencingToken: "n1")
            case .lose: _ = approval.loseClaim(at: now)
            }
            return approval != before
        }

        private func decide(
            _ approval: inout Approval, _ verdict: Verdict, _ now: Timestamp
        ) throws {
            let decision = Decision(
                verdict, by: Fixture.ada, revision: approval.revision,
                displayedDigest: Fixture.digest("shown"), at: now)
            try approval.decide(
                decision, effective: (["n": 1], Fixture.digest("e")), claimWindowSeconds: 60)
        }

        private static func claim(_ nonce: String, at now: Timestamp) -> Claim {
            Claim(
                nonceDigest: Fixture.digest(nonce), fencingToken: nonce, at: now,
                leaseUntil: now.adding(seconds: 30))
        }
    }

    /// Method: every sequence of five steps at growing times, for both postures; the rules hold
    /// after each step, and a refused step changes nothing.
    @Test(arguments: Posture.allCases)
    func noSequenceOfStepsBreaksARule(_ posture: Posture) throws {
        var count = 0
        func explore(_ approval: Approval, _ depth: Int) throws {
            guard depth < 5 else { return }
            for step in Step.allCases {
                for seconds in [1, 35] {
                    let now = approval.updatedAt.adding(seconds: seconds)
                    var next = approval
                    let changed = (try? step.take(&next, at: now)) ?? false
                    count += 1
                    expectRules(approval, next, changed, step, now)
                    if changed { try explore(next, depth + 1) }
                }
            }
        }
        try explore(try Fixture.approval(posture: posture), 0)
        #expect(count > 200, "the exploration reached too little: \(count)")
    }

    private func expectRules(
        _ old: Approval, _ new: Approval, _ changed: Bool, _ step: Step, _ now: Timestamp
    ) {
        if !changed { #expect(new == old, "\(step) was refused and left a trace") }
        #expect(new.revision == old.revision + (changed ? 1 : 0))
        if old.state.isTerminal {
            #expect(new.state == old.state)
            #expect(new.isReleased == old.isReleased)
            #expect(new.effectiveDigest == old.effectiveDigest)
        }
        if new.isReleased {
            let isOpen = new.state == .expired && new.requirement.posture == .failOpen
            #expect(new.state == .approved || isOpen)
            #expect(new.effectiveArguments != nil)
        }
        if new.state == .approved, old.state == .pending {
            #expect(now < old.requirement.deadline)
        }
        if new.state == .expired, old.state == .pending {
            #expect(now >= old.requirement.deadline)
        }
        if new.execution != .none { #expect(new.isReleased && new.claim != nil) }
        if old.claim != nil { #expect(new.claim == old.claim) }
        #expect((new.dueAt == nil) == (new.state != .pending && new.execution != .claimed))
    }

    @Test func quorumIsOfDistinctPeople() throws {
        var approval = try Fixture.approval(quorum: 2)
        let effective = (approval.arguments, approval.proposedDigest)
        try approval.decide(Fixture.decision(), effective: effective, claimWindowSeconds: 60)
        #expect(approval.state == .pending)
        let again = Fixture.decision(revision: 2)
        #expect(throws: Refusal.forbidden(.decidedBefore)) {
            try approval.decide(again, effective: effective, claimWindowSeconds: 60)
        }
        let bob = Fixture.decision(by: Fixture.bob, revision: 2)
        try approval.decide(bob, effective: effective, claimWindowSeconds: 60)
        #expect(approval.state == .approved)
    }

    @Test func oneRejectionIsEnough() throws {
        var approval = try Fixture.approval(quorum: 2)
        let effective = (approval.arguments, approval.proposedDigest)
        try approval.decide(Fixture.decision(), effective: effective, claimWindowSeconds: 60)
        let reject = Fixture.decision(.reject, by: Fixture.bob, revision: 2)
        try approval.decide(reject, effective: effective, claimWindowSeconds: 60)
        #expect(approval.state == .rejected)
        #expect(!approval.isReleased)
    }

    @Test(
        arguments: [
            ("b1", 56_999, 1), ("b1", 57_000, 0), ("b1", 0, 57_000), ("b2", 0, 0),
            ("b1", 99_999, 0),
        ] as [(String, Int64, Int64)])
    func releaseByTimeoutWaitsForTheMonotonicClock(
        _ boot: String, _ passed: Int64, _ held: Int64
    ) throws {
        var approval = try Fixture.approval(posture: .failOpen)
        approval.submittedUptime = Uptime(boot: "b1", milliseconds: 5)
        let uptime = Uptime(boot: boot, milliseconds: passed + 5)
        #expect(approval.millisecondsHeld(at: uptime) == held)
        approval.requirement.posture = .failClosed
        #expect(approval.millisecondsHeld(at: uptime) == 0)
    }
}
