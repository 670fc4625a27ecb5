import Inbox
import TextGrid

/// What is wrong with the audit log and the sentence of the tour, in rows of their own below the
/// header.
struct TourView {
    let inbox: Inbox

    func draw(in area: GridArea, of grid: inout Grid) {
        guard area.rows > 0 else { return }
        for (row, line) in inbox.linesBelowHeader(columns: area.columns).enumerated()
        where row < area.rows {
            grid.put(
                line, at: area.position(row: row, column: 1), columnsMax: area.columns - 1)
        }
    }
}
