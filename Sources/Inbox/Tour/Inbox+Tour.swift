import Approvals
import JSONTree
import Keymap
package import TextGrid

extension Inbox {
    // MARK: What it says

    /// The lines of the tour below the header; none while it is hidden.
    package func tourLines(columns: Int) -> [Line] {
        guard columns >= InboxLayout.columnsMin else { return [] }
        let lines: [Line]
        switch tour.stage {
        case .hidden: return []
        case .offered: lines = tourOffer
        case .running: lines = [tourSentence]
        }
        let drawn = settings.repertoire == .ascii ? lines.map { $0.inASCII() } : lines
        if tour.stage == .offered, size.rows <= Self.lowRows {
            let whose: Line = tour.isDemo ? Line("A demo:  ", .heading) : Line()
            return drawn.suffix(1).map { (whose + $0).fitted(to: columns - 2) }
        }
        return Array(drawn.flatMap { $0.wrapped(to: columns - 2) }.prefix(Self.tourLinesMax))
    }

    /// No more lines are taken from what is below.
    static let tourLinesMax = 2

    /// On a screen of so few rows the offer takes one.
    private static let lowRows = 18

    private var tourOffer: [Line] {
        let offer: Line = [
            Span(key(for: .tour), .barKey), Span(" starts a tour of two minutes, ", .accent),
            Span(key(for: .clearFilter), .barKey), Span(" hides this.", .accent),
        ]
        guard tour.isDemo else { return [Line("New here? ", .heading) + offer] }
        return [Line("This is a demo: nothing here is real, so try everything.", .heading), offer]
    }

    private var tourSentence: Line {
        let steps = TourStep.allCases.count
        let count = "Tour \(tour.step.rawValue + 1)/\(steps) "
        var line: Line = [Span(count, .heading), Span(sentence(of: tour.step), .accent)]
        if tour.step != .end, !waitsForPerson {
            line = line + [Span(" \(key(for: .tour))", .barKey), Span(" goes on.", .accent)]
        }
        return line
    }

    /// True when the step goes on by itself as soon as somebody did it; false when it explains.
    private var waitsForPerson: Bool {
        switch tour.step {
        case .move, .open, .back, .filter, .showAll, .help: true
        case .edit, .diff, .reject: tour.isDemo
        case .end: false
        }
    }

    private func sentence(of step: TourStep) -> String {
        switch step {
        case .move:
            return "What waits, the most urgent first. \(key(for: .moveDown)) and "
                + "\(key(for: .moveUp)) move; go down one row."
        case .open: return "\(key(for: .open)) opens the call under the cursor. Open it."
        case .edit, .diff, .reject: return tour.isDemo ? request(step) : explanation(step)
        case .back: return "\(key(for: .back)) goes back one step. Go back to the list."
        case .filter:
            return "\(key(for: .filter)) shows only what contains a text. Type a few letters of a "
                + "tool, then enter."
        case .showAll: return "\(key(for: .clearFilter)) shows everything again. Do that."
        case .help:
            return "\(key(for: .help)) lists the keys of where you are, \(key(for: .commandLine)) "
                + "finds any action. Look at the keys."
        case .end:
            return "That was all. To approve: read to the end, then \(key(for: .approve)). "
                + ":tour shows this again; \(key(for: .tour)) hides it."
        }
    }

    /// In the demo people try it.
    private func request(_ step: TourStep) -> String {
        switch step {
        case .edit:
            return "\(key(for: .edit)) edits: enter opens the value under the cursor, enter keeps "
                + "it. Change one."
        case .diff: return "\(key(for: .diff)) shows what your edit changes. Look at it."
        case .reject:
            return "\(key(for: .reject)) rejects: write why, enter, then choose Reject. "
                + "Try it on this one."
        case .move, .open, .back, .filter, .showAll, .help, .end: return ""
        }
    }

    /// Where a decision is real, people only read about it.
    private func explanation(_ step: TourStep) -> String {
        switch step {
        case .edit:
            return "\(key(for: .edit)) would change its arguments, within what the rule allows. "
                + "These are real, so only read this."
        case .diff:
            return "\(key(for: .diff)) would show what your edit changes, before you send it."
        case .reject:
            return "\(key(for: .approve)) approves and \(key(for: .reject)) rejects; both ask "
                + "before anything is sent. Not now: these are real."
        case .move, .open, .back, .filter, .showAll, .help, .end: return ""
        }
    }

    // MARK: How it goes on

    /// Starts the tour where it was left, or goes on to its next step.
    mutating func performTour() {
        switch tour.stage {
        case .hidden, .offered: show(.running, tour.step)
        case .running: goOn()
        }
    }

    /// Hides the tour; false when there is none to hide.
    mutating func hideTour() -> Bool {
        guard tour.stage != .hidden else { return false }
        let wasRunning = tour.stage == .running && tour.step != .end
        show(.hidden, tour.step == .end ? .move : tour.step)
        if wasRunning { say(.info, "The tour is left; \(key(for: .tour)) goes on with it.") }
        return true
    }

    private mutating func goOn() {
        guard let next = tour.step.next else {
            _ = hideTour()
            return
        }
        show(.running, next)
    }

    /// What is below the lines of the tour moves when their number changes.
    mutating func show(_ stage: Tour.Stage, _ step: TourStep) {
        let before = layout.body
        tour.stage = stage
        tour.step = step
        tour.subject = subject
        if layout.body != before { resized(to: size) }
    }

    /// Goes on when somebody did what the step speaks of.
    mutating func followTour() {
        guard tour.stage == .running, isTourStepDone else { return }
        goOn()
    }

    private var isTourStepDone: Bool {
        switch tour.step {
        case .move: subject != tour.subject
        case .open: focus == .detail
        case .edit: subject.flatMap { editors[$0] }.map { !$0.patch.isEmpty } ?? false
        case .diff: overlays.contains(where: \.isAnyDiff)
        case .back: overlays.isEmpty && focus == .list && screen == .queue
        case .filter: overlays.isEmpty && queue.filter != nil
        case .showAll: overlays.isEmpty && queue.filter == nil
        case .reject:
            outbox.outgoing.values.contains { $0.draft.verdict == .reject }
                || outbox.drafts.values.contains { $0.verdict == .reject }
                || outbox.holdings.contains { $0.drafts.contains { $0.verdict == .reject } }
        case .help: overlays.contains(where: \.isHelp)
        case .end: false
        }
    }
}

extension Overlay {
    fileprivate var isAnyDiff: Bool {
        if case .diff = self { true } else { false }
    }

    fileprivate var isHelp: Bool {
        if case .help = self { true } else { false }
    }
}
