import Approvals
import Audit
import JSONTree

/// Whether the events, one after the other, can have happened.
struct MeaningCheck {
    private struct Known {
        var agent: String?
        var group: String?
        /// Groups that its escalation let decide, too.
        var groupsAdded: [ByteText] = []
        var releasedBy: String?
        var argumentsRoot: String?
        var effectiveRoot: String?
        var isSettled = false
        var isReleased = false
        var isClaimed = false
        var isReported = false

        /// What another group's plan added falls away with its group.
        mutating func move(to group: String?) {
            guard let group, self.group?.hasSameBytes(as: group) != true else { return }
            self.group = group
            groupsAdded = []
        }

        var about: GrantCheck.About {
            GrantCheck.About(agent: agent, group: group, releasedBy: releasedBy)
        }
    }

    private var approvals: [ByteText: Known] = [:]
    private var groups: [ByteText: Set<ByteText>] = [:]
    private var policies: Set<ByteText> = []
    /// Whose runs an agent's are, by agent.
    private var owners: [ByteText: String] = [:]
    private var grants = GrantCheck()
    private var delegations = DelegationCheck()
    private var erasures = ErasureCheck()
    private var schedules = ScheduleCheck()
    private var isHalted = false
    private var last: (at: Timestamp, uptime: Uptime)?
    private let skew: Int64
    /// Whether the first event that is seen is the first of the log.
    private let isWhole: Bool

    init(skew: Int64, isWhole: Bool) {
        self.skew = skew
        self.isWhole = isWhole
    }

    mutating func take(_ header: RecordHeader, _ findings: inout FindingList) {
        checkClock(header, &findings)
        checkPolicy(header, &findings)
        if header.type == .approvalRequested {
            request(header, &findings)
        } else if Self.changes.contains(header.type) {
            change(header, &findings)
        } else if header.type == .grantCreated || header.type == .grantRevoked {
            changeGrants(header, &findings)
        } else if header.type == .delegationMade {
            if let wrong = delegations.make(header) {
                findings.add(.lifeCycle, at: header.sequence, wrong)
            }
        } else if header.type == .delegationRevoked {
            delegations.revoke(header)
        } else if header.type == .policyPublished, let text = header.facts["digest"]?.stringValue {
            policies.insert(ByteText(text))
        } else if header.type == .agentAdded || header.type == .agentRemoved {
            let owner = header.type == .agentAdded ? header.facts["owner"]?.stringValue : nil
            owners[ByteText(header.subject)] = owner
        } else if ScheduleCheck.types.contains(header.type) {
            schedules.note(header)
        } else if ErasureCheck.types.contains(header.type) {
            if let wrong = erasures.take(header, isWhole: isWhole) {
                findings.add(.authority, at: header.sequence, wrong)
            }
        } else if header.type == .releasesHalted || header.type == .releasesResumed {
            isHalted = header.type == .releasesHalted
        } else {
            changeGroups(header)
        }
    }

    /// What can happen to an approval after it was requested.
    private static let changes: Set<EventType> = [
        .approvalEndorsed, .approvalDecided, .approvalExpired, .approvalCancelled,
        .approvalExtended, .approvalReassigned, .approvalClaimed, .approvalCommented,
        .approvalAskedAgain, .valueRevealed, .executionReported, .executionLost,
        .approvalEscalated, .approvalAcknowledged, .approvalHandedOver,
    ]

    /// Within a boot both clocks move by the same; over a boot the wall clock does not go back.
    private mutating func checkClock(_ header: RecordHeader, _ findings: inout FindingList) {
        defer { last = (header.at, header.uptime) }
        guard let last else { return }
        let wall = header.at.milliseconds - last.at.milliseconds
        let (steady, isTooBig) = header.uptime.milliseconds
            .subtractingReportingOverflow(last.uptime.milliseconds)
        let isSameBoot = header.uptime.boot.hasSameBytes(as: last.uptime.boot)
        if isSameBoot, isTooBig || steady < 0 {
            findings.add(.clock, at: header.sequence, "The monotonic clock went back.")
        } else if isSameBoot, !(wall - skew...wall + skew).contains(steady) {
            findings.add(.clock, at: header.sequence, "The wall clock was stepped.")
        } else if wall < -skew {
            findings.add(.clock, at: header.sequence, "The wall clock went back.")
        }
    }

