import Inbox
import TextGrid

/// The sentence of the tour, in rows of its own below the header.
struct TourView {
    let inbox: Inbox

    func draw(in area: GridArea, of grid: inout Grid) {
        guard area.rows > 0 else { return }
        for (row, line) in inbox.tourLines(columns: area.columns).enumerated()
        where row < area.rows {
            grid.put(
                line, at: area.position(row: row, column: 1), columnsMax: area.columns - 1)
        }
    }
}
