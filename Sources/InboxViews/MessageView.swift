import Inbox
import TextGrid

/// The sentence above the keys: what happened, or how the connection is.
///
/// A long one grows upwards, over the foot of what is above it.
struct MessageView {
    let inbox: Inbox

    func draw(_ layout: InboxLayout, into grid: inout Grid) {
        let lines = inbox.messageLines(layout)
        let area = layout.message
        for (index, line) in lines.enumerated() where !line.spans.isEmpty {
            let row = area.row - lines.count + 1 + index
            let whole = GridArea(row: row, column: area.column, rows: 1, columns: area.columns)
            if lines.count > 1 { grid.fill(whole) }
            grid.put(line, at: whole.position(column: 1), columnsMax: area.columns - 1)
        }
    }
}