    private func checkPolicy(_ header: RecordHeader, _ findings: inout FindingList) {
        guard isWhole, let digest = header.json["provenance"]?["policy"]?["digest"]?.stringValue,
            !policies.contains(ByteText(digest))
        else { return }
        findings.add(
            .unknownPolicy, at: header.sequence, "The policy \(digest) was never published.")
    }

    private mutating func changeGroups(_ header: RecordHeader) {
        let subject = ByteText(header.subject)
        let member = header.facts["member"]?.stringValue.map(ByteText.init)
        if header.type == .memberAdded, let member {
            groups[subject, default: []].insert(member)
        } else if header.type == .memberRemoved, let member {
            groups[subject]?.remove(member)
        } else if header.type == .groupRemoved {
            groups[subject] = nil
        } else if header.type == .memberLeft {
            for group in groups.keys { groups[group]?.remove(subject) }
        }
    }

    private mutating func changeGrants(_ header: RecordHeader, _ findings: inout FindingList) {
        guard header.type == .grantCreated else { return grants.revoke(header) }
        let approval = header.facts["approval"]?.stringValue.flatMap { approvals[ByteText($0)] }
        if isWhole, approval == nil {
            findings.add(
                .authority, at: header.sequence, "The grant came with no approval of this log.")
        }
        if let wrong = grants.create(header, on: approval?.about) {
            findings.add(.authority, at: header.sequence, wrong)
        }
    }

    private mutating func request(_ header: RecordHeader, _ findings: inout FindingList) {
        let id = ByteText(header.subject)
        guard approvals[id] == nil else {
            return findings.add(
                .lifeCycle, at: header.sequence, "The approval was requested before.")
        }
        approvals[id] = Known(
            agent: header.actorKind == .agent ? header.actor : nil,
            group: header.facts["group"]?.stringValue, argumentsRoot: header.root(of: "args"))
        erasures.note(header)
    }

    private mutating func change(_ header: RecordHeader, _ findings: inout FindingList) {
        let id = ByteText(header.subject)
        guard var approval = approvals[id] else {
            guard isWhole else { return }
            return findings.add(
                .lifeCycle, at: header.sequence, "The approval was never requested.")
        }
        if let wrong = Self.impossible(header, approval) {
            return findings.add(.lifeCycle, at: header.sequence, wrong)
        }
        if isHalted, Self.releases(header) {
            findings.add(
                .lifeCycle, at: header.sequence, "A call was released while releases were halted.")
        }
        if let wrong = unauthorised(header, approval) {
            findings.add(.authority, at: header.sequence, wrong)
        }
        if let wrong = schedules.look(at: header, isWhole: isWhole) {
            findings.add(.lifeCycle, at: header.sequence, wrong)
        }
        if header.type == .approvalDecided, header.actorKind == .grant,
            let wrong = grants.use(header, on: approval.about, isWhole: isWhole)
        {
            findings.add(.authority, at: header.sequence, wrong)
        }
        if let wrong = Self.move(&approval, header) {
            findings.add(.arguments, at: header.sequence, wrong)
        }
        approvals[id] = approval
    }

    /// Whether the event lets something run that could not run before it.
    private static func releases(_ header: RecordHeader) -> Bool {
        let isSettling = header.type == .approvalDecided || header.type == .approvalExpired
        return header.type == .approvalClaimed
            || isSettling && header.outcome.map(releasing.contains) == true
    }

