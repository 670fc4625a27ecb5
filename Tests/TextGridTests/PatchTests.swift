import TextGrid
import Testing

/// Goal: patches and scrolls say exactly what changed.
struct PatchTests {
    private func grid(_ rows: [String], _ role: Role = .text) -> Grid {
        var grid = Grid(size: GridSize(columns: 20, rows: rows.count))
        for (row, text) in rows.enumerated() {
            grid.put(SafeText(escaping: text), role, at: GridPosition(row: row, column: 0))
        }
        return grid
    }

    struct Change: Sendable {
        let old: String
        let new: String
        let columns: [Range<Int>]
    }

    @Test(arguments: [
        Change(old: "abc", new: "abc", columns: []),
        Change(old: "abc", new: "abd", columns: [2..<3]),
        Change(old: "abcdefgh", new: "Xbcdefgh", columns: [0..<1]),
        Change(old: "abcdefgh", new: "XbcdeXgh", columns: [0..<6]),
        Change(old: "abcdefghi", new: "XbcdefghX", columns: [0..<1, 8..<9]),
        Change(old: "a日b", new: "a本b", columns: [1..<3]),
        Change(old: "a日b", new: "abbb", columns: [1..<3]),
        Change(old: "abbb", new: "a日b", columns: [1..<3]),
        Change(old: "e\u{301}x", new: "é" + "x", columns: [0..<1]),
        Change(old: "e\u{301}e\u{302}", new: "e\u{302}e\u{301}", columns: [0..<2]),
    ])
    func runs(_ change: Change) {
        let patches = grid([change.new]).patches(since: grid([change.old]))
        #expect(patches.map(\.columns) == change.columns)
    }

    @Test func clustersAreComparedByWhatTheyAre() {
        let one = grid(["e\u{301}", "e\u{302}"])
        var other = grid(["e\u{302}", "e\u{301}"])
        #expect(one != other)
        other.put("e\u{301}", at: GridPosition(row: 0, column: 0))
        other.put("e\u{302}", at: GridPosition(row: 1, column: 0))
        #expect(one == other)
    }

    @Test func anotherSizeOrRoleIsDrawnAgain() {
        let small = grid(["a"])
        #expect(grid(["a", "b"]).patches(since: small).count == 2)
        #expect(grid(["a"], .dim).patches(since: small).map(\.columns) == [0..<1])
        #expect(small.patches(since: nil).map(\.columns) == [0..<20])
    }

    struct Move: Sendable {
        let old: [String]
        let new: [String]
        let scroll: Scroll?
    }

    private static let rows = (0..<10).map { "row \($0)" }

    @Test(arguments: [
        Move(old: rows, new: rows, scroll: nil),
        Move(
            old: rows, new: Array(rows[1...]) + ["new"], scroll: Scroll(rows: 0..<10, distance: 1)),
        Move(old: rows, new: ["new"] + rows[..<9], scroll: Scroll(rows: 0..<10, distance: -1)),
        Move(
            old: rows, new: [rows[0]] + rows[3..<9] + ["x", "y", rows[9]],
            scroll: Scroll(rows: 1..<9, distance: 2)),
        Move(old: rows, new: rows.map { $0 + "!" }, scroll: nil),
    ])
    func scrolls(_ move: Move) {
        let old = grid(move.old)
        let new = grid(move.new)
        let scroll = new.scroll(since: old)
        #expect(scroll == move.scroll)
        guard let scroll else { return }
        var moved = old
        moved.apply(scroll, blank: .text)
        #expect(new.patches(since: moved).count <= abs(scroll.distance))
    }
}
