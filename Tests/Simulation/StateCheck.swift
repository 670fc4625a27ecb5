import Approvals
import Cryptography
import JSONTree

/// I1, I3, I4, I5, I8 and I9 of one approval: what is settled, released or claimed stays so.
struct StateCheck {
    private let world: World
    private let tenant: TenantName
    private var settled: [ApprovalID: Settled] = [:]
    private var claims: [ApprovalID: Digest] = [:]

    private struct Settled: Equatable {
        let state: ApprovalState
        let isReleased: Bool
        let digest: Digest?
    }

    init(of world: World, _ tenant: TenantName) {
        self.world = world
        self.tenant = tenant
    }

    private func complain(_ sentence: String) { world.checker.complain(sentence) }

    mutating func run(_ approval: Approval, _ log: LogCheck) {
        let id = approval.id
        if approval.tenant != tenant { complain("I8: \(id) is of \(approval.tenant)") }
        if let told = world.checker.acknowledged[id], told != approval.state {
            complain("I3: \(id) was acknowledged as \(told), and is \(approval.state)")
        }
        checkSettled(approval)
        let told = log.settlements[id] ?? 0
        if told != (approval.state.isTerminal ? 1 : 0) {
            complain("I5: \(id) is \(approval.state), and \(told) events settle it")
        }
        if let claim = approval.claim {
            if let known = claims[id], known != claim.nonceDigest {
                complain("I9: \(id) was claimed by two")
            }
            claims[id] = claim.nonceDigest
        }
        checkDigest(approval)
    }

    private mutating func checkSettled(_ approval: Approval) {
        // Erasing takes the digests, too.
        let digest = approval.erasedAt == nil ? approval.effectiveDigest : nil
        let now = Settled(state: approval.state, isReleased: approval.isReleased, digest: digest)
        if let known = settled[approval.id] {
            if known.state != now.state || known.isReleased != now.isReleased {
                complain("I1: \(approval.id) was \(known.state), and is \(now.state)")
            }
            if approval.erasedAt == nil, known.digest != digest {
                complain("I4: \(approval.id) was decided with other arguments")
            }
        }
        if approval.state.isTerminal { settled[approval.id] = now }
    }

    private func checkDigest(_ approval: Approval) {
        guard approval.isReleased, approval.erasedAt == nil else { return }
        guard let arguments = approval.effectiveArguments,
            let digest = try? Digest(canonical: arguments), digest == approval.effectiveDigest
        else { return complain("I4: \(approval.id) is released without its digest") }
        let isEdited = approval.decisions.contains { !$0.edits.operations.isEmpty }
        if !isEdited, digest != approval.proposedDigest {
            complain("I4: \(approval.id) runs with other arguments than were asked for")
        }
    }
}
