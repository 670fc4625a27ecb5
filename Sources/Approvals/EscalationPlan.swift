/// To whom an approval is brought when nobody answers, one step after the other.
///
/// A step tells people and lets them see the approval. It changes nobody's authority, unless it
/// names a group and says that this group may decide.
public struct EscalationPlan: Hashable, Sendable {
    /// In order; a plan without a step is no plan.
    public var steps: [Step]
    /// How often the steps are taken again.
    public var repeats: Int
    public var end: End

    /// One step.
    public struct Step: Hashable, Sendable {
        /// Seconds after the step before it, or after the pass began.
        public var afterSeconds: Int
        public var target: Target
        /// True when the group may decide from this step on.
        public var mayDecide: Bool

        /// Puts a step together.
        public init(afterSeconds: Int, to target: Target, mayDecide: Bool = false) {
            self.afterSeconds = afterSeconds
            self.target = target
            self.mayDecide = mayDecide
        }
    }

    /// To whom a step goes.
    public enum Target: Hashable, Sendable {
        case group(GroupName)
        case people([MemberID])
        /// Whoever is on duty by a schedule at the moment of the step.
        case schedule(GroupName)
    }

    /// What happens when the last pass is over and nobody answered.
    public enum End: String, Hashable, Sendable, CaseIterable {
        /// The call is refused. One that silence would release waits for its deadline.
        case refuse
        /// It waits for its deadline.
        case wait
    }

    /// Puts a plan together.
    public init(steps: [Step], repeats: Int = 0, end: End = .refuse) {
        self.steps = steps
        self.repeats = repeats
        self.end = end
    }

    /// The most steps of a plan.
    public static let stepsMax = 10
    /// How often the steps may be taken again.
    public static let repeatsMax = 5
    /// The longest time to a step, in seconds.
    public static let afterSecondsMax = 86_400
    /// The most people whom a step names.
    public static let peopleMax = 20

    /// How long the last step of a pass has before the next pass begins or the plan ends: as long
    /// as the longest step.
    public var pauseSeconds: Int { steps.map(\.afterSeconds).max() ?? 0 }
}

/// The plan of one approval, as it was at submission, and where it stands.
public struct Escalation: Hashable, Sendable {
    public let plan: EscalationPlan
    /// Which version of the group's plan it is.
    public let version: Int
    /// How many steps of this pass were taken.
    public private(set) var step = 0
    /// How many passes were finished.
    public private(set) var passes = 0
    /// When the steps of this pass were taken, in order.
    public private(set) var takenAt: [Timestamp] = []
    /// The one instant at which it goes on; nil when nothing is left but the deadline.
    public private(set) var nextAt: Timestamp?
    /// Groups that were told, in order.
    public private(set) var groups: [GroupName] = []
    /// Those of them that may decide by it.
    public private(set) var deciding: [GroupName] = []
    /// People who were told.
    public private(set) var people: [MemberID] = []
    public private(set) var acknowledgements: [Acknowledgement] = []
    /// Whom its schedules named, each time that one was asked, in order.
    public private(set) var duties: [ScheduleAnswer] = []

    /// Somebody looks at it, so it is held back for a while.
    public struct Acknowledgement: Hashable, Sendable {
        public let by: MemberID
        public let at: Timestamp
        public let until: Timestamp

        /// Puts it together.
        public init(by: MemberID, at: Timestamp, until: Timestamp) {
            self.by = by
            self.at = at
            self.until = until
        }
    }

    /// How long somebody who looks at it holds it back, in seconds.
    public static let acknowledgedSeconds = 600
    /// How often one person may.
    public static let acknowledgedMax = 2

    /// Begins a plan; nil when it has no steps.
    public init?(_ plan: EscalationPlan, version: Int, at now: Timestamp) {
        guard let first = plan.steps.first else { return nil }
        self.plan = plan
        self.version = version
        nextAt = now.adding(seconds: first.afterSeconds)
    }

    /// The step that comes next; nil between two passes and after the last.
    public var next: EscalationPlan.Step? {
        step < plan.steps.count ? plan.steps[step] : nil
    }

    /// True when every pass is finished.
    public var isOver: Bool { passes > plan.repeats }

    /// Takes the next step, whether it found anybody or not, and plans the one after it.
    ///
    /// `answer` is what the schedule said, when the step goes to one.
    public mutating func take(
        reaching isReached: Bool, by answer: ScheduleAnswer? = nil, at now: Timestamp
    ) {
        guard let taken = next else { return }
        if let answer { duties.append(answer) }
        step += 1
        takenAt.append(now)
        if isReached {
            switch taken.target {
            case .group(let group):
                if !groups.contains(group) { groups.append(group) }
                if taken.mayDecide, !deciding.contains(group) { deciding.append(group) }
            case .people(let members):
                people += members.filter { !people.contains($0) }
            case .schedule:
                people += (answer?.people ?? []).filter { !people.contains($0) }
            }
        }
        if let next {
            nextAt = now.adding(seconds: next.afterSeconds)
        } else {
            passes += 1
            nextAt = now.adding(seconds: plan.pauseSeconds)
        }
    }

    /// Begins the next pass.
    public mutating func beginPass() {
        step = 0
        takenAt = []
    }

    /// Nothing more happens before the deadline.
    public mutating func rest() { nextAt = nil }

    /// Goes on at once: nobody is left who could answer.
    public mutating func hurry(at now: Timestamp) {
        guard let nextAt, next != nil, nextAt > now else { return }
        self.nextAt = now
    }

    /// Tells those who came on duty.
    public mutating func bring(to members: [MemberID]) {
        people += members.filter { !people.contains($0) }
    }

    /// Holds the next step back, at most until `latest`; false when this person did so too often.
    public mutating func acknowledge(
        by member: MemberID, at now: Timestamp, latest: Timestamp? = nil
    ) -> Bool {
        guard acknowledgements.count(where: { $0.by == member }) < Self.acknowledgedMax else {
            return false
        }
        let usual = now.adding(seconds: Self.acknowledgedSeconds)
        let until = min(usual, latest ?? usual)
        acknowledgements.append(Acknowledgement(by: member, at: now, until: until))
        if let nextAt { self.nextAt = max(nextAt, until) }
        return true
    }

    /// Puts back what a record says about where it stands.
    mutating func restore(
        step: Int, passes: Int, takenAt: [Timestamp], nextAt: Timestamp?, told: Told,
        acknowledgements: [Acknowledgement], duties: [ScheduleAnswer]
    ) {
        self.step = step
        self.passes = passes
        self.takenAt = takenAt
        self.nextAt = nextAt
        groups = told.groups
        deciding = told.deciding
        people = told.people
        self.acknowledgements = acknowledgements
        self.duties = duties
    }

    struct Told {
        var groups: [GroupName]
        var deciding: [GroupName]
        var people: [MemberID]
    }
}
