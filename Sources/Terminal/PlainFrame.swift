import Glibc
public import TextGrid
public import Theming

/// A frame for a terminal that is not taken over: lines, one below the other.
public enum PlainFrame {
    /// How many colours to use on standard output; a choice never makes it more than it has.
    ///
    /// What is no terminal, or an unknown one, has none.
    public static func depth(_ choice: ColorChoice) -> ColorDepth {
        guard choice != .automatic || isatty(STDOUT_FILENO) == 1 else { return .mono }
        do {
            try Capabilities.load()
            return Capabilities.depth(choice)
        } catch {
            return .mono
        }
    }

    /// What can be drawn on standard output.
    public static func repertoire() -> Repertoire { Capabilities.repertoire() }

    /// The size of the terminal, or 80 by 24 where there is none.
    public static func size() -> GridSize {
        guard isatty(STDOUT_FILENO) == 1 else { return GridSize(columns: 80, rows: 24) }
        return Capabilities.screenSize()
    }

    /// The bytes of a grid, each row with its line's end.
    public static func bytes(of grid: Grid, theme: Theme, depth: ColorDepth) -> [UInt8] {
        var pen = Pen(theme: theme, depth: depth)
        var bytes: [UInt8] = []
        for row in 0..<grid.size.rows {
            for column in 0..<grid.size.columns {
                let cell = grid.cell(row: row, column: column)
                guard cell.columns > 0 else { continue }
                pen.take(cell.role, &bytes)
                let scalars = grid.scalars(of: cell)
                for scalar in scalars.isEmpty ? [" "] : scalars {
                    bytes += Array(String(Character(scalar)).utf8)
                }
            }
            pen.takePlain(&bytes)
            bytes.append(0x0A)
        }
        return bytes
    }
}
