import Approvals
import Audit
import Authority
import Duty
import JSONTree
import ZoneTime

// What waits is brought to whoever comes on duty.
extension ControlPlane {
    /// Brings an approval to those who came on duty, once; false when nothing was to look up.
    static func handOver(
        _ approval: inout Approval, _ journal: inout Journal, _ zones: ZoneTable
    ) throws(CommandFailure) -> Bool {
        let now = journal.now
        guard approval.state == .pending, now < approval.requirement.deadline,
            let old = approval.watch, old.nextAt <= now
        else { return false }
        let roster = try DutyRoster(of: approval, in: journal.store, at: now, zones)
        approval.watch = roster.watch(after: old)
        let people = Set(old.people)
        let to = roster.people.filter { !people.contains($0) }
        guard !to.isEmpty else {
            try journal.save(&approval)
            return true
        }
        let from = old.people.filter { !roster.people.contains($0) }
        approval.watch?.handOver = .init(from: from, to: to, at: now)
        approval.escalation?.bring(to: to)
        let event = AuditEvent(
            .approvalHandedOver, by: .server, about: .of(approval),
            facts: .facts([
                "from": .fact(from.map(\.rawValue).joined(separator: " ")),
                "to": .fact(to.map(\.rawValue).joined(separator: " ")),
                "schedules": .fact(roster.versions.joined(separator: " ")),
                "zones": .fact(roster.zoneVersion),
            ]))
        try journal.save(&approval, because: event)
        return true
    }
}

/// Who is on duty for one approval now: by the schedules of its group, and by those that its
/// escalation asked.
struct DutyRoster {
    private(set) var people: [MemberID] = []
    /// Every schedule with its version, as `primary@3`.
    private(set) var versions: [String] = []
    private(set) var zoneVersion = ""
    private var nextAt: Timestamp

    init(
        of approval: Approval, in store: any StoreReader, at now: Timestamp, _ zones: ZoneTable
    ) throws(CommandFailure) {
        nextAt = now.adding(seconds: DutyWatch.aheadSeconds)
        let asked = Set(approval.escalation?.duties.map(\.schedule) ?? [])
        let requirement = approval.requirement
        let plans = try stored(try store.schedules(of: approval.tenant)).filter {
            asked.contains($0.name)
                || ($0.group == requirement.group && requirement.assignee == nil)
        }
        guard !plans.isEmpty, let range = InstantRange(now, nextAt) else { return }
        let finder = try EscalationFinder(of: approval, in: store)
        let able = Set(finder.members.filter(EscalationFinder.decides).map(\.id))
        var found: Set<MemberID> = []
        for plan in plans {
            let overrides = try stored(
                try store.overrides(on: plan.name, of: approval.tenant, endingAfter: now))
            let stretches = plan.duty(with: overrides).timeline(in: range, zones: zones)
            found.formUnion(stretches.first?.people ?? [])
            if stretches.count > 1 { nextAt = min(nextAt, stretches[1].range.start) }
            versions.append("\(plan.name.rawValue)@\(plan.version)")
            zoneVersion = zones[plan.zone]?.version ?? zoneVersion
        }
        people = found.intersection(able).sorted { $0.rawValue < $1.rawValue }
    }

    /// What to remember; nil where no schedule says who is on duty.
    ///
    /// While nobody is on duty the last ones stay, so that it is handed from them.
    func watch(after old: DutyWatch? = nil) -> DutyWatch? {
        guard !versions.isEmpty else { return nil }
        return DutyWatch(
            people: people.isEmpty ? old?.people ?? [] : people, nextAt: nextAt,
            handOver: old?.handOver)
    }
}

extension PeopleCommand {
    /// Whether it can change who is on duty.
    var changesDuty: Bool {
        switch self {
        case .putSchedule, .putCalendar, .removeSchedule, .override, .removeOverride, .joinShift,
            .takeSwap, .withdrawSwap:
            true
        case .leaveShift(_, let isPreview): !isPreview
        case .lend, .revoke, .plan, .acknowledge, .setReach, .offerSwap: false
        }
    }
}

extension Session {
    /// Who is on duty for a new approval, or for one that asks others now.
    func watch(for approval: Approval) throws(CommandFailure) -> DutyWatch? {
        try DutyRoster(of: approval, in: store, at: now, zones).watch()
    }

    /// Looks up at once who is on duty, wherever that is another now than was foreseen.
    func lookUpDuty() throws(CommandFailure) {
        var position: Int64 = 0
        while true {
            let after = position
            let chunk = try stored(
                try store.pending(of: tenant, after: after, limit: Reader.chunkMax))
            guard let last = chunk.last else { return }
            position = last.position
            for var approval in chunk.map(\.approval) {
                let roster = try DutyRoster(of: approval, in: store, at: now, zones)
                let fresh = roster.watch(after: approval.watch)
                if let fresh, let old = approval.watch, fresh.people == old.people,
                    fresh.nextAt >= old.nextAt
                {
                    continue
                }
                guard fresh != approval.watch else { continue }
                if approval.watch == nil || fresh == nil {
                    approval.watch = fresh
                } else {
                    approval.watch?.nextAt = now
                }
                try journal.save(&approval)
            }
            guard chunk.count == Reader.chunkMax else { return }
        }
    }
}
