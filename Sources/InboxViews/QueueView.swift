import Keymap
import JSONTree
import WireAPI
import Approvals
import Inbox
import TextGrid

/// Where the columns of a list stand, for a width.
struct ListColumns {
    let columns: Int
    let tool: Int
    let agent: Int

    static let left = 9
    static let risk = 4
    /// A pointer and a mark stand in front.
    static let margin = 2

    init(_ columns: Int) {
        self.columns = columns
        tool = columns >= 84 ? 22 : columns >= 60 ? 16 : 11
        agent = columns >= 76 ? 14 : 0
    }

    var riskAt: Int { Self.margin + Self.left + 1 }
    var toolAt: Int { riskAt + Self.risk + 1 }
    var summaryAt: Int { toolAt + tool + 1 }
    var agentAt: Int { agent > 0 ? columns - agent : columns }
    var summary: Int { max(0, agentAt - summaryAt - (agent > 0 ? 1 : 0)) }

    /// Draws the titles of the columns, and `note` at their end.
    func drawTitles(_ first: String, in area: GridArea, note: Line, of grid: inout Grid) {
        put(SafeText(escaping: first), .heading, at: Self.margin, Self.left, area, &grid)
        put("RISK", .heading, at: riskAt, Self.risk, area, &grid)
        put("TOOL", .heading, at: toolAt, tool, area, &grid)
        let title: SafeText = summary >= 20 ? "SUMMARY (agent says)" : "SUMMARY"
        put(title, .heading, at: summaryAt, summary, area, &grid)
        if agent > 0 { put("AGENT", .heading, at: agentAt, agent, area, &grid) }
        guard !note.spans.isEmpty else { return }
        let room = max(0, columns - toolAt - 5)
        let fitted = note.fitted(to: room)
        let place = area.position(column: columns - fitted.columns)
        grid.fill(
            GridArea(
                row: place.row, column: place.column - 1, rows: 1, columns: fitted.columns + 1))
        grid.put(fitted, at: place, columnsMax: fitted.columns)
    }

    func put(
        _ text: SafeText, _ role: TextGrid.Role, at column: Int, _ width: Int, _ area: GridArea,
        _ grid: inout Grid
    ) {
        guard width > 0 else { return }
        let whole = Line(text, role)
        let line = (grid.repertoire == .ascii ? whole.inASCII() : whole).fitted(to: width)
        grid.put(line, at: area.position(column: column), columnsMax: width)
    }
}

/// The list of what waits for a decision.
struct QueueView {
    let inbox: Inbox

    func draw(in area: GridArea, of grid: inout Grid) {
        let columns = ListColumns(area.columns)
        if inbox.settings.isLinear {
            let title: Line = [Span("Waiting for a decision. ", .heading)]
            grid.put((title + note).fitted(to: area.columns), at: area.position())
        } else {
            columns.drawTitles("LEFT", in: area, note: note, of: &grid)
        }
        let rows = area.splitRows(at: 1).bottom
        let slots = inbox.queue.visible(rows: rows.rows)
        guard !slots.isEmpty else {
            drawEmpty(in: rows, of: &grid)
            return
        }
        for (line, slot) in slots.enumerated() {
            let rowArea = GridArea(
                row: rows.row + line, column: rows.column, rows: 1, columns: rows.columns)
            let index = inbox.queue.top + line
            let isSelected = index == inbox.queue.index
            if let heading = inbox.queue.groups?.heading(slot) {
                draw(heading, isSelected, in: rowArea, of: &grid)
            } else if inbox.settings.isLinear {
                let row = inbox.queue.store.row(slot)
                speak(row, index, isSelected, in: rowArea, of: &grid)
            } else {
                let row = inbox.queue.store.row(slot)
                draw(row, isSelected, columns, in: rowArea, of: &grid)
            }
        }
    }

