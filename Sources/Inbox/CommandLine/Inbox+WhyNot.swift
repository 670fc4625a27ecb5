import JSONTree
import Approvals
package import Keymap
import WireAPI

extension Inbox {
    /// Why an action can do nothing where the focus is, as a sentence; nil when it can.
    ///
    /// The key bar, the key sheet, the palette and the key itself all ask here, so that they never
    /// contradict each other.
    package func whyNot(_ action: Action) -> String? { whyNot(action, in: place) }

    /// The same for what lies below the palette or the key sheet.
    package func whyNot(_ action: Action, in place: Place) -> String? {
        guard action.isKnown(in: place) else { return Self.elsewhere(action) }
        switch place {
        case .queue, .detail, .history, .grants, .diff, .page:
            return Self.rules[action]?(self)
        case .editor: return editorObstacle(action) ?? Self.rules[action]?(self)
        case .dialog: return dialogObstacle(action)
        case .bulk, .help, .fieldInput, .document, .commandLine, .filter: return nil
        }
    }

    /// Says why an action can do nothing.
    mutating func refuse(_ action: Action, _ reason: String) {
        say(action.section == .deciding ? .warning : .info, reason)
    }

    /// Where an action works, for those who are somewhere else.
    static func elsewhere(_ action: Action) -> String {
        if action.contexts.allSatisfy(\.takesText) { return "It works where text is typed." }
        let places = action.contexts.filter { !$0.takesText }.map { $0.title.lowercased() }
        let last = places.last ?? ""
        let others = places.dropLast().joined(separator: ", ")
        return "It works in: " + (others.isEmpty ? last : "\(others) and \(last)") + "."
    }

    /// One rule for an action that is not always possible; what has no rule always is, or says
    /// itself what is in its way.
    private typealias Rule = @Sendable (Inbox) -> String?

    private static let rules: [Action: Rule] = [
        .open: { $0.openObstacle },
        .nextItem: { $0.subject == nil ? "There is no approval." : nil },
        .previousItem: { $0.subject == nil ? "There is no approval." : nil },
        .approve: { $0.meansMarked ? nil : $0.obstacle(.approve) },
        .reject: { $0.meansMarked ? nil : $0.obstacle(.reject) },
        .mark: { $0.subject == nil ? "There is nothing to mark." : nil },
        .comment: { $0.noteObstacle(.comment) },
        .extend: { $0.noteObstacle(.extend) },
        .reassign: { $0.noteObstacle(.reassign) },
        .reviewing: { $0.reviewingObstacle },
        .acknowledge: { $0.acknowledgeObstacle },
        .shift: { $0.shiftObstacle },
        .takeBack: { $0.takeBackObstacle },
        .edit: { $0.editObstacle },
        .openEditor: { $0.editObstacle },
        .editDocument: { $0.editObstacle },
        .diff: { $0.editObstacle ?? $0.changeObstacle },
        .discardEdits: { $0.editObstacle ?? ($0.hasKeptText ? nil : $0.changeObstacle) },
        .reveal: { $0.revealObstacle },
        .nextUnseen: { $0.unseenObstacle },
        .clearFilter: { $0.clearObstacle },
        .history: { $0.historyObstacle },
        .policies: { $0.pageSubject == .policies ? "These are the policies." : nil },
        .audit: {
            if case .audit? = $0.pageSubject { "This is the audit log." } else { nil }
        },
        .delegations: { $0.pageSubject == .delegations ? "These are the delegations." : nil },
        .coverage: { $0.pageSubject == .coverage ? "This is the coverage." : nil },
        .shifts: { $0.pageSubject == .schedules ? "These are the shifts." : nil },
        .nextWeek: { $0.weekObstacle },
        .previousWeek: { $0.weekObstacle },
        .nextSchedule: { $0.scheduleObstacle },
        .previousSchedule: { $0.scheduleObstacle },
        .why: { $0.subject == nil ? "There is no approval under the cursor." : nil },
        .story: { $0.subject == nil ? "There is no approval under the cursor." : nil },
        .grants: { $0.screen == .grants ? "These are the grants." : nil },
        .revokeGrant: { $0.revokeObstacle },
        .queue: {
            $0.screen == .queue && $0.focus == .list && $0.overlays.allSatisfy(\.isPalette)
                ? "This is the queue." : nil
        },
        .yank: {
            $0.subject == nil && !$0.overlays.contains(where: \.isPage)
                ? "There is nothing to copy." : nil
        },
    ]

