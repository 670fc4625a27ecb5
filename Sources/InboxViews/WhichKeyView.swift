import Approvals
import Inbox
import Keymap
import TextGrid

/// How a key sequence can go on, above the line of sentences.
struct WhichKeyView {
    let inbox: Inbox

    func draw(_ layout: InboxLayout, into grid: inout Grid) {
        let items = items
        guard !items.isEmpty else { return }
        let columns = layout.message.columns
        let width = min(columns, max(20, (items.map(\.columns).max() ?? 0) + 3))
        let across = max(1, columns / width)
        let rows = min((items.count + across - 1) / across, max(1, layout.body.rows - 1))
        for row in 0..<rows {
            let area = GridArea(
                row: layout.message.row - rows + row, column: 0, rows: 1, columns: columns)
            grid.fill(area, .dialog)
            for step in 0..<across where step * rows + row < items.count {
                let item = items[step * rows + row].fitted(to: width - 2)
                grid.put(item, at: area.position(column: 1 + step * width), columnsMax: width - 2)
            }
        }
    }

    /// One line for every key that may come next.
    private var items: [Line] {
        let strokes = inbox.strokes
        guard !strokes.isEmpty,
            case .pending(let ways) = inbox.settings.keymap.resolve(strokes, in: inbox.place)
        else { return [] }
        var items: [Line] = []
        var last: KeyStroke?
        for way in ways where way.stroke != last {
            last = way.stroke
            let more = ways.count { $0.stroke == way.stroke } - 1
            let isPossible = inbox.whyNot(way.action) == nil
            let title = more > 0 ? "\(way.action.title) and \(more) more" : way.action.title
            items.append([
                Span("\(way.stroke)", isPossible ? .barKey : .disabled),
                Span("  \(title)", isPossible ? .dialog : .disabled),
            ])
        }
        return items
    }
}
