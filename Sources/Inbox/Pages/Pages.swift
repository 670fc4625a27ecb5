import Approvals
import JSONTree
import WireAPI

/// What pages show, as the server sent it; in memory only.
package struct Pages: Sendable {
    /// What came for a page.
    enum Content: Sendable {
        case explanation(ExplanationAnswer)
        /// With what the proofs in it came to.
        case story(StoryView, StoryCheck)
        case policies([PolicyView])
        case difference(PolicyDifferenceAnswer)
        case shadow(ShadowReport)
        /// Events of the audit log.
        case found(FoundEvents)
        case delegations([DelegationView])
        case coverage(CoverageView)
        case schedules([ScheduleView])
        case shifts([ShiftView])
        case overrides([OverrideView])
        case swaps([SwapView])
    }

    private var contents: [PageSubject: Content] = [:]
    private var troubles: [PageSubject: String] = [:]
    /// The order in which they came, the latest last.
    private var order: [PageSubject] = []

    /// No more pages are kept.
    private static let pagesMax = 24

    subscript(subject: PageSubject) -> Content? { contents[subject.source] }

    /// Why there is nothing to show, or nothing new.
    func trouble(of subject: PageSubject) -> String? { troubles[subject.source] }

    mutating func took(_ content: Content, for subject: PageSubject) {
        troubles[subject] = nil
        contents[subject] = content
        order.removeAll { $0 == subject }
        order.append(subject)
        guard order.count > Self.pagesMax else { return }
        contents[order.removeFirst()] = nil
    }

    mutating func failed(_ sentence: String, for subject: PageSubject) {
        troubles[subject] = sentence
    }

    /// A version as it is now.
    mutating func update(_ view: PolicyView) {
        guard case .policies(var list)? = contents[.policies],
            let place = list.firstIndex(where: {
                $0.version == view.version && $0.id.isSame(as: view.id)
            })
        else { return }
        list[place] = view
        contents[.policies] = .policies(list)
    }

    /// A delegation, when the list is here.
    func delegation(_ id: String) -> DelegationView? {
        guard case .delegations(let list)? = contents[.delegations] else { return nil }
        return list.first { $0.id.isSame(as: id) }
    }

    /// One version of a policy, when the list is here.
    func version(_ name: String, _ version: Int) -> PolicyView? {
        versions.first { $0.version == version && $0.id.isSame(as: name) }
    }

    /// All versions of all policies.
    var versions: [PolicyView] {
        if case .policies(let list)? = contents[.policies] { list } else { [] }
    }
}
