import TextGrid

/// Rows in columns, each as wide as its widest cell; the last one is as long as it is.
struct TextTable {
    private var rows: [[SafeText]]

    init(_ titles: String...) { rows = [titles.map { SafeText(escaping: $0) }] }

    mutating func add(_ cells: String...) { rows.append(cells.map { SafeText(escaping: $0) }) }

    /// The printed lines.
    var lines: [SafeText] {
        let columns = rows.map(\.count).max() ?? 0
        let widths = (0..<columns).map { column in
            rows.map { column < $0.count ? $0[column].columns : 0 }.max() ?? 0
        }
        return rows.map { row in
            var line = SafeText.empty
            for (column, cell) in row.enumerated() {
                let isLast = column == row.count - 1
                line = line + (isLast ? cell : cell.padded(to: widths[column] + 2))
            }
            return line
        }
    }
}
