import JSONTree
package import Approvals
import Keymap
package import TextGrid
import WireAPI

extension Inbox {
    /// What has the focus.
    package var place: Place {
        switch overlays.last {
        case .editor(let id): editorPlace(id)
        case .diff: .diff
        case .decision(let dialog): dialog.focus == .buttons ? .dialog : .fieldInput
        case .bulk: bulkPlace
        case .note(let note): note.isInField && !note.isWaiting ? .fieldInput : .dialog
        case .question, .revealed: .dialog
        case .help: .help
        case .page: .page
        case .commandLine: .commandLine
        case .filter, .views: .filter
        case nil: basePlace
        }
    }

    /// What has the focus below everything that lies above the lists.
    package var basePlace: Place {
        switch (focus, screen) {
        case (_, .grants): .grants
        case (.detail, _): .detail
        case (.list, .queue): .queue
        case (.list, .history): .history
        }
    }

    private func editorPlace(_ id: ApprovalID) -> Place {
        guard let editor = editors[id] else { return .editor }
        if editor.document != nil { return .document }
        return editor.field != nil ? .fieldInput : .editor
    }

    /// Where everything stands on the screen.
    package var layout: InboxLayout { layout(of: size) }

    /// Where everything stands on a screen of another size.
    package func layout(of size: GridSize) -> InboxLayout {
        InboxLayout(
            size, showsDetail: focus == .detail || isEditing,
            tourRows: linesBelowHeader(columns: size.columns).count, isLinear: settings.isLinear)
    }

    /// True while the argument editor lies above the lists.
    package var isEditing: Bool {
        overlays.contains {
            switch $0 {
            case .editor: true
            case .diff, .decision, .bulk, .note, .question, .revealed, .help, .page, .commandLine,
                .filter,
                .views:
                false
            }
        }
    }

    /// Where the argument editor is drawn.
    package func editorArea(_ layout: InboxLayout) -> GridArea {
        layout.arrangement == .wide ? layout.detail : layout.body
    }

    /// The lines of the editor's tree on the screen: its area without title and foot.
    func editorRows(_ layout: InboxLayout) -> Int { max(1, editorArea(layout).rows - 4) }

    /// Everything that the detail pane shows.
    package var detailSource: DetailSource {
        let id = subject
        let known = id.flatMap { shelf[$0] }
        let row = screen == .queue ? queue.selectedRow : nil
        return DetailSource(
            row: row, known: known, editor: id.flatMap { editors[$0] },
            standing: id.map { outbox.standing(of: $0) } ?? .none, folded: pane.folded,
            opened: pane.opened, showsTypes: focus == .detail, serverTime: serverTime,
            isOutdated: isOutdated(known, row),
            trouble: id.flatMap { viewTroubles[$0] },
            zone: settings.zone, earlier: known.flatMap { earlier[EarlierDecisions.Key($0.view)] },
            earlierDecisions: known.map { earlierDecisions(beside: $0.view) } ?? [], me: me?.name,
            isRead: focus == .detail)
    }

    /// The lines of the detail pane, at most `linesMax`.
    package func detailLines(_ layout: InboxLayout, linesMax: Int) -> [DetailLine] {
        detailSource.lines(
            columns: max(1, layout.detailText.columns), linesMax: linesMax,
            repertoire: settings.repertoire)
    }

    private func isOutdated(_ known: KnownView?, _ row: QueueRow?) -> Bool {
        guard let known, let row, !row.isGone else { return false }
        return known.view.revision < row.revision
    }

    /// The rows of a change below its title.
    package func diffRows(_ layout: InboxLayout) -> Int { max(1, layout.body.rows - 2) }

    /// The place that each line of a change shows, as it is drawn.
    func diffPlaces(_ id: ApprovalID, _ layout: InboxLayout) -> [JSONPointer?] {
        guard let editor = editors[id] else { return [] }
        guard layout.showsSideBySide else {
            return diffLines(id, columns: max(1, layout.body.columns)).map(\.pointer)
        }
        let columns = max(1, (layout.body.columns - 1) / 2)
        return SideBySide(editor, columns: columns, repertoire: settings.repertoire).pairs
            .map(\.pointer)
    }

    /// The lines of a change as it is drawn in one column.
    package func diffLines(_ id: ApprovalID, columns: Int) -> [DetailLine] {
        guard let editor = editors[id] else { return [] }
        let out = LineCollector(
            columns: columns, linesMax: .max, repertoire: settings.repertoire)
        var printer = ArgumentPrinter(handles: editor.tree.handles, into: out)
        printer.write(editor.tree.original, editedTo: editor.tree.root)
        return printer.out.lines
    }

