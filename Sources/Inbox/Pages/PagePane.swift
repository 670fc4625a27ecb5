package import Approvals
package import Audit
package import TextGrid
package import WireAPI
package import ZoneTime

/// A page to read, above the lists: policies, and why a call was asked about.
package struct PagePane: Hashable, Sendable {
    package let subject: PageSubject
    /// The line under the cursor.
    package internal(set) var index = 0
    /// The first line on the screen.
    package internal(set) var top = 0

    package init(_ subject: PageSubject) { self.subject = subject }

    /// Moves the cursor; the line under it stays on the screen.
    mutating func select(_ place: Int, count: Int, rows: Int) {
        let rows = max(1, rows)
        index = min(max(0, place), max(0, count - 1))
        if index < top { top = index }
        if index >= top + rows { top = index - rows + 1 }
        top = min(max(0, top), max(0, count - rows))
    }
}

/// What a page is about.
package enum PageSubject: Hashable, Sendable {
    /// Which rules asked for an approval, and what they saw.
    case why(ApprovalID)
    /// An approval from its submission to its receipt, held against what this inbox pinned.
    case story(ApprovalID, pinned: Checkpoint?)
    /// All policies with their versions.
    case policies
    case policy(String, version: Int)
    case difference(String, from: Int, to: Int)
    case shadow(String, version: Int)
    /// What is known of the audit log, and its latest events.
    case audit
    /// Events of it that somebody looked for.
    case found(AuditWords)
    /// Who decides for whom.
    case delegations
    case delegation(String)
    /// Who can decide in the days to come.
    case coverage
    /// Who is expected to decide, by schedule.
    case schedules
    /// One week of a schedule, on its own wall.
    case week(GroupName, InstantRange)
    /// What is not as planned in a schedule; shown with its weeks.
    case overrides(GroupName)
    /// Hours that people offer each other; shown with the weeks.
    case swaps(GroupName)

    /// The page with what this one shows.
    var source: PageSubject {
        switch self {
        case .policy: .policies
        case .delegation: .delegations
        case .why, .story, .policies, .difference, .shadow, .audit, .found, .delegations, .coverage,
            .schedules, .week, .overrides, .swaps:
            self
        }
    }

    /// Whether something is done on the page, and not only read.
    var leadsOn: Bool {
        switch self {
        case .policies, .policy, .shadow, .delegations, .delegation, .schedules, .week: true
        case .found: true
        case .why, .story, .difference, .audit, .coverage, .overrides, .swaps: false
        }
    }

    /// What the page is called.
    package var title: String {
        switch self {
        case .why: "Why it was asked"
        case .story: "The story of one approval"
        case .policies: "Policies"
        case .policy(let name, let version): "Policy \(name), version \(version)"
        case .difference(let name, let from, let to): "Policy \(name): \(from) to \(to)"
        case .shadow(let name, let version): "Policy \(name), version \(version) as a shadow"
        case .audit: "Audit log"
        case .found: "Found in the audit log"
        case .delegations: "Delegations"
        case .delegation: "One delegation"
        case .coverage: "Coverage"
        case .schedules: "Shifts"
        case .week(let name, _): "Shifts of \(name.rawValue)"
        case .swaps(let name): "Swaps of \(name.rawValue)"
        case .overrides(let name): "Overrides of \(name.rawValue)"
        }
    }
}

/// One line of a page.
package struct PageLine: Sendable {
    package let line: Line
    /// What enter does on it; nil for a line that is only read.
    package let target: PageTarget?

    init(_ line: Line, _ target: PageTarget? = nil) {
        self.line = line
        self.target = target
    }
}

/// Where a line of a page leads.
package enum PageTarget: Hashable, Sendable {
    case page(PageSubject)
    /// The present week of a schedule.
    case schedule(GroupName)
    case change(PolicyChange)
    /// Calls that were looked at.
    case reviewed(policy: String, version: Int, [ApprovalID])
    /// The form for lending authority; somebody else's when a lead does it.
    case lend(isForOthers: Bool)
    case endDelegation(DelegationView)
    /// The form for changing who is on duty.
    case stretch(ChangedStretch)
    /// The form for offering hours of one's own.
    case offerSwap(ChangedStretch)
    case swap(SwapStep)
    /// The form for who takes turns.
    case rotation(ChangedRotation)
    case removeOverride(OverrideView)
}
