import Approvals
import Cryptography
import JSONTree
import Keymap
import TextGrid
import WireAPI

extension Inbox {
    /// Looks at every item of the table anew, after whatever happened.
    mutating func followBulk(isNews: Bool) {
        guard bulk != nil else { return }
        let before = bulk?.going.map(\.id)
        refreshBulkItems()
        judgeBulk()
        fetchForBulk()
        // Nobody confirms a count that was another one a moment ago.
        guard bulk?.phase == .review, before != bulk?.going.map(\.id) else { return }
        let isFewer = (bulk?.going.count ?? 0) < (before?.count ?? 0)
        arming.disarm(
            at: now,
            for: isNews && isFewer ? Arming.changedMilliseconds : Arming.pauseMilliseconds)
    }

    private mutating func refreshBulkItems() {
        guard var table = bulk else { return }
        for index in table.items.indices {
            let id = table.items[index].id
            if let row = queue.row(id) { table.items[index].row = row }
            guard let known = shelf[id] else { continue }
            let old = table.items[index].known
            let isNewer = old.map { known.view.revision >= $0.view.revision } ?? true
            if isNewer, known.isFresh || old == nil { table.items[index].known = known }
            if table.items[index].known?.isFresh == true { table.items[index].fetching = .here }
        }
        bulk = table
        let columns = bulkColumns(layout).columns
        for index in table.items.indices where table.items[index].isOpen {
            let isOld = table.items[index].known?.view.revision != table.items[index].linesRevision
            if isOld || table.items[index].linesColumns != columns { writeLines(of: index) }
        }
    }

    /// Says of every item what becomes of it; the table is sorted where nobody looks.
    mutating func judgeBulk(isOpening: Bool = false) {
        guard var table = bulk else { return }
        for index in table.items.indices {
            table.items[index].status = status(of: table.items[index], table)
        }
        let layout = layout
        let before = table.cursor.item
        table.keepInPlace(
            { table in
                for index in table.items.indices {
                    let item = table.items[index]
                    let isLookedAt = item.isOpen || (index == before && !table.isAtStart)
                    let isDone = table.phase == .decided
                    guard isOpening || isDone || !isLookedAt else { continue }
                    table.items[index].section = BulkSection(item.status)
                }
            }, bulkColumns(layout), rows: bulkRows(layout))
        if table.cursor.item != before, !isOpening { table.shiftedAt = now }
        bulk = table
        if table.focus == .code, !bulkNeedsCode { bulk?.focus = .list }
    }

    private func status(of item: BulkItem, _ table: BulkTable) -> BulkStatus {
        if let outcome = item.outcome { return .settled(outcome) }
        if let reason = hopeless(item) { return .apart(reason) }
        if table.phase == .decided {
            return .apart(item.isLeftOut ? "left out by you" : "not decided: it was not ready")
        }
        if item.isLeftOut { return .leftOut }
        guard let known = item.known, known.isFresh || !poller.isOnline,
            known.view.revision >= item.row.revision
        else {
            if case .failed(let sentence) = item.fetching { return .apart(sentence) }
            if !poller.isOnline { return .apart("You are offline and its arguments are not here.") }
            return .coming
        }
        return status(of: item, known, table.verdict)
    }

    /// Why an item is never decided with others, whatever its arguments are.
    private func hopeless(_ item: BulkItem) -> String? {
        let risk = max(item.row.risk, item.known?.view.risk ?? .low)
        if let settled = StateWords.settled(StateWords.Facts(item.row), at: serverTime) {
            return settled
        }
        switch outbox.standing(of: item.id) {
        case .sending, .unconfirmed, .holding: return "Your decision on it is on its way."
        case .none, .draft: break
        }
        if risk >= .high { return "\(risk.rawValue) risk is decided one by one." }
        return nil
    }

    private func status(
        of item: BulkItem, _ known: KnownView, _ verdict: Verdict
    ) -> BulkStatus {
        let view = known.view
        if let trouble = known.trouble { return .apart(trouble) }
        guard known.digest != nil else { return .apart("What is shown has no digest.") }
        if let settled = StateWords.settled(StateWords.Facts(view), at: serverTime) {
            return .apart(settled)
        }
        guard view.youCanDecide else { return .apart(view.whyNot ?? "You cannot decide it.") }
        if view.revision != item.revision {
            return .look(
                wasSeen(item, known)
                    ? "changed since you marked it: \(key(for: .mark)) takes it in"
                    : "changed since you marked it: \(openKey) shows it")
        }
        guard verdict == .approve else { return .goes }
        if editors[item.id]?.loose != nil {
            return .apart("A text of yours is not taken over: decide it alone.")
        }
        if let editor = editors[item.id], !editor.patch.isEmpty {
            if let problem = editor.problems.first {
                return .apart("Your edit: \(name(problem.pointer)) \(problem.sentence).")
            }
            return wasSeen(item, known) ? .goes : .look("\(openKey) shows your edit and the rest")
        }
        if wasSeen(item, known) { return .goes }
        if view.risk == .low {
            return fitsOneLine(known) ? .goes : .look("too long for a line: \(openKey) shows it")
        }
        let seen = item.seen.count(of: known)
        return .look(
            seen == 0
                ? "\(view.risk.rawValue) risk: \(openKey) shows it"
                : "\(seen) of \(known.valueCount) values seen: go on down")
    }

    private var openKey: String { settings.keymap.key(for: .open, in: .bulk) ?? ":open" }

    /// True when every value was on the screen, in the table or in the detail.
    func wasSeen(_ item: BulkItem, _ known: KnownView) -> Bool {
        seen.isComplete(known) || item.seen.isComplete(known)
    }

