public import Cryptography
public import JSONTree

/// The life of an approval. Every change goes through here, and every change counts `revision` up.
extension Approval {
    /// Takes a decision of somebody whose authority was checked.
    ///
    /// A rejection settles at once; an approval settles when the quorum of distinct people is
    /// reached.
    /// `effective` are the arguments with the edits applied, and their digest; ignored by a
    /// rejection.
    /// Refuses when settled, moved or past the deadline.
    public mutating func decide(
        _ decision: Decision, effective: (arguments: JSONValue, digest: Digest),
        claimWindowSeconds: Int
    ) throws(Refusal) {
        try requirePending(at: decision.at)
        guard decision.revision == revision else { throw .moved(currentRevision: revision) }
        guard !decisions.contains(where: { $0.by == decision.by }) else {
            throw .forbidden(.decidedBefore)
        }
        guard !decisions.contains(where: { $0.authority == decision.authority }) else {
            throw .forbidden(.authorityUsed(of: decision.authority))
        }
        decisions.append(decision)
        switch decision.verdict {
        case .reject:
            settle(.rejected, at: decision.at, because: .person(decision.by))
        case .approve:
            effectiveArguments = effective.arguments
            effectiveDigest = effective.digest
            let given = decisions.count { $0.verdict == .approve }
            guard decision.isBreakGlass || given >= requirement.quorum else {
                touch(at: decision.at)
                return
            }
            settle(
                .approved, at: decision.at,
                because: decision.isBreakGlass ? .breakGlass(decision.by) : .person(decision.by))
            release(at: decision.at, windowSeconds: claimWindowSeconds)
        }
    }

    /// A policy, or a flag that it allows, lets the call run without a person.
    public mutating func release(
        because provenance: Provenance, at now: Timestamp, claimWindowSeconds: Int
    ) throws(Refusal) {
        try requirePending(at: now)
        effectiveArguments = arguments
        effectiveDigest = proposedDigest
        settle(.approved, at: now, because: provenance)
        release(at: now, windowSeconds: claimWindowSeconds)
    }

    /// A policy refuses the call without asking a person.
    public mutating func refuse(
        because provenance: Provenance, at now: Timestamp
    ) throws(Refusal) {
        try requirePending(at: now)
        settle(.rejected, at: now, because: provenance)
    }

    /// How many milliseconds a release by timeout must still wait, although the deadline has come.
    ///
    /// A wall clock that jumped forward must not release a call early: within one boot, at least
    /// 95 % of the time that was promised has to have passed on the monotonic clock too.
    public func millisecondsHeld(at uptime: Uptime) -> Int64 {
        guard state == .pending, requirement.posture == .failOpen,
            let submittedUptime, submittedUptime.boot == uptime.boot
        else { return 0 }
        let promised = requirement.deadline.since(createdAt)
        let passed = uptime.milliseconds - submittedUptime.milliseconds
        return max(0, promised / 100 * 95 - passed)
    }

    /// Ends a pending approval whose deadline has come; false when nothing was due.
    public mutating func expire(at now: Timestamp, claimWindowSeconds: Int) -> Bool {
        guard state == .pending, now >= requirement.deadline else { return false }
        settle(.expired, at: now, because: .timeout(requirement.rule))
        if requirement.posture == .failOpen {
            effectiveArguments = arguments
            effectiveDigest = proposedDigest
            needsReview = true
            release(at: now, windowSeconds: claimWindowSeconds)
        }
        return true
    }

    /// The escalation is through and nobody answered; false when it is not, when its plan waits for
    /// the deadline, and when silence would release the call.
    public mutating func giveUp(at now: Timestamp) -> Bool {
        guard state == .pending, let escalation, escalation.isOver,
            let end = escalation.nextAt, now >= end,
            escalation.plan.end == .refuse, requirement.posture == .failClosed
        else { return false }
        settle(.expired, at: now, because: .timeout(requirement.rule))
        return true
    }

    /// The agent abandoned the run. Cancelling twice is one cancel.
    public mutating func cancel(at now: Timestamp) throws(Refusal) {
        if state == .cancelled { return }
        try requirePending(at: now)
        settle(.cancelled, at: now, because: nil)
    }

    /// Gives the right to execute to the first nonce; true when this claim is the first.
    ///
    /// The same nonce gets the same claim again while its lease lasts; another nonce is refused.
    public mutating func claim(_ wanted: Claim) throws(Refusal) -> Bool {
        if let claim {
            guard claim.nonceDigest == wanted.nonceDigest else {
                throw .alreadyClaimed(at: claim.at)
            }
            // Past the lease it counts as unknown, so nobody may begin to run it on this answer.
            guard wanted.at < claim.leaseUntil else { throw .claimTooLate(claim.leaseUntil) }
            return false
        }
        guard isReleased, execution == .none else { throw .notReleased(state) }
        if let claimDeadline, wanted.at >= claimDeadline { throw .claimTooLate(claimDeadline) }
        claim = wanted
        execution = .claimed
        touch(at: wanted.at)
        return true
    }

    /// Takes the agent's report; false when the same report came before.
    public mutating func report(
        _ receipt: Receipt, fencingToken: String
    ) throws(Refusal) -> Bool {
        guard let claim, constantTimeEquals(claim.fencingToken, fencingToken) else {
            throw .notClaimer
        }
        if let known = self.receipt {
            let isSame =
                known.outcome == receipt.outcome && known.executedDigest == receipt.executedDigest
            guard isSame else { throw .receiptDiffers }
            return false
        }
        self.receipt = receipt
        execution = receipt.outcome == .succeeded ? .succeeded : .failed
        touch(at: receipt.at)
        return true
    }

    /// Marks a claim that nobody answered in time as unknown; false when nothing was due.
    public mutating func loseClaim(at now: Timestamp) -> Bool {
        guard execution == .claimed, let claim, now >= claim.leaseUntil else { return false }
        execution = .unknown
        needsReview = true
        touch(at: now)
        return true
    }

    /// Refuses unless somebody may still decide at `now`.
    public func requirePending(at now: Timestamp) throws(Refusal) {
        guard state == .pending else {
            throw .alreadySettled(state, by: decisions.last?.by, at: settledAt)
        }
        guard now < requirement.deadline else { throw .pastDeadline(requirement.deadline) }
    }

    /// Counts a change an approver could care about.
    public mutating func touch(at now: Timestamp) {
        revision += 1
        updatedAt = max(updatedAt, now)
    }

    private mutating func settle(
        _ state: ApprovalState, at now: Timestamp, because provenance: Provenance?
    ) {
        precondition(self.state == .pending, "an approval is settled once")
        self.state = state
        self.provenance = provenance
        settledAt = now
        touch(at: now)
    }

    private mutating func release(at now: Timestamp, windowSeconds: Int) {
        isReleased = true
        claimDeadline = now.adding(seconds: windowSeconds)
    }
}

private func constantTimeEquals(_ left: String, _ right: String) -> Bool {
    Cryptography.constantTimeEquals(Array(left.utf8), Array(right.utf8))
}
