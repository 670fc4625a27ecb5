import Approvals
import Keymap
import WireAPI

extension Inbox {
    /// Carries out what sorts, groups, folds and chooses; false for any other action.
    mutating func performTriage(_ action: Action) -> Bool {
        let rows = layout.listRows
        if action == .filter {
            beginFilter()
        } else if action == .clearFilter {
            clearFilter()
        } else if action == .sort {
            sort(by: queue.order.next)
            say(.info, "Sorted by \(queue.order.title).")
        } else if action == .group {
            group(by: Self.grouping(after: queue.groups?.grouping))
            say(.info, groupingSentence)
        } else if action == .fold {
            if !queue.fold(rows: rows) { sayNoGroups() }
        } else if action == .foldAll {
            if !queue.foldAll(rows: rows) { sayNoGroups() }
        } else if action == .open, queue.selectedHeading != nil {
            _ = queue.fold(rows: rows)
        } else {
            return false
        }
        return true
    }

    private mutating func sayNoGroups() {
        say(.info, "The list has no groups; \(key(for: .group)) puts rows together.")
    }

    private static func grouping(after grouping: Grouping?) -> Grouping? {
        let all = Grouping.allCases
        guard let grouping, let place = all.firstIndex(of: grouping) else { return all.first }
        return place + 1 < all.count ? all[place + 1] : nil
    }

    var groupingSentence: String {
        guard let groups = queue.groups else { return "No groups any more." }
        return "Grouped by \(groups.grouping.rawValue); \(key(for: .fold)) folds a group, "
            + "\(key(for: .foldAll)) all of them."
    }

    mutating func group(by grouping: Grouping?) {
        if grouping != nil {
            copy.sortsWhenLoaded = hasMoreRows
            loadAll()
        }
        queue.group(by: grouping)
        queue.scroll(rows: layout.listRows)
    }

    private mutating func clearFilter() {
        queue.show(nil, queryFacts)
        leaveView()
        queue.scroll(rows: layout.listRows)
    }

    // MARK: Views

    /// Every view: those of the settings first, then those that everybody has.
    package var views: [SavedView] {
        settings.views
            + SavedView.builtIn.filter { builtIn in
                !settings.views.contains { $0.name.utf8.elementsEqual(builtIn.name.utf8) }
            }
    }

    mutating func beginPickingView() {
        var picker = ViewPicker(views)
        picker.choice =
            triage.view.flatMap { view in picker.views.firstIndex { $0 == view } } ?? 0
        overlays.append(.views(picker))
    }

    mutating func performInViews(_ action: Action, _ picker: ViewPicker) {
        var picker = picker
        if action == .cancel {
            overlays.removeLast()
            return
        }
        if action == .accept {
            let matches = picker.matches
            guard matches.indices.contains(picker.choice) else { return }
            overlays.removeLast()
            open(matches[picker.choice])
            return
        }
        if action == .earlierEntry || action == .laterEntry || action == .complete {
            picker.move(by: action == .earlierEntry ? -1 : 1)
            overlays[overlays.count - 1] = .views(picker)
            return
        }
        _ = performTyping(action)
    }

    /// Shows a view in the queue; one that cannot be understood changes nothing.
    mutating func open(_ view: SavedView) {
        let query: Query
        do throws(QueryProblem) {
            query = try Query(parsing: view.query)
        } catch {
            say(.problem, "The view \(SafeWords.name(view.name)) cannot be used. \(error.text)")
            return
        }
        screen = .queue
        focus = .list
        leaveView()
        if query.order != nil || query.grouping != nil {
            triage.arrangement = (queue.order, queue.groups?.grouping)
        }
        show(query)
        arrange(as: query)
        triage.view = view
        queue.select(0, rows: layout.listRows)
    }

    /// What a view arranged is arranged as it was before.
    private mutating func leaveView() {
        triage.view = nil
        guard let before = triage.arrangement else { return }
        triage.arrangement = nil
        if before.order != queue.order { sort(by: before.order) }
        if before.grouping != queue.groups?.grouping { group(by: before.grouping) }
    }

    // MARK: The next that needs me

    /// Goes to the next row that the person can decide, the most urgent first.
    mutating func jumpToMine(isBack: Bool) {
        screen = .queue
        let facts = queryFacts
        guard let id = queue.nextMine(isBack: isBack, facts, isFree: isFree) else {
            say(.info, "Nothing that the list shows waits for your decision.")
            return
        }
        queue.reveal(id, rows: layout.listRows)
    }

    /// True for what has no decision of mine on its way.
    private func isFree(_ id: PackedID) -> Bool {
        outbox.outgoing.isEmpty && outbox.drafts.isEmpty
            || outbox.standing(of: id.id) == .none
    }

    // MARK: The header

    /// Counts what the header says about time: after rows changed, and once a second at most else;
    /// where everything must be looked at for it, more seldom.
    mutating func countUrgency() {
        triage.arrivals.advance(to: serverTime)
        guard now >= triage.urgencyDueAt else { return }
        triage.urgency = queue.urgency(at: serverTime)
        let pause: Int64 = queue.order == .attention ? 1_000 : 10_000
        triage.urgencyDueAt = now.adding(milliseconds: pause)
    }

    /// Counts what is new among rows that just came, before they are put into the queue.
    mutating func countArrivals(among rows: [ApprovalSummary]) {
        triage.arrivals.advance(to: serverTime)
        for row in rows where row.state == .pending && queue.row(row.id) == nil {
            triage.arrivals.count(row.createdAt)
        }
    }
}
