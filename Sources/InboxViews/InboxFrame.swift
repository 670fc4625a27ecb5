public import Inbox
public import TextGrid

/// The frame of an inbox at a size; the same inbox and size give the same frame.
public func inboxFrame(_ inbox: Inbox, size: GridSize) -> Grid {
    var grid = Grid(size: size, repertoire: inbox.settings.repertoire)
    grid.drawsShapes = !inbox.settings.isLinear
    guard !inbox.isLocked else {
        LockView(inbox: inbox).draw(into: &grid)
        return grid
    }
    let layout = inbox.layout(of: size)
    guard layout.arrangement != .tiny else {
        TinyView(inbox: inbox).draw(into: &grid)
        return grid
    }
    HeaderView(inbox: inbox).draw(in: layout.header, of: &grid)
    TourView(inbox: inbox).draw(in: layout.tour, of: &grid)
    if !layout.isLinear || inbox.overlays.allSatisfy(\.leavesListVisible) {
        drawPanes(of: inbox, layout, into: &grid)
    }
    KeyBarView(inbox: inbox).draw(in: layout.keys, of: &grid)
    // A sentence stands above what fills the screen, and below a box or a line that takes text.
    let message = MessageView(inbox: inbox)
    let isFilled = inbox.overlays.last?.fillsPanes ?? false
    if !isFilled { message.draw(layout, into: &grid) }
    drawOverlays(of: inbox, layout, into: &grid)
    if isFilled { message.draw(layout, into: &grid) }
    if !inbox.strokes.isEmpty { WhichKeyView(inbox: inbox).draw(layout, into: &grid) }
    return grid
}

/// Draws list and detail, and the lines between the parts.
private func drawPanes(of inbox: Inbox, _ layout: InboxLayout, into grid: inout Grid) {
    for rule in layout.rules {
        if rule.rows == 1 {
            grid.horizontalLine(at: rule.position(), columns: rule.columns)
        } else {
            grid.verticalLine(at: rule.position(), rows: rule.rows)
        }
    }
    if !layout.list.isEmpty {
        switch inbox.screen {
        case .queue: QueueView(inbox: inbox).draw(in: layout.list, of: &grid)
        case .history: HistoryView(inbox: inbox).draw(in: layout.list, of: &grid)
        case .grants: GrantsView(inbox: inbox).draw(in: layout.list, of: &grid)
        }
    }
    guard !layout.detail.isEmpty else { return }
    switch inbox.screen {
    case .queue, .history: DetailView(inbox: inbox).draw(layout, into: &grid)
    case .grants: GrantDetailView(inbox: inbox).draw(layout, into: &grid)
    }
}

/// Draws what lies above the lists, in its order; the last one has the cursor.
private func drawOverlays(of inbox: Inbox, _ layout: InboxLayout, into grid: inout Grid) {
    // Read aloud, what lies below would be in the way.
    for overlay in layout.isLinear ? inbox.overlays.suffix(1) : inbox.overlays[...] {
        switch overlay {
        case .editor(let id):
            if let editor = inbox.editors[id] {
                EditorView(inbox: inbox, editor: editor)
                    .draw(in: inbox.editorArea(layout), of: &grid)
            }
        case .diff(let diff): DiffView(inbox: inbox, diff: diff).draw(layout, into: &grid)
        case .decision(let dialog):
            DecisionView(inbox: inbox, dialog: dialog).draw(layout, into: &grid)
        case .bulk:
            if let table = inbox.bulk {
                BulkView(inbox: inbox, table: table).draw(layout, into: &grid)
            }
        case .note(let note):
            // The question about what was typed stands alone.
            if case .lend = note.purpose, case .question = inbox.overlays.last { break }
            NoteView(inbox: inbox, note: note).draw(layout, into: &grid)
        case .question(let question):
            QuestionView(question: question).draw(layout, into: &grid)
        case .revealed(let revealed):
            RevealedView(inbox: inbox, revealed: revealed).draw(layout, into: &grid)
        case .page(let page): PageView(inbox: inbox, page: page).draw(in: layout.body, of: &grid)
        case .help(let help): HelpView(inbox: inbox, help: help).draw(in: layout.body, of: &grid)
        case .commandLine(let line):
            PaletteView(inbox: inbox, line: line).draw(layout, into: &grid)
        case .filter(let line):
            FilterView(line: line, matches: inbox.matchCount).draw(layout, into: &grid)
        case .views(let picker): ViewPickerView(picker: picker).draw(layout, into: &grid)
        }
    }
}

/// One plain line for a screen that is too small for anything else.
struct TinyView {
    let inbox: Inbox

    func draw(into grid: inout Grid) {
        guard grid.size.rows > 0 else { return }
        let needed = "\(InboxLayout.columnsMin)x\(InboxLayout.rowsMin)"
        let texts = [
            "terminal too small (needs \(needed))", "too small (needs \(needed))", needed,
        ]
        let text = texts.first { $0.utf8.count <= grid.size.columns } ?? ""
        grid.put(SafeText(escaping: text), at: GridPosition(row: 0, column: 0))
        if grid.size.columns > 0 { grid.cursor = GridPosition(row: 0, column: 0) }
    }
}
