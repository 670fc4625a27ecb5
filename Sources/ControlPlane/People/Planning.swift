import Approvals
import Audit
import Authority
import JSONTree

// A lead plans to whom approvals go when nobody answers; a person says that they look at one.
extension Session {
    mutating func plan(_ wish: PlanWish) throws(CommandFailure) -> PeopleAnswer {
        let member = try member(with: [.lead, .admin])
        try requireGroup(wish.group)
        let known = try stored(try store.escalationPlan(of: wish.group, in: tenant))
        var reader = reader
        guard wish.version == known?.version ?? 0 else {
            try Self.changedMeanwhile(known, reader: &reader)
        }
        let plan = try plan(of: wish)
        let fresh = GroupPlan(
            group: wish.group, version: wish.version + 1, plan: plan, changedBy: member.id,
            changedAt: now)
        guard try stored(try store.save(fresh, in: tenant)) else {
            throw .store(.busy("somebody else changed the plan at the same time"))
        }
        let event = AuditEvent(
            .escalationChanged, by: actor, about: .init(.group, wish.group.rawValue),
            documents: [AuditEvent.Document("plan", plan.record)],
            facts: .facts([
                "steps": .fact(plan.steps.count), "version": .fact(fresh.version),
                "widens": plan.added(to: wish.group),
            ]))
        try journal.record(event, of: tenant)
        return .plan(try reader.report(wish.group, fresh))
    }

    private static func changedMeanwhile(
        _ known: GroupPlan?, reader: inout Reader
    ) throws(CommandFailure) -> Never {
        guard let known else {
            throw .refusing(
                .conflict("there is no plan yet", next: "Send version 0 to make the first."))
        }
        let who = try reader.email(of: known.changedBy)
        throw .refusing(
            .conflict(
                "\(who) changed the plan at \(known.changedAt); it is at version \(known.version)",
                next: "Read it again, and make your change to what is there now."))
    }

    private func plan(of wish: PlanWish) throws(CommandFailure) -> EscalationPlan {
        guard wish.steps.count <= EscalationPlan.stepsMax else {
            throw .refusing(.limit("stepsMax is \(EscalationPlan.stepsMax)"))
        }
        guard (0...EscalationPlan.repeatsMax).contains(wish.repeats) else {
            throw .field("/repeat", "must be from 0 to \(EscalationPlan.repeatsMax)")
        }
        var plan = EscalationPlan(steps: [], repeats: wish.repeats, end: wish.end)
        for (index, step) in wish.steps.enumerated() {
            let place = "/steps/\(index)"
            guard (1...EscalationPlan.afterSecondsMax).contains(step.afterSeconds) else {
                throw .field(
                    "\(place)/after_s", "must be from 1 to \(EscalationPlan.afterSecondsMax)")
            }
            let target = try target(of: step, "\(place)/to")
            if step.mayDecide, !target.isGroup {
                throw .field(
                    "\(place)/may_decide",
                    "is for groups; a person decides by their groups or by delegation")
            }
            plan.steps.append(
                .init(afterSeconds: step.afterSeconds, to: target, mayDecide: step.mayDecide))
        }
        return plan
    }

    private func target(
        of step: PlanWish.Step, _ place: String
    ) throws(CommandFailure) -> EscalationPlan.Target {
        switch (step.group, step.schedule, step.people) {
        case (let name?, nil, nil):
            guard let group = GroupName(name) else {
                throw .field("\(place)/group", "there is no group of this name")
            }
            try requireGroup(group, "\(place)/group")
            return .group(group)
        case (nil, let name?, nil):
            let names = try stored(try store.schedules(of: tenant)).map(\.name)
            guard let schedule = GroupName(name), names.contains(schedule) else {
                throw .field("\(place)/schedule", "there is no schedule of this name")
            }
            return .schedule(schedule)
        case (nil, nil, let emails?):
            guard (1...EscalationPlan.peopleMax).contains(emails.count) else {
                throw .field(
                    "\(place)/people", "must be 1 to \(EscalationPlan.peopleMax) e-mails")
            }
            var people: [MemberID] = []
            for (index, email) in emails.enumerated() {
                let wanted = Naming.lowercased(email)
                guard let member = try stored(try store.member(email: wanted, of: tenant)) else {
                    throw .field(
                        "\(place)/people/\(index)", "there is no member with this e-mail")
                }
                if !people.contains(member.id) { people.append(member.id) }
            }
            return .people(people)
        default: throw .field(place, "must name one of group, schedule, people")
        }
    }