    /// A frame of the present state is on the screen.
    mutating func drawn() {
        triage.painted = isLocked ? nil : subject
        guard !isLocked else { return }
        if case .bulk = overlays.last { sawBulk() }
        let layout = layout
        guard let id = subject, let known = shelf[id], !layout.detail.isEmpty else { return }
        guard !detailRests else { return }
        // What the pop-up of a key sequence covers was not seen.
        guard strokes.isEmpty else { return }
        // What lies above the pane hides it.
        guard overlays.allSatisfy(\.leavesDetailVisible) else { return }
        // A long sentence covers the foot of the pane first and then its last lines.
        let covered = max(0, messageLines(layout).count - 2)
        let rows = max(0, layout.detailText.rows - covered)
        let lines = detailLines(layout, linesMax: pane.top + rows)
        guard pane.top < lines.count else { return }
        seen.saw(
            lines[pane.top...], of: known, columns: layout.detailText.columns,
            edits: editors[id]?.patch ?? JSONPatch())
    }

    /// True when the same values count as seen here and in `other`; false when that is not known.
    package func hasSeen(asMuchAs other: Inbox) -> Bool {
        if case .bulk = overlays.last { return false }
        return seen == other.seen
    }

    /// The sentence above the keys, over as many lines as it needs.
    package func messageLines(_ layout: InboxLayout) -> [Line] {
        let columns = max(1, layout.message.columns - 2)
        let line = messageLine
        let drawn = settings.repertoire == .ascii ? line.inASCII() : line
        let most = min(Self.messageLinesMax, max(1, layout.body.rows / 3))
        let lines = drawn.wrapped(to: columns)
        guard lines.count > most else { return lines }
        let rest = Line(lines[(most - 1)...].flatMap(\.spans))
        return lines[..<(most - 1)] + [rest.fitted(to: columns)]
    }

    static let messageLinesMax = 4

    private var messageLine: Line {
        guard settings.isLinear else { return happened }
        let happened = happened
        return happened.spans.isEmpty ? focusWords : happened + Line("  ") + focusWords
    }

    /// What happened, or how the connection is.
    private var happened: Line {
        if !strokes.isEmpty { return continuations }
        if let countdown {
            guard let notice else { return Line(countdown, .warning) }
            return [Span(countdown, .warning), .spaces(2), Span(notice.text, notice.kind.role)]
        }
        if let notice { return Line(notice.text, notice.kind.role) }
        switch poller.connection {
        case .connecting, .online: return Line()
        case .offline(let sentence):
            return Line(
                "Offline: what you decide becomes a draft, nothing is sent. \(sentence)", .warning)
        case .refused(let sentence): return Line(sentence, .danger)
        }
    }

    /// What was pressed of a key sequence; how it can go on stands above.
    private var continuations: Line {
        let typed = strokes.map(\.description).joined(separator: " ")
        return [Span(typed, .barKey), Span(" and then? esc gives it up", .dim)]
    }

    mutating func resized(to size: GridSize) {
        self.size = size
        let layout = layout
        queue.scroll(rows: layout.listRows)
        history.select(history.index, height: layout.listRows)
        grants.select(grants.index, height: layout.listRows)
        let rows = editorRows(layout)
        for id in editors.keys { editors[id]?.scroll(rows: rows) }
        let height = layout.detailText.rows
        let count = detailLines(layout, linesMax: pane.cursor + height + 1).count
        pane.move(to: pane.cursor, count: count, rows: height)
    }

    /// The program goes on after a stop: what was about to be decided is asked anew.
    mutating func resumed() {
        if settings.locksOnSuspend { close(.suspended) }
        for case .decision(let dialog) in overlays { outbox.reshown.remove(dialog.view.id) }
        overlays.removeAll(where: \.decides)
        if bulk?.phase == .review { bulk = nil }
        keepHeld("the program was stopped")
        arming.disarm(at: now)
        effects.append(.redraw)
        refreshNow()
    }
}

extension Overlay {
    /// True for a line at the bottom of the screen.
    var leavesDetailVisible: Bool {
        switch self {
        case .filter: true
        // What the palette offers covers a part of the pane.
        case .editor, .diff, .decision, .bulk, .note, .question, .revealed, .help, .page,
            .commandLine,
            .views:
            false
        }
    }
}
