import TextGrid
import Testing
import Theming

@testable import Terminal

/// Goal: after every frame the screen shows the grid, for few bytes and with known sequences only.
struct FrameEncoderTests {
    /// What a screen should show of a grid.
    private func expected(
        _ grid: Grid, _ theme: Theme, _ depth: ColorDepth
    ) -> [ScreenModel.Cell] {
        let styles = Role.allCases.map { theme.style(for: $0, at: depth) }
        return (0..<grid.size.rows).flatMap { row in
            (0..<grid.size.columns).map { column in
                let cell = grid.cell(row: row, column: column)
                let text = String(String.UnicodeScalarView(grid.scalars(of: cell)))
                return ScreenModel.Cell(text: text, style: styles[Int(cell.role.rawValue)])
                    .visible
            }
        }
    }

    private struct Random {
        var state: UInt64
        mutating func below(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % max(1, bound)
        }
    }

    private static let pieces = [
        "refund", "  ", "日本語", "e\u{301}", "€1,840", "\u{1B}[2J", "✅\u{FE0F}", "👍", "▸", "─────",
        "a", String(repeating: "x", count: 30), "Ω",
    ]

    private func change(_ grid: inout Grid, _ random: inout Random) {
        let size = grid.size
        switch random.below(6) {
        case 0:
            let rows = 1 + random.below(max(1, size.rows - 2))
            let top = random.below(size.rows - rows)
            let distance = random.below(2) == 0 ? 1 + random.below(3) : -1 - random.below(3)
            grid.apply(Scroll(rows: top..<top + rows, distance: distance), blank: .text)
        case 1:
            let area = GridArea(
                row: random.below(size.rows), column: random.below(size.columns),
                rows: random.below(5), columns: random.below(40))
            grid.fill(area, Role.allCases[random.below(Role.allCases.count)])
        default:
            for _ in 0..<random.below(8) {
                let place = GridPosition(
                    row: random.below(size.rows), column: random.below(size.columns))
                let text = Self.pieces[random.below(Self.pieces.count)]
                grid.put(
                    Span(text, Role.allCases[random.below(Role.allCases.count)]), at: place)
            }
        }
        let cursor = GridPosition(row: random.below(size.rows), column: random.below(size.columns))
        grid.cursor = random.below(5) == 0 ? nil : cursor
    }

    @Test(arguments: Theme.shipped.map(\.name))
    func theScreenFollowsTheGrid(_ name: String) throws {
        let theme = try #require(Theme.shipped(named: name))
        for (depth, late) in [
            (ColorDepth.palette256, true), (.palette8, true), (.mono, true), (.truecolor, true),
        ] {
            var random = Random(state: 7_301)
            var traits = FrameTraits()
            traits.wrapsLate = late
            traits.movesInRow = depth != .palette8
            var encoder = FrameEncoder(theme: theme, depth: depth, traits: traits)
            for _ in 0..<4 {
                let size = GridSize(columns: 1 + random.below(60), rows: 2 + random.below(12))
                var screen = ScreenModel(columns: size.columns, rows: size.rows)
                var grid = Grid(size: size)
                for round in 0..<40 {
                    change(&grid, &random)
                    screen.feed(encoder.frame(of: grid))
                    let isSame = screen.cells.map(\.visible) == expected(grid, theme, depth)
                    #expect(isSame, "\(name) \(depth) \(size) round \(round)")
                    #expect(screen.unknown.isEmpty)
                    #expect(screen.cursorIsShown == (grid.cursor != nil))
                    if let cursor = grid.cursor {
                        #expect(screen.row == cursor.row && screen.column == cursor.column)
                    }
                    if !isSame { return }
                }
                encoder.forget()
            }
        }
    }

    /// Our own glyphs cost no extra moves.
    @Test func glyphsAreSimple() {
        var grid = Grid(size: GridSize(columns: 1, rows: 1))
        for glyph in Glyph.allCases {
            grid.put(Span(glyph), at: GridPosition(row: 0, column: 0))
            #expect(FrameEncoder.isSimple(grid.cell(row: 0, column: 0)), "\(glyph)")
        }
    }

    @Test func nothingNewIsNoBytes() {
        var encoder = FrameEncoder(theme: .dark, depth: .palette256, traits: FrameTraits())
        let grid = list(cursor: 3)
        #expect(!encoder.frame(of: grid).isEmpty)
        #expect(encoder.frame(of: grid).isEmpty)
    }

    /// A terminal that measures wide characters otherwise must not shift what comes after them.
    @Test func anotherOpinionAboutWidthsShiftsNothing() {
        var grid = Grid(size: GridSize(columns: 40, rows: 1))
        grid.put(Line([Span("日本語 end "), Span("👍"), Span("|x")]), at: .init(row: 0, column: 0))
        var encoder = FrameEncoder(theme: .dark, depth: .palette256, traits: FrameTraits())
        var screen = ScreenModel(columns: 40, rows: 1, wideColumns: 1)
        screen.feed(encoder.frame(of: grid))
        let row = screen.cells.map(\.text)
        #expect(Array(row[6..<11]) == [" ", "e", "n", "d", " "])
        #expect(Array(row[13..<15]) == ["|", "x"])
    }

    /// A list as the inbox draws it, full to the last column, with colours in every row.
    private func list(cursor: Int, top: Int = 0) -> Grid {
        var grid = Grid(size: GridSize(columns: 80, rows: 24))
        for row in 0..<22 {
            let number = top + row
            let isSelected = number == cursor
            let line = Line([
                isSelected ? Span(.pointer) : .spaces(1), Span(" 0:\(10 + number)", .warning),
                Span("  high  ", .danger), Span("issue_refund      "),
                Span("€1,840.00 to cus_91, second charge of the month, dup", .text),
            ]).padded(to: 80)
            let shown = isSelected ? line.with(.selection) : line
            grid.put(shown.fitted(to: 80), at: GridPosition(row: row + 1, column: 0))
        }
        grid.cursor = GridPosition(row: 1 + cursor - top, column: 0)
        return grid
    }

    @Test(arguments: [ColorDepth.mono, .palette8, .palette256])
    func aStepOfTheCursorIsShort(_ depth: ColorDepth) {
        var encoder = FrameEncoder(theme: .dark, depth: depth, traits: FrameTraits())
        #expect(encoder.frame(of: list(cursor: 3)).count <= 2_600)
        #expect(encoder.frame(of: list(cursor: 4)).count <= 220)
        #expect(encoder.frame(of: list(cursor: 3)).count <= 220)
    }

    @Test func aScrolledLineIsShort() {
        var encoder = FrameEncoder(theme: .dark, depth: .palette256, traits: FrameTraits())
        _ = encoder.frame(of: list(cursor: 21))
        #expect(encoder.frame(of: list(cursor: 22, top: 1)).count <= 240)
    }

    @Test func theLastCellIsLeftAloneWhereItWouldScroll() {
        var traits = FrameTraits()
        traits.wrapsLate = false
        var encoder = FrameEncoder(theme: .dark, depth: .palette256, traits: traits)
        var grid = Grid(size: GridSize(columns: 4, rows: 1))
        grid.put("abcd", at: GridPosition(row: 0, column: 0))
        var screen = ScreenModel(columns: 4, rows: 1)
        screen.feed(encoder.frame(of: grid))
        #expect(screen.cells.map(\.text) == ["a", "b", "c", " "])
    }
}
