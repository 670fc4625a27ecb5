import Approvals
import Inbox
import JSONTree
import TextGrid
import WireAPI

/// The table of many: every item that was marked, what becomes of it, and the one question.
struct BulkView {
    let inbox: Inbox
    let table: BulkTable

    func draw(_ layout: InboxLayout, into grid: inout Grid) {
        let area = inbox.bulkArea(layout)
        grid.fill(layout.body)
        let (title, rest) = area.splitRows(at: 1)
        grid.put(self.title.fitted(to: area.columns - 1), at: title.position(column: 1))
        grid.cursor = title.position()
        let (rows, foot) = rest.splitRows(at: inbox.bulkRows(layout))
        drawRows(in: rows, inbox.bulkColumns(layout), of: &grid)
        drawFoot(in: foot, layout, of: &grid)
    }

    /// What is asked, or how far it is.
    private var title: Line {
        var line = Line(inbox.bulkTitle, .heading)
        guard table.phase == .review else { return line }
        line = line + [Span(" marked, worst risk first", .dim)]
        if table.coming > 0 { line = line + [Span("  \(table.coming) to come", .warning)] }
        return line
    }

    private func drawRows(in area: GridArea, _ columns: BulkColumns, of grid: inout Grid) {
        let entries = table.entries(columns)
        for row in 0..<area.rows where table.top + row < entries.count {
            let place = area.position(row: row)
            switch entries[table.top + row] {
            case .title(let section, let count):
                let text = "\(section.title(table.verdict)) (\(count))"
                grid.put(Line(text, .accent), at: area.position(row: row, column: 1))
            case .item(let entry):
                let item = table.items[entry.item]
                BulkRow(inbox: inbox, table: table, item: item, columns: columns)
                    .draw(entry.line, at: place, of: &grid)
                if entry == table.cursor { point(at: place, of: &grid) }
            }
        }
        let isMore = table.top + area.rows < entries.count
        if isMore || table.top > 0 {
            var line = Line()
            if table.top > 0 { line = line + [Span(.up, .accent)] }
            if isMore { line = line + [Span(.down, .accent)] }
            grid.put(line, at: area.position(row: -1, column: area.columns - line.columns - 1))
        }
    }

    private func point(at place: GridPosition, of grid: inout Grid) {
        guard table.focus == .list else { return }
        grid.put(Span(.pointer, .marker), at: place)
        grid.cursor = place
    }

    private func drawFoot(in area: GridArea, _ layout: InboxLayout, of grid: inout Grid) {
        var row = 0
        if table.verdict == .reject, table.phase == .review {
            let label = Line("Why (goes to every agent) ", .dim)
            grid.put(label, at: area.position(row: row, column: 1))
            FieldView(field: table.reason.text, hasFocus: table.focus == .reason).draw(
                at: area.position(row: row, column: 1 + label.columns),
                columns: area.columns - label.columns - 2, of: &grid)
            row += 1
            for line in ReasonChoices(table.reason).lines(inbox.bulkChoices(layout)) {
                grid.put(
                    line.fitted(to: area.columns - 2), at: area.position(row: row, column: 1))
                row += 1
            }
        }
        if inbox.bulkNeedsCode {
            let count = table.coded.count
            let what = count == table.going.count ? "" : " for \(count) of them"
            let label = Line("Code of your authenticator\(what) ", .dim)
            grid.put(label, at: area.position(row: row, column: 1))
            FieldView(field: table.code, hasFocus: table.focus == .code).draw(
                at: area.position(row: row, column: 1 + label.columns),
                columns: area.columns - label.columns - 2, of: &grid)
            row += 1
        }
        let advice = inbox.bulkAdvice
        grid.put(
            Line(advice.text, advice.isWarning ? .warning : .dim).fitted(to: area.columns - 2),
            at: area.position(row: row, column: 1))
        drawButtons(at: area.position(row: row + 1, column: 1), area.columns - 2, of: &grid)
    }

    private func drawButtons(at place: GridPosition, _ columns: Int, of grid: inout Grid) {
        let isOnButtons = table.focus == .buttons
        let close = DialogBox.Button(
            title: table.phase == .review ? "Cancel" : "Close",
            isHighlighted: isOnButtons && !table.isOnVerb)
        let verb = DialogBox.Button(
            title: inbox.bulkTitle, isHighlighted: isOnButtons && table.isOnVerb)
        DialogBox.drawButtons(
            table.phase == .review ? [close, verb] : [close], at: place, columns: columns,
            of: &grid)
    }
}

/// One item of the table.
private struct BulkRow {
    let inbox: Inbox
    let table: BulkTable
    let item: BulkItem
    let columns: BulkColumns

    func draw(_ line: Int, at place: GridPosition, of grid: inout Grid) {
        let isASCII = grid.repertoire == .ascii
        if line == 0 { drawFacts(at: place, isASCII, of: &grid) }
        if line == columns.rows - 1 {
            let text = (isASCII ? below.inASCII(asJSON: true) : below)
            grid.put(
                text.fitted(to: columns.argumentsRoom), at: step(place, columns.argumentsAt))
        }
        let index = line - columns.rows
        if item.lines.indices.contains(index) {
            grid.put(item.lines[index].line, at: step(place, 2), columnsMax: columns.columns - 2)
        }
    }

