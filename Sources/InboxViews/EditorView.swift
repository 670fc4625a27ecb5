import WireAPI
import Approvals
import Inbox
import JSONTree
import TextGrid

/// The arguments while somebody edits them: a tree, one value a line.
struct EditorView {
    let inbox: Inbox
    let editor: ArgumentEditor

    func draw(in area: GridArea, of grid: inout Grid) {
        grid.fill(area)
        let (title, rest) = area.splitRows(at: 1)
        let (tree, foot) = rest.splitRows(at: rest.rows - 3)
        grid.put(
            self.title.fitted(to: area.columns), at: title.position(), columnsMax: area.columns)
        if let document = editor.document {
            DocumentView(document: document, verdict: editor.verdict).draw(
                in: tree, foot, of: &grid)
            return
        }
        drawTree(in: tree, of: &grid)
        drawFoot(in: foot, of: &grid)
    }

    private var title: Line {
        let view = inbox.shelf[editor.id]?.view
        let count = editor.patch.operations.count
        let changes = count == 0 ? "nothing changed" : count == 1 ? "1 change" : "\(count) changes"
        return [
            Span("Edit ", .heading), Span(SafeWords.name(view?.tool ?? ""), .heading),
            Span("  rev \(editor.revision)  ", .dim),
            Span(changes, count == 0 ? .dim : .changed),
        ]
    }

    // MARK: Tree

    private func drawTree(in area: GridArea, of grid: inout Grid) {
        let matches = inbox.matchingPlaces
        var row = 0
        var index = editor.top
        while row < area.rows, index < editor.lines.count {
            let place = area.position(row: row)
            drawLine(editor.lines[index], index, at: place, columns: area.columns, of: &grid)
            if matches.contains(editor.lines[index].pointer) {
                let mark = GridPosition(row: place.row, column: place.column + 1)
                grid.put(Span("/", .match), at: mark)
            }
            row += 1
            if index == editor.cursor, isNaming, row < area.rows {
                drawName(
                    editor.lines[index], at: area.position(row: row), columns: area.columns,
                    of: &grid)
                row += 1
            }
            index += 1
        }
        drawPicks(in: area, of: &grid)
    }

    /// The values that the schema offers, below the field or above it.
    private func drawPicks(in area: GridArea, of grid: inout Grid) {
        guard let picks = editor.field?.picks, let line = editor.line, !picks.all.isEmpty else {
            return
        }
        let shown = picks.shown
        let row = editor.cursor - editor.top
        let below = area.rows - row - 1
        let isBelow = below >= min(Self.picksMax, shown.count) || below >= row
        let rows = min(Self.picksMax, shown.count, isBelow ? below : row)
        guard rows > 0 else { return }
        let chosen = picks.chosen.flatMap { value in shown.firstIndex { $0 == value } }
        let first = max(0, min((chosen ?? 0) - rows / 2, shown.count - rows))
        let column = min(head(line).columns, max(0, area.columns - 20))
        let labels = shown[first..<(first + rows)].map { SafeText(escaping: PickList.label($0)) }
        let more = shown.count > rows ? "  \(shown.count) in all" : ""
        let width = min(area.columns - column, (labels.map(\.columns).max() ?? 0) + 3)
        for (index, label) in labels.enumerated() {
            let isChosen = first + index == chosen
            let place = area.position(row: isBelow ? row + 1 + index : row - rows + index)
            let box = GridArea(
                row: place.row, column: place.column + column, rows: 1, columns: width)
            grid.fill(box, isChosen ? .button : .dialog)
            let front = isChosen ? Span(.pointer, .button) : Span.spaces(1, .dialog)
            let text = Line([front, .spaces(1, .dialog), Span(label, isChosen ? .button : .dialog)])
            grid.put(text.fitted(to: width), at: box.position(), columnsMax: width)
            if index == 0, !more.isEmpty {
                grid.put(
                    Line(more, .dim), at: box.position(column: width),
                    columnsMax: max(0, area.columns - column - width))
            }
        }
    }

    private static let picksMax = 6

    private var isNaming: Bool {
        switch editor.field?.purpose {
        case .name: true
        case .value, .rename, nil: false
        }
    }

    private func drawLine(
        _ line: EditorLine, _ index: Int, at place: GridPosition, columns: Int,
        of grid: inout Grid
    ) {
        let isCursor = index == editor.cursor
        let head = head(line).fitted(to: max(1, columns * 2 / 3))
        grid.put(head, at: place, columnsMax: columns)
        let room = columns - head.columns
        let valuePlace = GridPosition(row: place.row, column: place.column + head.columns)
        if isCursor, let field = editor.field, isRenaming {
            drawRename(line, field, at: place, columns: columns, of: &grid)
            return
        }
        if isCursor, let field = editor.field, !isNaming {
            FieldView(field: field.text, hasFocus: true).draw(
                at: valuePlace, columns: room, of: &grid)
            grid.put(Span(.pointer), at: place)
            return
        }
        grid.put(value(line).fitted(to: room), at: valuePlace, columnsMax: room)
        guard isCursor else { return }
        let area = GridArea(row: place.row, column: place.column, rows: 1, columns: columns)
        grid.paint(area, .selection)
        grid.put(Span(.pointer, .selection), at: place)
        if !isNaming { grid.cursor = place }
    }