    /// What the page below the palette and the key sheet is about; nil without one.
    private var pageSubject: PageSubject? {
        if case .page(let page) = overlays.last(where: { !$0.isPalette }) {
            page.subject
        } else {
            nil
        }
    }

    /// True where a decision is about everything that is marked.
    private var meansMarked: Bool {
        !marks.isEmpty && screen == .queue && focus == .list && overlays.allSatisfy(\.isPalette)
    }

    private var openObstacle: String? {
        // What a line of a page leads to is not in the lists below it.
        if pageSubject != nil { return nil }
        let isNothing =
            screen == .grants
            ? grants.selected == nil : subject == nil && queue.selectedHeading == nil
        return isNothing ? "There is nothing to open." : nil
    }

    /// What a question cannot be answered with.
    private func dialogObstacle(_ action: Action) -> String? {
        if action == .previousField {
            if case .note = overlays.last { return nil }
            return "There is no field above: tab goes to what can be chosen."
        }
        guard action == .widenGrant || action == .grantScope else { return nil }
        guard case .decision(let dialog) = overlays.last else {
            return "It is for the question before an approval."
        }
        return action == .widenGrant ? dialog.grantObstacle : dialog.scopeObstacle
    }

    private var hasKeptText: Bool { subject.flatMap { editors[$0] }?.kept != nil }

    private var takeBackObstacle: String? {
        guard !outbox.holdings.contains(where: { $0.until != nil }) else { return nil }
        return outbox.outgoing.isEmpty
            ? "There is nothing to take back." : "It was sent already: it cannot be taken back."
    }

    private var changeObstacle: String? {
        guard let id = subject, editors[id]?.patch.isEmpty ?? true else { return nil }
        return "You changed nothing yet: press \(key(for: .edit)) to edit."
    }

    /// What is searched in arguments is cleared by the same key as what is left out of lists.
    private var clearObstacle: String? {
        if searchPlace != nil { return search == nil ? "Nothing is looked for." : nil }
        let isFiltered =
            screen == .queue
            ? queue.filter != nil || triage.view != nil : history.query != nil
        return isFiltered ? nil : "Everything is shown already."
    }

    private var unseenObstacle: String? {
        guard let id = subject, let known = shelf[id] else { return "There is nothing to see yet." }
        return seen.isComplete(known) ? "Every value was on the screen." : nil
    }

    private var historyObstacle: String? {
        if screen == .history { return "This is the history." }
        guard let me, !me.roles.contains(where: { Route.history.roles.contains($0) }) else {
            return nil
        }
        return "Your role does not read the history."
    }

    private var reviewingObstacle: String? {
        guard let id = subject, let known = shelf[id] else { return "There is nothing to look at." }
        guard known.view.state == .pending else { return "It is settled; nobody waits for it." }
        guard poller.isOnline else { return "You are offline: this needs the server." }
        if let me, !me.canDecide { return "Your role reads and does not decide." }
        return nil
    }

    private var revealObstacle: String? {
        guard let id = subject, let known = shelf[id] else { return noteObstacle(.comment) }
        guard !known.handles.isEmpty else { return "No value of this approval is hidden." }
        guard let pointer = detailLine?.pointer, known.handles[pointer] != nil else {
            return "Put the cursor on a redacted value first."
        }
        return noteObstacle(.comment)
    }

    /// What the argument editor cannot do now.
    private func editorObstacle(_ action: Action) -> String? {
        let edited = overlays.lazy.compactMap(\.editedID).last
        guard let id = edited, let editor = editors[id] else { return nil }
        return editor.whyNot(action)
    }
}

extension Overlay {
    /// True for the `:` line and the key sheet, which stand above what they run.
    package var isPalette: Bool {
        switch self {
        case .help, .commandLine: true
        case .editor, .diff, .decision, .bulk, .note, .question, .revealed, .page, .filter, .views:
            false
        }
    }

    /// The approval whose arguments are edited here.
    var editedID: ApprovalID? {
        switch self {
        case .editor(let id): id
        case .diff, .decision, .bulk, .note, .question, .revealed, .help, .page, .commandLine,
            .filter,
            .views:
            nil
        }
    }
}
