public import Approvals
public import ZoneTime

/// What is asked about one step of an approval's escalation: whom do we disturb?
public struct ReachQuestion: Hashable, Sendable {
    /// Whom the step is for: people on duty, of a group, and delegates who may be disturbed.
    public var recipients: Set<MemberID>
    /// Those of them who are on duty by a shift.
    public var onDuty: Set<MemberID>
    /// Everybody who may decide it.
    public var eligible: Set<MemberID>
    public var risk: Risk
    public var createdAt: Timestamp
    public var deadline: Timestamp
    /// How long a person needs to answer, in seconds.
    public var responseSeconds: Int
    /// Nil for what is usual at the risk.
    public var allQuiet: AllQuiet?
    /// True when somebody broke glass.
    public var isBreakGlass: Bool

    /// Puts a question together.
    public init(
        recipients: Set<MemberID>, onDuty: Set<MemberID> = [], eligible: Set<MemberID>,
        risk: Risk, createdAt: Timestamp, deadline: Timestamp, responseSeconds: Int = 900,
        allQuiet: AllQuiet? = nil, isBreakGlass: Bool = false
    ) {
        self.recipients = recipients
        self.onDuty = onDuty
        self.eligible = eligible
        self.risk = risk
        self.createdAt = createdAt
        self.deadline = deadline
        self.responseSeconds = responseSeconds
        self.allQuiet = allQuiet
        self.isBreakGlass = isBreakGlass
    }

    /// The longest that an approval waits for somebody to wake up, in seconds.
    public static let waitMax = 72 * 3_600
}

/// Why somebody was disturbed in quiet hours.
public enum BreakThrough: String, Hashable, Sendable, CaseIterable {
    case critical
    /// Nobody who is awake could answer before the deadline.
    case deadline
    /// The only one left who can decide, at high risk.
    case sole
    case breakGlass = "break_glass"
    /// The policy says so.
    case policy
}

/// Whom an approval disturbs now, who hears of it later, and what happens next.
public struct ReachPlan: Hashable, Sendable {
    /// Those who are told, and why in spite of quiet hours.
    public var told: [MemberID: BreakThrough?] = [:]
    /// When those who are quiet get their digest, if it is still pending then.
    public var digests: [MemberID: Timestamp] = [:]
    public var next: Next = .told

    /// What happens next.
    public enum Next: Hashable, Sendable {
        /// Somebody was told.
        case told
        /// The next step of the plan, at once.
        case escalate
        /// The deadline is this one now; the agent is told.
        case wait(until: Timestamp)
        /// Nobody wakes up in time: it is refused at this instant, whatever its posture.
        case refuse(at: Timestamp)
    }
}

/// When everybody may be disturbed.
public struct ReachBook: Hashable, Sendable {
    public var people: [MemberID: PersonReach]

    /// Puts a book together; who is not in it may always be disturbed.
    public init(people: [MemberID: PersonReach]) { self.people = people }

    /// Whom a step disturbs at an instant.
    public func plan(
        _ question: ReachQuestion, at now: Timestamp, zones: ZoneTable
    ) -> ReachPlan {
        let able = question.recipients.intersection(question.eligible)
        var plan = ReachPlan()
        guard !able.isEmpty else {
            plan.next = .escalate
            return plan
        }
        let quiet = able.filter { id in
            people[id]?.isQuiet(
                at: now, zones: zones, isOnDuty: question.onDuty.contains(id)) == true
        }
        for id in able.subtracting(quiet) { plan.told.updateValue(nil, forKey: id) }
        let clause = clause(question, at: now, awake: able.subtracting(quiet), zones)
        for id in quiet {
            if let clause {
                plan.told.updateValue(clause, forKey: id)
            } else if let awake = people[id]?.awake(
                from: now, zones: zones, isOnDuty: question.onDuty.contains(id))
            {
                plan.digests[id] = awake
            }
        }
        if plan.told.isEmpty { resolve(&plan, question, quiet, at: now) }
        return plan
    }

    /// Why quiet hours do not count now; nil when they do.
    private func clause(
        _ question: ReachQuestion, at now: Timestamp, awake: Set<MemberID>, _ zones: ZoneTable
    ) -> BreakThrough? {
        if question.isBreakGlass { return .breakGlass }
        if question.risk == .critical { return .critical }
        let anybody = question.eligible.contains { id in
            people[id]?.isQuiet(
                at: now, zones: zones, isOnDuty: question.onDuty.contains(id)) != true
        }
        if !anybody, question.deadline.since(now) < Int64(question.responseSeconds) * 1_000 {
            return .deadline
        }
        if question.eligible.count == 1, question.risk >= .high { return .sole }
        return nil
    }

    private func resolve(
        _ plan: inout ReachPlan, _ question: ReachQuestion, _ quiet: Set<MemberID>,
        at now: Timestamp
    ) {
        switch question.allQuiet ?? .usual(for: question.risk) {
        case .escalate: plan.next = .escalate
        case .deny: plan.next = .refuse(at: now)
        case .breakThrough:
            for id in quiet { plan.told.updateValue(.policy, forKey: id) }
            plan.digests = [:]
        case .wait:
            let latest = question.createdAt.adding(seconds: ReachQuestion.waitMax)
            let end = max(latest, question.deadline)
            guard
                let wake = plan.digests.values.min()?.adding(seconds: question.responseSeconds),
                wake <= end
            else {
                plan.next = .refuse(at: end)
                return
            }
            plan.next = .wait(until: max(wake, question.deadline))
        }
    }
}