    /// Pointer, mark, indentation, and the name.
    private func head(_ line: EditorLine) -> Line {
        let indent = min(2 * line.depth, 24)
        var head = Line([.spaces(1), mark(line), .spaces(1 + indent)])
        switch line.name {
        case .root: head = head + Line("arguments", .heading)
        case .member(let name): head = head + [Span(ValueName.safe(name), .jsonName)]
        case .element(let index): head = head + [Span("[\(index)]", .jsonName)]
        }
        return head + [.spaces(2)]
    }

    private func mark(_ line: EditorLine) -> Span {
        if editor.problem(at: line.pointer) != nil { return Span(.cross, .danger) }
        switch line.change {
        case .none: return Span(" ")
        case .added: return Span("+", .added)
        case .changed: return Span("~", .changed)
        }
    }

    private func value(_ line: EditorLine) -> Line {
        switch line.content {
        case .scalar(let value):
            let text = ValueText.scalar(Self.cut(value))
            guard case .changed(let before) = line.change else { return text }
            return text + [Span("  was ", .dim)] + ValueText.brief(Self.cut(before))
        case .handle(let handle): return ValueText.handle(handle)
        case .array(let nodes): return container(line, "[", nodes.count, "elements")
        case .object(let members): return container(line, "{", members.count, "members")
        }
    }

    private func container(
        _ line: EditorLine, _ bracket: String, _ count: Int, _ what: String
    ) -> Line {
        if count == 0 { return Line(bracket == "{" ? "{}" : "[]", .dim) }
        guard line.isFolded else { return [Span(.opened, .dim), Span(" \(bracket)", .dim)] }
        return [Span(.pointer, .dim), Span(" \(bracket)\(count) \(what) folded", .dim)]
    }

    /// No line of the tree shows more than this of a long text; its field and the detail show all.
    private static func cut(_ value: JSONValue) -> JSONValue {
        guard case .string(let text) = value, text.utf8.count > 2_000 else { return value }
        return .string(String(String.UnicodeScalarView(text.unicodeScalars.prefix(500))))
    }

    private var isRenaming: Bool {
        switch editor.field?.purpose {
        case .rename: true
        case .value, .name, nil: false
        }
    }

    private func drawRename(
        _ line: EditorLine, _ field: ArgumentEditor.Field, at place: GridPosition, columns: Int,
        of grid: inout Grid
    ) {
        let indent = 3 + min(2 * line.depth, 24)
        let label = Line([.spaces(indent), Span("name: ", .dim)])
        let whole = GridArea(row: place.row, column: place.column, rows: 1, columns: columns)
        grid.fill(whole)
        grid.put(label, at: place, columnsMax: columns)
        FieldView(field: field.text, hasFocus: true).draw(
            at: GridPosition(row: place.row, column: place.column + label.columns),
            columns: columns - label.columns, of: &grid)
        grid.put(Span(.pointer), at: place)
    }

    private func drawName(
        _ line: EditorLine, at place: GridPosition, columns: Int, of grid: inout Grid
    ) {
        guard let field = editor.field else { return }
        let label = Line([.spaces(1), Span("+", .added), Span(" new member: ", .dim)])
        grid.put(label, at: place, columnsMax: columns)
        FieldView(field: field.text, hasFocus: true).draw(
            at: GridPosition(row: place.row, column: place.column + label.columns),
            columns: columns - label.columns, of: &grid)
    }

    // MARK: Foot

    /// Where the cursor is, and what is wrong or what may stand there.
    private func drawFoot(in area: GridArea, of grid: inout Grid) {
        guard let line = editor.line else { return }
        let path = line.pointer.isRoot ? "(the arguments)" : "\(line.pointer)"
        let first: Line = [Span(path, .accent), Span("  \(line.content.kind)", .dim)]
        grid.put(first.fitted(to: area.columns), at: area.position(), columnsMax: area.columns)
        // What may stand there stays in sight while somebody types, above what is wrong.
        let hint =
            isNaming || isRenaming ? "" : editor.checks.hint(at: line.pointer, in: editor.tree)
        let said: TextGrid.Role = editor.field == nil ? .dim : .text
        grid.put(
            Line(hint, said).fitted(to: area.columns), at: area.position(row: 1),
            columnsMax: area.columns)
        grid.put(
            verdict(line).fitted(to: area.columns), at: area.position(row: 2),
            columnsMax: area.columns)
    }

    private func verdict(_ line: EditorLine) -> Line {
        if let field = editor.field {
            if let problem = field.problem { return Line(problem, .danger) }
            if isNaming || isRenaming { return Line("enter takes the name", .dim) }
            let verdict = editor.checks.schema == nil ? "no schema says more" : "fits the schema"
            return [Span(.check, .success), Span(" \(verdict)", .success)]
        }
        if let problem = editor.problem(at: line.pointer) { return Line(problem, .danger) }
        if let refusal = editor.checks.refusal(at: line.pointer), !line.pointer.isRoot {
            return Line(refusal, .dim)
        }
        if let problem = editor.problems.first {
            let more = editor.problems.count > 1 ? " (+\(editor.problems.count - 1))" : ""
            let place = problem.pointer.isRoot ? "the arguments" : "\(problem.pointer)"
            return Line("\(place) \(problem.sentence)\(more)", .danger)
        }
        if let handsOn = editor.handsOn { return Line(handsOn, .warning) }
        if case .handle = line.content {
            return Line(
                "Hidden: keep it, replace it or delete it; p in the detail reveals it.", .dim)
        }
        return Line()
    }
}
