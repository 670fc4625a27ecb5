import Approvals
import Audit
import Authority
import JSONTree
import Reach
import ZoneTime

// The timer brings an approval to the next people.
extension ControlPlane {
    /// Takes the step that is due; false when none is.
    ///
    /// The save is a compare-and-set on the approval's version, so that two nodes cannot take one
    /// step twice.
    static func escalate(
        _ approval: inout Approval, _ journal: inout Journal, _ zones: ZoneTable
    ) throws(CommandFailure) -> Bool {
        let now = journal.now
        guard approval.state == .pending, now < approval.requirement.deadline,
            var escalation = approval.escalation, let due = escalation.nextAt, due <= now
        else { return false }
        if escalation.next == nil {
            guard !escalation.isOver else {
                try finish(&approval, &journal)
                return true
            }
            escalation.beginPass()
        }
        let finder = try EscalationFinder(of: approval, in: journal.store)
        var skipped = 0
        var taken: EscalationPlan.Step?
        // A step that finds nobody is passed over at once, but never further than this pass.
        while taken == nil, let step = escalation.next {
            let isReached = finder.finds(step.target)
            escalation.take(reaching: isReached, at: now)
            if isReached { taken = step } else { skipped += 1 }
        }
        let quiet = try finder.quiet(taken?.target, of: approval, journal, zones)
        // They see it when they look; somebody who is awake is told at once.
        if quiet?.isPassedOn == true { escalation.hurry(at: now) }
        let isWider = escalation.deciding != approval.escalation?.deciding
        approval.escalation = escalation
        // More people may decide it now, which is a change of what it needs.
        if isWider { approval.touch(at: now) }
        try journal.save(
            &approval,
            because: escalated(approval, taken, quiet, skipped: skipped, isWider: isWider))
        if let event = heed(quiet, &approval, at: now) {
            try journal.save(&approval, because: event)
        }
        return true
    }

    /// Nobody answered in any pass.
    private static func finish(
        _ approval: inout Approval, _ journal: inout Journal
    ) throws(CommandFailure) {
        if approval.giveUp(at: journal.now) {
            return try journal.save(&approval, because: expired(approval, of: "through"))
        }
        approval.escalation?.rest()
        try journal.save(&approval)
    }

    private static func escalated(
        _ approval: Approval, _ step: EscalationPlan.Step?, _ quiet: QuietStep?, skipped: Int,
        isWider: Bool
    ) -> AuditEvent {
        var facts: JSONObject = .facts([
            "break_through": (quiet?.clause).map { .fact($0.rawValue) },
            "quiet": quiet?.isPassedOn == true ? .fact("everybody") : nil,
            "pass": (approval.escalation?.passes).map { .fact($0) },
            "plan_version": (approval.escalation?.version).map { .fact($0) },
            "skipped": skipped == 0 ? nil : .fact(skipped),
            "step": (approval.escalation?.step).map { .fact($0) },
        ])
        switch step?.target {
        case .group(let group):
            facts["to_group"] = .fact(group.rawValue)
            if isWider { facts["group_added"] = .fact(group.rawValue) }
        case .people(let people):
            facts["to_people"] = .fact(people.map(\.rawValue).joined(separator: " "))
        case nil: break
        }
        return AuditEvent(
            .approvalEscalated, by: .server, about: .of(approval),
            outcome: step == nil ? "nobody" : "told", facts: facts)
    }
}

/// Who can be told of an approval: people who are here, whose own run it is not and who did not
/// decide it already.
struct EscalationFinder {
    let members: [Member]

    init(of approval: Approval, in store: any StoreReader) throws(CommandFailure) {
        let tenant = approval.tenant
        let owner = try stored(try store.agentOwner(of: approval.agent, in: tenant))
        var ownerEmail: String?
        if let owner { ownerEmail = try stored(try store.email(of: owner, in: tenant)) }
        let decided = Set(approval.decisions.map(\.by))
        members = try stored(try store.members(of: tenant)).filter {
            $0.id != owner && $0.email != ownerEmail && !decided.contains($0.id)
        }
    }

    /// True when there is somebody.
    func finds(_ target: EscalationPlan.Target) -> Bool {
        members.contains { Self.names(target, $0) }
    }

    /// True for somebody whom a step is for.
    static func names(_ target: EscalationPlan.Target, _ member: Member) -> Bool {
        switch target {
        case .group(let group):
            member.groups.contains(group) && !Authority.deciders.isDisjoint(with: member.roles)
        case .people(let people): people.contains(member.id)
        }
    }
}

extension ControlPlane {
    /// Gives every pending approval without a timer its timer back; how many there were.
    ///
    /// The store refuses to write such a row, so that one is damage from outside.
    public func repairTimers(
        in store: any StoreWriter, limit: Int
    ) throws(StoreFailure) -> Int {
        let untimed = try store.untimed(limit: limit)
        var count = 0
        for one in untimed {
            do {
                guard let approval = try store.approval(one.approval, of: one.tenant),
                    try store.replace(approval)
                else { continue }
                count += 1
            } catch {
                // What cannot be read holds nobody else up; nothing of it can run.
                guard case .damaged = error else { throw error }
            }
        }
        return count
    }
}