    private func requireGroup(
        _ group: GroupName, _ place: String? = nil
    ) throws(CommandFailure) {
        let groups = try stored(try store.groups(of: tenant))
        guard !groups.contains(where: { $0.name == group }) else { return }
        guard let place else { throw .refusing(.notFound) }
        throw .field(place, "there is no group of this name")
    }

    /// Holds the next step back for a while, because somebody looks at it. It moves no deadline.
    mutating func acknowledge(_ id: ApprovalID) throws(CommandFailure) -> Answer {
        let member = try member(with: [.approver, .lead])
        var approval = try reader.visible(id)
        try requirePending(approval)
        if !approval.isTold(member) {
            if case .failure(let obstacle) = try reader.hat(of: member, as: nil, approval) {
                try requireAuthority(obstacle.why, over: approval)
            }
        }
        guard var escalation = approval.escalation, escalation.nextAt != nil else {
            throw .refusing(
                .conflict(
                    "no step is to come that could be held back",
                    next: "Decide it, or mark it as being looked at."))
        }
        let isHeld = escalation.acknowledgements.contains {
            $0.by == member.id && $0.until > now
        }
        if isHeld { return try view(of: approval) }
        let latest = approval.watch?.heldAtMost(by: member.id)
        if let latest, latest <= now {
            throw .refusing(
                .conflict(
                    "your shift is over, and it was handed to who came after you",
                    next: "Leave it to them, or decide it."))
        }
        guard escalation.acknowledge(by: member.id, at: now, latest: latest) else {
            throw .refusing(
                .conflict(
                    "you held it back \(Escalation.acknowledgedMax) times already",
                    next: "Decide it, or hand it to somebody else."))
        }
        approval.escalation = escalation
        let until = escalation.acknowledgements.last?.until ?? now
        let event = AuditEvent(
            .approvalAcknowledged, by: actor, about: .of(approval),
            facts: .facts(["until_ms": .fact(until)]))
        try journal.save(&approval, because: event)
        return try view(of: approval)
    }
}

// Where a plan begins, and begins anew.
extension Session {
    /// What a group planned, from now on; nil when it planned nothing.
    func escalation(for group: GroupName) throws(CommandFailure) -> Escalation? {
        guard let known = try stored(try store.escalationPlan(of: group, in: tenant)) else {
            return nil
        }
        return Escalation(known.plan, version: known.version, at: now)
    }

    /// Another group is asked, so that its plan holds. Whoever was told of it drops it.
    func restartEscalation(of approval: inout Approval) throws(CommandFailure) {
        let group = approval.requirement.group
        if let old = approval.escalation {
            approval.formerGroups += old.groups.filter {
                $0 != group && !approval.formerGroups.contains($0)
            }
            approval.formerAssignees += old.people.filter {
                $0 != approval.requirement.assignee && !approval.formerAssignees.contains($0)
            }
        }
        approval.escalation = try escalation(for: group)
        approval.watch = try watch(for: approval)
    }

    /// Goes on at once wherever too few people are left who could decide.
    func hurryEscalations() throws(CommandFailure) {
        guard try stored(try store.hasEscalationPlan(in: tenant)) else { return }
        let book = AuthorityBook(members: try stored(try store.members(of: tenant)))
        var position: Int64 = 0
        while true {
            let after = position
            let chunk = try stored(
                try store.pending(of: tenant, after: after, limit: Reader.chunkMax))
            guard let last = chunk.last else { return }
            position = last.position
            for var approval in chunk.map(\.approval) where approval.escalation != nil {
                let question = AuthorityQuestion(
                    approval, agentOwner: try agentOwner(of: approval))
                guard book.shortfall(of: question) > 0 else { continue }
                let before = approval.escalation
                approval.escalation?.hurry(at: now)
                if approval.escalation != before { try journal.save(&approval) }
            }
            guard chunk.count == Reader.chunkMax else { return }
        }
    }
}