    /// The line above a group: its name, how many rows it has, and how many of them are grave.
    private func draw(
        _ heading: QueueGroups.Heading, _ isSelected: Bool, in area: GridArea, of grid: inout Grid
    ) {
        let hasFocus = inbox.focus == .list
        let look: TextGrid.Role = hasFocus ? .selection : .selectionUnfocused
        let role: TextGrid.Role = isSelected && !inbox.sparesBytes ? look : .heading
        var line: Line = [
            inbox.settings.isLinear
                ? Span("\(heading.isFolded ? "folded" : "open") group, ", role)
                : Span(heading.isFolded ? "+ " : "- ", role),
            Span(SafeWords.name(heading.title, columnsMax: 40), role),
            Span("  \(heading.count)", role),
        ]
        if heading.highCount > 0 {
            line = line + [Span("  \(heading.highCount) high risk", .warning)]
        }
        let drawn = grid.repertoire == .ascii ? line.inASCII() : line
        let room = max(0, area.columns - 1)
        grid.put(drawn.fitted(to: room), at: area.position(column: 1), columnsMax: room)
        guard isSelected else { return }
        grid.put(
            Span(.pointer, inbox.sparesBytes ? .marker : look), at: area.position())
        if hasFocus { grid.cursor = area.position() }
    }

    private func draw(
        _ row: QueueRow, _ isSelected: Bool, _ columns: ListColumns, in area: GridArea,
        of grid: inout Grid
    ) {
        let facts = StateWords.Facts(row)
        let time = inbox.serverTime
        let isOpen = row.isOpen(at: time)
        let dim: TextGrid.Role = isOpen ? .text : .disabled
        let showsLeft = !inbox.sparesBytes || isSelected || row.state != .pending
        if showsLeft {
            columns.put(
                SafeText(escaping: StateWords.column(facts, at: time)),
                StateWords.role(facts, at: time), at: ListColumns.margin, ListColumns.left, area,
                &grid)
        }
        columns.put(
            SafeText(escaping: row.risk.short), isOpen ? row.risk.role : .disabled,
            at: columns.riskAt, ListColumns.risk, area, &grid)
        let isMarked = inbox.marks.contains(row.id)
        columns.put(
            SafeText(escaping: row.tool), isMarked ? .marked : dim, at: columns.toolAt,
            columns.tool, area, &grid)
        var summary = summary(row, facts, isOpen)
        if grid.repertoire == .ascii { summary = summary.inASCII() }
        summary = summary.fitted(to: columns.summary)
        grid.put(
            summary, at: area.position(column: columns.summaryAt), columnsMax: columns.summary)
        columns.put(
            SafeText(escaping: row.agent), dim, at: columns.agentAt, columns.agent, area, &grid)
        mark(row, in: area, of: &grid)
        if isSelected { select(columns, in: area, of: &grid) }
    }

    /// What is known of my own work, what became of it, and then the agent's words.
    private func summary(_ row: QueueRow, _ facts: StateWords.Facts, _ isOpen: Bool) -> Line {
        var line = Line()
        let id = row.id.id
        if inbox.marks.contains(row.id) { line = line + [Span("[marked] ", .marked)] }
        if let standing = inbox.outbox.standing(of: id).brief {
            line = line + [Span("[\(standing)] ", .warning)]
        }
        if let age = inbox.age(of: row) {
            line = line + [Span("[as of \(Age.text(age)) ago] ", .dim)]
        }
        if row.needsReview { line = line + [Span("[to be reviewed] ", .danger)] }
        if !isOpen, let settled = StateWords.brief(facts, at: inbox.serverTime) {
            line = line + [Span(settled, .dim), Span("  ", .dim)]
        }
        let others = row.reviewing.filter { $0 != inbox.me?.name }
        if let other = others.first {
            line = line + [Span("[\(SafeWords.name(other)) looks at it] ", .warning)]
        }
        if let text = row.summary {
            line = line + [Span(text, isOpen ? .agentWords : .disabled)]
        }
        return line
    }