    /// True when all of its arguments fit beside or below its row.
    func fitsOneLine(_ known: KnownView) -> Bool {
        ArgumentsInOneLine(
            known, columns: bulkColumns(layout).argumentsRoom, repertoire: settings.repertoire
        ).isWhole
    }

    // MARK: Sight

    /// A frame with the table on it was drawn.
    mutating func sawBulk() {
        guard var table = bulk else { return }
        let layout = layout
        let columns = bulkColumns(layout)
        let entries = table.entries(columns)
        let rows = bulkRows(layout)
        guard table.top < entries.count else { return }
        var open: [Int: [Int]] = [:]
        for entry in entries[table.top..<min(entries.count, table.top + rows)] {
            guard case .item(let place) = entry else { continue }
            if place.line == columns.rows - 1 {
                noteOneLine(&table.items[place.item])
            } else if place.line >= columns.rows {
                open[place.item, default: []].append(place.line - columns.rows)
            }
        }
        for (index, lines) in open {
            guard let known = table.items[index].known, let first = lines.first,
                let last = lines.last, last < table.items[index].lines.count
            else { continue }
            let shown = table.items[index].lines[first...last]
            table.items[index].seen.saw(shown, of: known, columns: columns.columns)
            if table.items[index].seen.isComplete(known) { seen.sawWhole(known) }
        }
        bulk = table
        // What was just looked at counts in the title of the same frame.
        judgeBulk()
        let drawn = bulk?.going.map(\.id) ?? []
        bulk?.drawn = drawn
    }

    private func noteOneLine(_ item: inout BulkItem) {
        guard item.status == .goes, let known = item.known, known.view.risk == .low,
            item.revisionInOneLine != known.view.revision, fitsOneLine(known)
        else { return }
        item.revisionInOneLine = known.view.revision
    }

    /// Items whose arguments were not on the screen yet.
    package var unseenInBulk: Int {
        guard let table = bulk, table.verdict == .approve else { return 0 }
        return table.going.count { item in
            guard let known = item.known else { return true }
            return !wasSeen(item, known) && item.revisionInOneLine != known.view.revision
        }
    }

    // MARK: Arguments

    /// Writes what stands below the row of an open item.
    mutating func writeLines(of index: Int) {
        guard let item = bulk?.items[index], item.isOpen else { return }
        let columns = bulkColumns(layout).columns
        var out = LineCollector(
            columns: max(1, columns - 2), linesMax: .max, repertoire: settings.repertoire)
        if let text = item.status.text { out.wrap(Line(text, .warning)) }
        if let known = item.known {
            let words = known.view.context
            out.quote([words.summary, words.reason].compactMap(\.self), by: "agent says")
            var printer = ArgumentPrinter(
                handles: known.handles, looks: ArgumentPrinter.Looks(notes: known.notes), into: out)
            if let editor = editors[item.id], !editor.patch.isEmpty {
                printer.write(known.view.arguments, editedTo: editor.tree.root)
            } else {
                printer.write(known.view.arguments, .root, at: .root, depth: 0)
            }
            out = printer.out
        } else {
            out.put(Line("Its arguments are not here yet.", .dim))
        }
        bulk?.items[index].lines = out.lines
        bulk?.items[index].linesColumns = columns
        bulk?.items[index].linesRevision = item.known?.view.revision
    }

    /// Fetches the views that the table needs, a few at a time.
    private mutating func fetchForBulk() {
        guard var table = bulk, table.phase == .review, poller.isOnline else { return }
        if let until = network.viewsRestUntil, now < until { return }
        var free = Self.bulkViewsMax - network.bulkViews
        for index in table.items.indices where free > 0 {
            let item = table.items[index]
            let isOld = item.known.map { $0.view.revision < item.row.revision } ?? true
            let isMissing = isOld || item.known?.isFresh != true
            guard isMissing, item.row.isOpen(at: serverTime), item.fetching != .asked,
                !network.isOpen(.view(item.id)), !network.isOpen(.prefetch(item.id))
            else { continue }
            if case .failed = item.fetching { continue }
            table.items[index].fetching = .asked
            send(Requests.view(item.id), for: .bulkView(item.id))
            free -= 1
        }
        bulk = table
    }

    /// When the table asks for further views after one could not be had.
    var bulkWakeAt: Timestamp? {
        guard bulk?.phase == .review, bulk?.coming ?? 0 > 0, poller.isOnline else { return nil }
        return network.viewsRestUntil
    }

    /// So many views are asked for at once.
    private static let bulkViewsMax = 4

    /// A view that the table asked for came, or did not.
    mutating func answeredBulkView(
        _ id: ApprovalID, _ result: Result<HTTPResponse, TransportFailure>
    ) {
        answeredView(id, result)
        guard let index = bulk?.index(of: id) else { return }
        if let trouble = viewTroubles[id] {
            bulk?.items[index].fetching = .failed(trouble)
        } else {
            bulk?.items[index].fetching = .here
        }
    }

    /// Asks again for the views that could not be fetched.
    mutating func refetchForBulk() {
        guard let table = bulk else { return }
        network.viewsRestUntil = nil
        for index in table.items.indices {
            if case .failed = table.items[index].fetching {
                bulk?.items[index].fetching = .wanted
                viewTroubles[table.items[index].id] = nil
            }
        }
    }
}

extension Network {
    /// How many views the table of many asked for.
    var bulkViews: Int {
        purposes.values.count { if case .bulkView = $0 { true } else { false } }
    }
}