extension EscalationPlan {
    /// The groups that may decide by it besides the one it is for; nil when there is none.
    fileprivate func added(to own: GroupName) -> JSONValue? {
        var names: [String] = []
        for step in steps where step.mayDecide {
            if case .group(let group) = step.target, group != own { names.append(group.rawValue) }
        }
        return names.isEmpty ? nil : .fact(names.joined(separator: " "))
    }
}

// What is said about a plan.
extension Reader {
    mutating func escalationPlan(_ group: GroupName) throws(CommandFailure) -> PeopleAnswer {
        _ = try member(with: [.approver, .lead, .auditor, .admin])
        guard try stored(try store.groups(of: tenant)).contains(where: { $0.name == group })
        else { throw .refusing(.notFound) }
        return .plan(
            try report(group, try stored(try store.escalationPlan(of: group, in: tenant))))
    }

    mutating func report(
        _ group: GroupName, _ known: GroupPlan?
    ) throws(CommandFailure) -> PlanReport {
        let plan = known?.plan ?? EscalationPlan(steps: [])
        return PlanReport(
            group: group, version: known?.version ?? 0, plan: plan,
            emails: try names(of: plan.everybody), onDuty: try onDuty(by: plan),
            changerEmail: try known.map { (known) throws(CommandFailure) in
                try email(of: known.changedBy)
            }, changedAt: known?.changedAt)
    }

    mutating func escalation(of approval: Approval) throws(CommandFailure) -> ShownEscalation? {
        guard approval.state == .pending, let escalation = approval.escalation else { return nil }
        let held = escalation.acknowledgements.last { $0.until > now }
        let told = escalation.duties.flatMap(\.people)
        return ShownEscalation(
            escalation: escalation,
            emails: try names(of: escalation.plan.everybody.union(told)),
            onDuty: try onDuty(by: escalation.plan),
            acknowledgedBy: try held.map { (held) throws(CommandFailure) in
                try email(of: held.by)
            },
            acknowledgedUntil: held?.until, instants: escalation.instants)
    }
}

// Who is on duty by the schedules that a plan names.
extension Reader {
    fileprivate mutating func onDuty(
        by plan: EscalationPlan
    ) throws(CommandFailure) -> [GroupName: [String]] {
        let schedules = plan.schedules
        guard !schedules.isEmpty else { return [:] }
        let members = try stored(try store.members(of: tenant)).filter(EscalationFinder.decides)
        var onDuty: [GroupName: [String]] = [:]
        for name in schedules {
            let answer = try ScheduleAnswer(
                name, in: store, of: tenant, among: members, at: now, zones)
            var emails: [String] = []
            for person in answer.people { emails.append(try email(of: person)) }
            onDuty[name] = emails.sorted()
        }
        return onDuty
    }
}

extension EscalationPlan.Target {
    fileprivate var isGroup: Bool {
        if case .group = self { true } else { false }
    }
}

extension EscalationPlan {
    /// The schedules that its steps go to.
    var schedules: Set<GroupName> {
        var schedules: Set<GroupName> = []
        for step in steps {
            if case .schedule(let name) = step.target { schedules.insert(name) }
        }
        return schedules
    }

    fileprivate var everybody: Set<MemberID> {
        var everybody: Set<MemberID> = []
        for step in steps {
            if case .people(let people) = step.target { everybody.formUnion(people) }
        }
        return everybody
    }
}

extension Escalation {
    /// When each step was or will be taken.
    fileprivate var instants: [Timestamp?] {
        var instants: [Timestamp?] = takenAt
        var at = nextAt
        for index in takenAt.count..<max(takenAt.count, plan.steps.count) {
            instants.append(at)
            guard index + 1 < plan.steps.count else { break }
            at = at?.adding(seconds: plan.steps[index + 1].afterSeconds)
        }
        return instants
    }
}
