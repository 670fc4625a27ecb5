import GoldenTesting
import TextGrid
import Testing

/// Goal: what is put into a grid is where it was put, and never anywhere else.
struct GridTests {
    private func place(_ row: Int, _ column: Int) -> GridPosition {
        GridPosition(row: row, column: column)
    }

    struct Clip: Sendable {
        let text: String
        let column: Int
        let columnsMax: Int
        let used: Int
        let row: String
    }

    @Test(arguments: [
        Clip(text: "abcdef", column: 0, columnsMax: .max, used: 6, row: "abcdef"),
        Clip(text: "abcdefghijkl", column: 0, columnsMax: .max, used: 10, row: "abcdefghij"),
        Clip(text: "abcdef", column: 7, columnsMax: .max, used: 3, row: "       abc"),
        Clip(text: "abcdef", column: 2, columnsMax: 2, used: 2, row: "  ab"),
        Clip(text: "日本語", column: 0, columnsMax: 5, used: 4, row: "日本"),
        Clip(text: "日本語", column: 9, columnsMax: .max, used: 0, row: ""),
        Clip(text: "日本語", column: 5, columnsMax: .max, used: 4, row: "     日本"),
        Clip(text: "abc", column: 10, columnsMax: .max, used: 0, row: ""),
        Clip(text: "abc", column: -1, columnsMax: .max, used: 0, row: ""),
        Clip(text: "abc", column: 0, columnsMax: -3, used: 0, row: ""),
        Clip(text: "e\u{301}x", column: 0, columnsMax: 1, used: 1, row: "e\u{301}"),
    ])
    func clips(_ clip: Clip) {
        var grid = Grid(size: GridSize(columns: 10, rows: 1))
        let used = grid.put(
            SafeText(escaping: clip.text), at: place(0, clip.column), columnsMax: clip.columnsMax)
        #expect(used == clip.used)
        #expect(grid.text == [clip.row])
    }

    @Test func halfAWideCharacterIsNeverLeftOver() {
        for column in 0..<5 {
            var grid = Grid(size: GridSize(columns: 6, rows: 1))
            grid.put("日本語", at: place(0, 0))
            grid.put("x", at: place(0, column))
            #expect(columnsAddUp(grid))
            var wide = Grid(size: GridSize(columns: 6, rows: 1))
            wide.put("日本語", at: place(0, 0))
            wide.put("界", at: place(0, column))
            #expect(columnsAddUp(wide))
        }
    }

    @Test func rowsOutsideAreLeftOut() {
        var grid = Grid(size: GridSize(columns: 3, rows: 1))
        #expect(grid.put("abc", at: place(1, 0)) == 0)
        #expect(grid.put("abc", at: place(-1, 0)) == 0)
        grid.fill(GridArea(row: -5, column: -5, rows: 100, columns: 100), .bar)
        grid.box(GridArea(row: -1, column: -1, rows: 9, columns: 9))
        #expect(grid.text == [""])
        var empty = Grid(size: GridSize(columns: 0, rows: 0))
        empty.fill(GridArea(row: 0, column: 0, rows: 1, columns: 1))
        #expect(empty.put("x", at: place(0, 0)) == 0)
        #expect(empty.patches(since: nil).isEmpty)
    }

    @Test func escapedRunsKeepTheirRole() {
        var grid = Grid(size: GridSize(columns: 20, rows: 1))
        grid.put(Span("a\u{202E}b", .selection), at: place(0, 0))
        #expect(grid.roleMap == ["seeeeeeees"])
        grid.paint(grid.area, .dim)
        #expect(grid.roleMap[0].hasPrefix("deeeeeeeed"))
    }

    @Test func onlyASCIIIsDrawnForAnASCIITerminal() {
        var grid = Grid(size: GridSize(columns: 40, rows: 4), repertoire: .ascii)
        grid.box(grid.area, title: Line("Zürich"))
        let text = SafeText(escaping: "€1 日")
        #expect(grid.columns(of: text) == 18)
        #expect(grid.put(text, at: place(1, 1)) == 18)
        grid.put(Line([Span(.pointer), Span("x"), Span(.ellipsis)]), at: place(2, 1))
        #expect(
            grid.text == [
                "+- Z\\u{FC}rich ---------" + String(repeating: "-", count: 15) + "+",
                "|\\u{20AC}1 \\u{65E5}" + String(repeating: " ", count: 20) + "|",
                "|>x~" + String(repeating: " ", count: 35) + "|",
                "+" + String(repeating: "-", count: 38) + "+",
            ])
    }

    @Test func everyGlyphHasATwin() {
        for glyph in Glyph.allCases {
            #expect(SafeText(escaping: String(glyph.rawValue)).text == String(glyph.rawValue))
            #expect(SafeText(escaping: String(glyph.rawValue)).columns == 1)
            #expect(glyph.ascii.isASCII)
        }
    }

    @Test func rolesHaveNamesAndLettersOfTheirOwn() {
        #expect(Set(Role.allCases.map(\.letter)).count == Role.allCases.count)
        for role in Role.allCases { #expect(Role(name: role.name) == role) }
        #expect(Role(name: "colour") == nil)
    }

    @Test func aFrameOfEverything() {
        var grid = Grid(size: GridSize(columns: 40, rows: 9))
        grid.fill(GridArea(row: 0, column: 0, rows: 1, columns: 40), .bar)
        grid.put(Line([Span(" inbox ", .bar), Span("3 pending", .barKey)]), at: place(0, 0))
        grid.box(GridArea(row: 1, column: 0, rows: 7, columns: 40), title: Line("Detail", .heading))
        let inner = GridArea(row: 1, column: 0, rows: 7, columns: 40).inset(rows: 1, columns: 1)
        let agent = SafeText(
            escaping: "Customer charged twice;\tsecond charge \u{202E}0481 日本語テキスト")
        for (row, line) in agent.wrapped(to: inner.columns, .agentWords).enumerated() {
            grid.put(line, at: inner.position(row: row), columnsMax: inner.columns)
        }
        let row = Line([Span(.pointer), Span(" iban ", .jsonName), Span("▒▒▒", .redacted)])
        grid.put(row.with(.selection).padded(to: 38, .selection), at: inner.position(row: 4))
        grid.cursor = inner.position(row: 4)
        grid.put(Line("cut off here, at the end of it").fitted(to: 20), at: place(8, 0))
        #expect(Golden.difference(grid, "everything") == nil)
    }

    /// Every wide cell is followed by its right half, and no half stands alone.
    private func columnsAddUp(_ grid: Grid) -> Bool {
        var column = 0
        while column < grid.size.columns {
            let cell = grid.cell(row: 0, column: column)
            guard cell.columns > 0 else { return false }
            if cell.columns == 2, grid.cell(row: 0, column: column + 1).columns != 0 {
                return false
            }
            column += Int(cell.columns)
        }
        return column == grid.size.columns
    }
}
