public import Cryptography
import JSONTree

// What stays of an approval whose values were erased: who decided what and when, and no value.
extension Approval {
    /// The digest of `{}`, which stands in the place of every digest of erased arguments.
    public static let emptyDigest = SHA256.hash(Array("{}".utf8))

    /// Whether nothing can run, be claimed or be reported any more.
    public func isFinished(at now: Timestamp) -> Bool {
        guard state.isTerminal, execution != .claimed else { return false }
        guard isReleased, execution == .none, let claimDeadline else { return true }
        return now >= claimDeadline
    }

    /// The same approval without arguments, texts and digests of them.
    ///
    /// Only for one that is finished: what is pending, or may still run, needs its arguments.
    public func erased(at now: Timestamp) -> Approval {
        precondition(isFinished(at: now), "what may still run keeps its arguments")
        var bare = Approval(
            id: id, tenant: tenant, agent: agent, tool: tool, arguments: [:],
            proposedDigest: Self.emptyDigest,
            context: Context(summary: "The values were erased on \(now.rfc3339)."),
            origin: Origin(framework: origin.framework), risk: risk, requirement: requirement,
            createdAt: createdAt)
        bare.state = state
        bare.isReleased = isReleased
        bare.execution = execution
        bare.revision = revision
        bare.version = version
        bare.updatedAt = updatedAt
        bare.settledAt = settledAt
        bare.provenance = provenance
        bare.decisions = decisions.map(\.withoutValues)
        bare.formerGroups = formerGroups
        bare.formerAssignees = formerAssignees
        bare.asks = asks
        bare.follows = follows
        bare.escalation = escalation
        bare.needsReview = needsReview
        keepExecution(in: &bare)
        bare.erasedAt = now
        bare.touch(at: now)
        return bare
    }

    /// The same approval without what some people wrote beside it.
    public func withoutWords(of people: Set<MemberID>, at now: Timestamp) -> Approval {
        var bare = self
        bare.comments.removeAll { people.contains($0.by) }
        for index in bare.decisions.indices where people.contains(bare.decisions[index].by) {
            bare.decisions[index].comment = nil
        }
        bare.touch(at: now)
        return bare
    }

    private func keepExecution(in bare: inout Approval) {
        bare.effectiveArguments = effectiveArguments.map { _ in [:] }
        bare.effectiveDigest = effectiveDigest.map { _ in Self.emptyDigest }
        bare.argumentsRoot = argumentsRoot
        bare.effectiveRoot = effectiveRoot
        bare.claimDeadline = claimDeadline
        // A report that comes now could be held against nothing.
        bare.claim = receipt == nil ? nil : claim
        bare.receipt = receipt
        bare.receipt?.executedDigest = nil
        bare.receipt?.resultSummary = nil
    }
}

extension Decision {
    fileprivate var withoutValues: Decision {
        var bare = Decision(
            verdict, by: by, onBehalfOf: onBehalfOf, revision: revision,
            displayedDigest: Approval.emptyDigest, at: at, key: key)
        bare.grant = grant
        return bare
    }
}

extension Grant {
    /// The same grant without the values that it stood on; only for one that holds no more.
    public func erased(at now: Timestamp) -> Grant {
        precondition(state(at: now) != .active, "a grant that holds needs its values")
        var bare = Grant(
            id: id, tenant: tenant, tool: tool, agent: agent, session: nil, approved: [:],
            redactions: [], bounds: [], terms: terms, isProven: isProven, grantedBy: grantedBy,
            grantedAt: grantedAt, fromApproval: fromApproval, expiresAt: expiresAt,
            usesMax: usesMax)
        var ending = ending
        ending?.reason = nil
        bare.restore(uses: uses, lastUsedAt: lastUsedAt, ending: ending, version: version)
        return bare
    }
}
