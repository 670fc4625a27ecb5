import Approvals
import Authority
import Duty
import ZoneTime

// Whether who asks is expected to decide.
extension Reader {
    /// How far is looked back for the beginning of a shift, and ahead, in seconds.
    private static let behindSeconds = 14 * 86_400
    static let aheadSeconds = 31 * 86_400
    /// The most pending approvals that are looked through.
    private static let handedMax = 1_000

    /// Nil where no schedule of their groups says, and for who decides nothing.
    mutating func duty(of member: Member) throws(CommandFailure) -> DutyReport? {
        guard !Authority.deciders.isDisjoint(with: member.roles),
            let range = InstantRange(
                now.adding(seconds: -Self.behindSeconds), now.adding(seconds: Self.aheadSeconds))
        else { return nil }
        var report = DutyReport(isOn: false, schedules: [], handedOver: 0)
        var windows: [InstantRange] = []
        var isPlanned = false
        for plan in try stored(try store.schedules(of: tenant)) {
            let shifts = try stretches(of: plan.name, in: range, naming: member.id)
                .filter { $0.people.contains(member.id) }.map(\.range)
            guard member.groups.contains(plan.group) || !shifts.isEmpty else { continue }
            isPlanned = true
            windows += shifts
            guard shifts.contains(where: { $0.contains(now) }) else { continue }
            report.schedules.append(plan.name)
        }
        guard isPlanned else { return nil }
        let joined = Self.joined(windows)
        if let shift = joined.first(where: { $0.contains(now) }) {
            report.isOn = true
            report.until = shift.end < range.end ? shift.end : nil
            report.handedOver =
                try handed(to: member, since: shift.start).count
        }
        report.next = joined.first { $0.start > now }?.start
        return report
    }

    /// Pending approvals that were brought to a member when they came on duty.
    private func handed(
        to member: Member, since start: Timestamp
    ) throws(CommandFailure) -> [ApprovalID] {
        var found: [ApprovalID] = []
        var position: Int64 = 0
        var seen = 0
        while seen < Self.handedMax {
            let after = position
            let chunk = try stored(
                try store.pending(of: tenant, after: after, limit: Self.chunkMax))
            for approval in chunk.map(\.approval) {
                guard let handOver = approval.watch?.handOver, handOver.at >= start,
                    handOver.to.contains(member.id)
                else { continue }
                found.append(approval.id)
            }
            seen += chunk.count
            guard let last = chunk.last, chunk.count == Self.chunkMax else { return found }
            position = last.position
        }
        return found
    }

    /// Pending approvals of some groups that a member may decide, those made before an instant.
    func expected(
        of member: Member, in groups: Set<GroupName>, before instant: Timestamp
    ) throws(CommandFailure) -> [ApprovalID] {
        var found: [ApprovalID] = []
        var position: Int64 = 0
        var seen = 0
        while !groups.isEmpty, seen < Self.handedMax {
            let after = position
            let chunk = try stored(
                try store.pending(of: tenant, after: after, limit: Self.chunkMax))
            for approval in chunk.map(\.approval)
            where approval.createdAt < instant && approval.requirement.assignee == nil
                && !groups.isDisjoint(with: approval.decidingGroups)
            {
                if try obstacle(to: member, approval) == nil { found.append(approval.id) }
            }
            seen += chunk.count
            guard let last = chunk.last, chunk.count == Self.chunkMax else { return found }
            position = last.position
        }
        return found
    }

    /// The same time in as few windows as possible, in order.
    static func joined(_ windows: [InstantRange]) -> [InstantRange] {
        windows.sorted { $0.start < $1.start }.reduce(into: []) { joined, window in
            if let last = joined.last, window.start <= last.end,
                let longer = InstantRange(last.start, max(last.end, window.end))
            {
                joined[joined.count - 1] = longer
            } else {
                joined.append(window)
            }
        }
    }
}