    private static let releasing: Set = ["approved", "edited", "auto_approved", "released"]
    private static let refusing: Set = ["rejected", "refused", "auto_denied", "denied"]

    private static func impossible(_ header: RecordHeader, _ approval: Known) -> String? {
        let type = header.type
        if type == .approvalDecided || type == .approvalExpired {
            if approval.isSettled { return "The approval was settled before." }
            let outcome = header.outcome ?? ""
            return releasing.contains(outcome) || refusing.contains(outcome)
                ? nil : "The outcome is none that a decision can have."
        }
        if pendingOnly.contains(type), approval.isSettled {
            return "The approval was settled before."
        }
        if type == .approvalClaimed {
            if !approval.isReleased { return "A call was claimed that was not released." }
            return approval.isClaimed ? "A call was claimed twice." : nil
        }
        if type == .executionReported || type == .executionLost {
            if !approval.isReleased { return "A call was executed that was not released." }
            return approval.isReported ? "An execution was reported twice." : nil
        }
        return nil
    }

    private static let pendingOnly: Set<EventType> = [
        .approvalEndorsed, .approvalCancelled, .approvalExtended, .approvalReassigned,
        .approvalAskedAgain, .approvalEscalated, .approvalAcknowledged,
        .approvalHandedOver,
    ]

    private func unauthorised(_ header: RecordHeader, _ approval: Known) -> String? {
        guard isWhole, header.actorKind == .user,
            header.type == .approvalDecided || header.type == .approvalEndorsed
        else { return nil }
        if let wrong = delegations.use(header) { return wrong }
        let owner = approval.agent.flatMap { owners[ByteText($0)] }
        let isRelease =
            header.type == .approvalEndorsed || header.outcome.map(Self.releasing.contains) == true
        if isRelease, owner?.hasSameBytes(as: header.actor) == true {
            return "Whoever decided owns the agent: nobody approves their own run."
        }
        let person = ByteText(header.facts["on_behalf_of"]?.stringValue ?? header.actor)
        let mayDecide =
            approval.group.map { group in
                ([ByteText(group)] + approval.groupsAdded).contains {
                    groups[$0]?.contains(person) == true
                }
            }
            ?? groups.values.contains { $0.contains(person) }
        return mayDecide ? nil : "Whoever decided was not in the group at that time."
    }

    /// Moves the approval on; a sentence when arguments are not the ones they must be.
    private static func move(_ approval: inout Known, _ header: RecordHeader) -> String? {
        let stated = header.facts["effective_args_root"]?.stringValue
        if header.type == .approvalReassigned {
            approval.move(to: header.facts["group"]?.stringValue)
        } else if header.type == .approvalEscalated {
            if let added = header.facts["group_added"]?.stringValue {
                approval.groupsAdded.append(ByteText(added))
            }
        } else if header.type == .approvalCancelled {
            approval.isSettled = true
        } else if header.type == .approvalDecided || header.type == .approvalExpired {
            approval.isSettled = true
            approval.isReleased = header.outcome.map(releasing.contains) ?? false
            if approval.isReleased, header.actorKind == .user {
                approval.releasedBy = header.actor
            }
            guard approval.isReleased else { return nil }
            approval.effectiveRoot = header.root(of: "edited_args") ?? approval.argumentsRoot
            return differs(stated, approval) ? "Other arguments were released." : nil
        } else if header.type == .approvalClaimed {
            approval.isClaimed = true
            return differs(stated, approval) ? "Other arguments were claimed." : nil
        } else if header.type == .executionReported {
            approval.isReported = true
            let executed = header.facts["executed_args_root"]?.stringValue
            return differs(executed, approval) ? "Other arguments ran than were released." : nil
        }
        return nil
    }

    private static func differs(_ root: String?, _ approval: Known) -> Bool {
        guard let root else { return false }
        return approval.effectiveRoot?.hasSameBytes(as: root) != true
    }
}
