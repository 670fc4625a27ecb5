import Inbox
import TextGrid

/// A locked screen: that it is locked, why, how many wait, and how to go on. Nothing else.
struct LockView {
    let inbox: Inbox

    func draw(into grid: inout Grid) {
        let columns = max(1, min(60, grid.size.columns - 2))
        let left = max(0, (grid.size.columns - columns) / 2)
        let blocks = paragraphs.map { $0.wrapped(to: columns) }
        let lines = fitting(blocks, rows: grid.size.rows)
        var row = max(0, (grid.size.rows - lines.count) / 3)
        for line in lines where row < grid.size.rows {
            let drawn = grid.repertoire == .ascii ? line.inASCII() : line
            grid.put(drawn, at: GridPosition(row: row, column: left), columnsMax: columns)
            if isField(line) {
                let place = min(left + line.columns, grid.size.columns - 1)
                grid.cursor = GridPosition(row: row, column: place)
            }
            row += 1
        }
        if grid.cursor == nil, grid.size.rows > 0, grid.size.columns > 0 {
            grid.cursor = GridPosition(row: 0, column: 0)
        }
    }

    /// On a small screen the last words go first: that it is locked is always said.
    private func fitting(_ blocks: [[Line]], rows: Int) -> [Line] {
        let spaced = Array(blocks.joined(separator: [Line()]))
        let lines = spaced.count <= rows ? spaced : blocks.flatMap(\.self)
        return Array(lines.prefix(max(0, rows)))
    }

    private var paragraphs: [Line] {
        [Line("countersign is locked.", .heading), Line(reason, .text), Line(counts, .text)]
            + how + [problem].compactMap(\.self) + [Line("Ctrl-C leaves.", .dim)]
    }

    private var reason: String {
        switch inbox.lock.reason {
        case .idle(let minutes):
            "Nobody pressed a key for \(minutes) minute\(minutes == 1 ? "" : "s")."
        case .session(let hours):
            "This session has been open for \(hours) hour\(hours == 1 ? "" : "s")."
        case .asked, nil: "You locked it."
        case .suspended: "The program was stopped and continued."
        }
    }

    /// Numbers tell nobody what is asked, and whoever is on call whether to hurry.
    private var counts: String {
        let pending = inbox.pendingCount
        let high = inbox.pendingHighCount
        let waiting = pending == 1 ? "1 approval waits" : "\(pending) approvals wait"
        return waiting + (high > 0 ? ", \(high) of high risk." : ".")
    }

    private var how: [Line] {
        guard inbox.lock.stage == .waiting else {
            return [Line("Checking your token with the server.", .text)]
        }
        switch inbox.settings.unlocking {
        case .passphrase:
            return [
                Line("Type the passphrase of your login, then Enter.", .text), field,
            ]
        case .command(let program):
            return [
                Line([
                    Span("Enter asks ", .text), Span(SafeText(escaping: program), .accent),
                    Span(" for your token again and checks it with the server.", .text),
                ])
            ]
        case .token:
            return [
                Line("Enter checks your token with the server again.", .text),
                Line(
                    "Whoever sits here can do that: `countersign login --passphrase` asks for "
                        + "more.", .dim),
            ]
        }
    }

    private static let label = "Passphrase: "

    /// What is typed is not shown, only that it arrives.
    private var field: Line {
        let count = min(inbox.lock.field.scalars.count, 24)
        return Line([Span(Self.label, .dim), Span(String(repeating: "*", count: count), .text)])
    }

    private func isField(_ line: Line) -> Bool { line.spans.first?.text.text == Self.label }

    private var problem: Line? { inbox.lock.problem.map { Line($0, .danger) } }
}