    /// A letter for unsent work.
    private func mark(_ row: QueueRow, in area: GridArea, of grid: inout Grid) {
        let id = row.id.id
        let place = area.position(column: 1)
        if inbox.outbox.standing(of: id).brief != nil {
            grid.put("!", .warning, at: place)
        } else if inbox.marks.contains(row.id) {
            grid.put(Span(.check, .marked), at: place)
        } else if let editor = inbox.editors[id], !editor.patch.isEmpty {
            grid.put("~", .changed, at: place)
        }
    }

    /// Marks the row from its pointer to its tool. The agent's words keep their own look, and a
    /// step of the cursor need not send them again.
    private func select(_ columns: ListColumns, in area: GridArea, of grid: inout Grid) {
        let hasFocus = inbox.focus == .list
        if !inbox.sparesBytes {
            let facts = GridArea(
                row: area.row, column: area.column, rows: 1,
                columns: min(area.columns, columns.summaryAt - 1))
            grid.paint(facts, hasFocus ? .selection : .selectionUnfocused)
        }
        let role: TextGrid.Role =
            inbox.sparesBytes
            ? .marker : hasFocus ? .selection : .selectionUnfocused
        grid.put(Span(.pointer, role), at: area.position())
        if hasFocus { grid.cursor = area.position() }
    }

    /// What stands beside the titles: a filter, arrivals, the order.
    private var note: Line {
        let queue = inbox.queue
        var line = Line()
        if queue.arrivals > 0 {
            line =
                line + [
                    Span(
                        "\(queue.arrivals) new: \(inbox.key(for: .refresh)) sorts them in", .accent)
                ]
        }
        if !inbox.marks.isEmpty {
            if !line.spans.isEmpty { line = line + [Span("  ", .dim)] }
            line = line + [Span("\(inbox.marks.count) marked", .marked)]
        }
        if let filter = queue.filter {
            let title =
                inbox.triage.view.map { "view \(SafeWords.name($0.name, columnsMax: 16))" }
                ?? "/" + SafeWords.name(filter.text, columnsMax: 20)
            let partly = inbox.hasMoreRows ? ", still loading" : ""
            if !line.spans.isEmpty { line = line + [Span("  ", .dim)] }
            line = line + [Span("\(title): \(filter.matches.count)\(partly)", .match)]
        }
        if queue.order != .attention, line.spans.isEmpty {
            line = Line("by \(queue.order.title)", .dim)
        }
        return line
    }

    private func drawEmpty(in area: GridArea, of grid: inout Grid) {
        let text: String
        if let filter = inbox.queue.filter {
            text =
                "Nothing matches \"\(SafeWords.name(filter.text))\". "
                + "\(inbox.key(for: .clearFilter)) shows all."
        } else {
            switch inbox.poller.connection {
            case .connecting: text = "Fetching what waits for you."
            case .online:
                text =
                    inbox.poller.isComplete
                    ? "Nothing waits for you. New calls appear here by themselves; "
                        + "\(inbox.key(for: .history)) shows what was decided, "
                        + "\(inbox.key(for: .help)) the keys."
                    : "Fetching what waits for you."
            case .offline:
                text =
                    "Nothing is kept here, and the server cannot be reached. It is asked again by "
                    + "itself; \(inbox.key(for: .refresh)) asks now."
            case .refused:
                text =
                    "Nothing is kept here, and the server does not accept you. Leave with "
                    + "\(inbox.key(for: .quit)) and log in again with `countersign login`."
            }
        }
        for (row, line) in Line(text, .dim).wrapped(to: max(1, area.columns - 4)).enumerated()
        where row < area.rows {
            grid.put(
                line, at: area.position(row: row, column: ListColumns.margin),
                columnsMax: area.columns - ListColumns.margin)
        }
        if inbox.focus == .list { grid.cursor = area.position() }
    }
}
