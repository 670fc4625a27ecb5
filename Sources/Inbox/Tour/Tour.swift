import Approvals

/// A tour of two minutes through the real inbox: one sentence at a time, and each waits until
/// somebody did what it speaks of.
package struct Tour: Sendable {
    /// Whether it is on the screen.
    package enum Stage: Hashable, Sendable {
        case hidden
        /// A line says that there is one.
        case offered
        case running
    }

    package internal(set) var stage: Stage
    /// Where it is, or goes on.
    package internal(set) var step = TourStep.move
    /// True when nothing that is decided here is real.
    let isDemo: Bool
    /// What was under the cursor when the step began.
    var subject: ApprovalID?

    init(_ offer: TourOffer) {
        isDemo = offer == .demo
        stage = offer == .none ? .hidden : .offered
    }
}

/// One sentence of the tour, and what it waits for.
package enum TourStep: Int, CaseIterable, Hashable, Sendable {
    case move
    case open
    case edit
    case diff
    case back
    case filter
    case showAll
    case reject
    case help
    case end

    /// The one after this; nil after the last.
    var next: TourStep? { TourStep(rawValue: rawValue + 1) }
}