    private func drawFacts(at place: GridPosition, _ isASCII: Bool, of grid: inout Grid) {
        func put(_ line: Line, at column: Int, _ width: Int) {
            guard width > 0 else { return }
            let line = isASCII ? line.inASCII() : line
            grid.put(line.fitted(to: width), at: step(place, column))
        }
        let isOut = isOut
        put(mark, at: 1, 3)
        let risk = max(item.row.risk, item.known?.view.risk ?? .low)
        put(Line(risk.short, isOut ? .disabled : risk.role), at: BulkColumns.riskAt, 4)
        let facts = StateWords.Facts(item.row)
        put(
            Line(
                StateWords.column(facts, at: inbox.serverTime),
                StateWords.role(facts, at: inbox.serverTime)), at: BulkColumns.leftAt, 9)
        put(
            Line(item.row.tool, isOut ? .disabled : .text), at: BulkColumns.toolAt, columns.tool)
        var agent = Line(item.row.agent, isOut ? .disabled : .accent)
        if columns.rows > 1, !edits.spans.isEmpty { agent = gap(agent) + edits }
        put(agent, at: columns.agentAt, columns.agent)
    }

    /// True when nothing is sent for it.
    private var isOut: Bool {
        switch item.status {
        case .goes, .settled, .coming, .look: false
        case .leftOut, .apart: true
        }
    }

    private var mark: Line {
        switch item.status {
        case .goes: Line("[x]", .marked)
        case .leftOut: Line("[ ]", .dim)
        case .coming: Line([.spaces(1), Span(.ellipsis, .dim)])
        case .look: Line("[?]", .warning)
        case .apart: Line(" - ", .disabled)
        case .settled(.recorded): Line([.spaces(1), Span(.check, .success)])
        case .settled(.refused): Line([.spaces(1), Span(.cross, .danger)])
        case .settled(.unknown): Line(" ? ", .warning)
        case .settled(.kept): Line(" ! ", .warning)
        case .settled(.onItsWay), .settled(.held): Line([.spaces(1), Span(.arrow, .dim)])
        }
    }

    /// What the person changed in it.
    private var edits: Line {
        let count = inbox.editors[item.id]?.patch.operations.count ?? 0
        guard count > 0, table.verdict == .approve else { return Line() }
        return Line(count == 1 ? "1 edit of yours" : "\(count) edits of yours", .changed)
    }

    /// A reason, if there is one, and the arguments.
    private var below: Line {
        var line = Line()
        switch item.status {
        case .goes, .leftOut: break
        case .coming: return Line("Its arguments are on their way.", .dim)
        case .look(let text): line = Line(text, .warning)
        case .apart(let text): line = Line(text, .warning)
        case .settled(let outcome): return Line(outcome.text, role(of: outcome))
        }
        if item.isLeftOut { line = Line("left out by you", .dim) }
        if columns.rows == 1, !edits.spans.isEmpty { line = gap(line) + edits }
        guard let known = item.known else { return line }
        if item.isOpen {
            let group = known.view.requirement.group.rawValue
            let facts = "id ends \(inbox.short(item.id))  rev \(known.view.revision)  for \(group)"
            return gap(line) + Line(facts, .dim)
        }
        // What is sent, not what was asked for.
        let effective = table.verdict == .approve ? inbox.editors[item.id]?.tree.value : nil
        let arguments = ArgumentsInOneLine(
            known, effective, columns: max(1, columns.argumentsRoom - gap(line).columns),
            repertoire: inbox.settings.repertoire)
        return gap(line) + arguments.line
    }

    private func gap(_ line: Line) -> Line {
        line.spans.isEmpty ? line : line + [.spaces(2)]
    }

    private func role(of outcome: BulkOutcome) -> TextGrid.Role {
        switch outcome {
        case .onItsWay, .held: .dim
        case .recorded: .success
        case .refused: .danger
        case .unknown, .kept: .warning
        }
    }

    private func step(_ place: GridPosition, _ columns: Int) -> GridPosition {
        GridPosition(row: place.row, column: place.column + columns)
    }
}

/// The reasons that can be chosen, with their digits.
struct ReasonChoices {
    private let reason: ReasonField

    init(_ reason: ReasonField) { self.reason = reason }

    /// At most `count` lines, with the chosen one among them.
    func lines(_ count: Int) -> [Line] {
        let offered = reason.offered
        let all = offered.map { index -> Line in
            let isChosen = index == reason.choice
            return [
                isChosen ? Span(.pointer, .marker) : .spaces(1), Span("\(index + 1)", .barKey),
                Span(" \(reason.presets[index])", isChosen ? .accent : .text),
            ]
        }
        let place = reason.choice.flatMap { offered.firstIndex(of: $0) } ?? 0
        let first = max(0, min(place - count + 1, all.count - count))
        return Array(all.dropFirst(first).prefix(max(0, count)))
    }
}
