import Inbox
import TextGrid

extension QueueView {
    /// A row in words, from what matters most on, for a screen that is read aloud.
    func speak(
        _ row: QueueRow, _ index: Int, _ isSelected: Bool, in area: GridArea, of grid: inout Grid
    ) {
        let selected = isSelected ? "selected, " : ""
        var line: Line = [
            Span("\(index + 1): \(selected)"), Span(SafeWords.name(row.tool, columnsMax: 40)),
            Span(", \(inbox.rowWords(row)), by "), Span(SafeWords.name(row.agent)),
        ]
        if let age = inbox.age(of: row) { line = line + [Span(", as of \(Age.text(age)) ago")] }
        if let text = row.summary { line = line + [Span(". Agent says: "), Span(text)] }
        if grid.repertoire == .ascii { line = line.inASCII() }
        grid.put(line.fitted(to: area.columns), at: area.position(), columnsMax: area.columns)
        if isSelected, inbox.focus == .list { grid.cursor = area.position() }
    }
}
