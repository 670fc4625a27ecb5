/// Columns and rows of a screen or of a part of it; never negative.
public struct GridSize: Hashable, Sendable {
    /// The number of cells in a row.
    public let columns: Int
    /// The number of rows.
    public let rows: Int
    /// No side is longer; a terminal that says so is not believed.
    public static let sideMax = 2_000

    /// Clamps both sides to `0...sideMax`.
    public init(columns: Int, rows: Int) {
        self.columns = min(max(0, columns), Self.sideMax)
        self.rows = min(max(0, rows), Self.sideMax)
    }
}

/// The place of a cell, counted from zero at the top left.
public struct GridPosition: Hashable, Sendable {
    /// The row, from the top.
    public var row: Int
    /// The column, from the left.
    public var column: Int

    /// A place; it may lie outside a grid, where nothing is drawn.
    public init(row: Int, column: Int) {
        self.row = row
        self.column = column
    }
}

/// A rectangle of cells; sizes are never negative.
public struct GridArea: Hashable, Sendable {
    /// The top row.
    public let row: Int
    /// The leftmost column.
    public let column: Int
    /// The number of rows.
    public let rows: Int
    /// The number of columns.
    public let columns: Int

    /// A rectangle; negative sizes become zero.
    public init(row: Int, column: Int, rows: Int, columns: Int) {
        self.row = row
        self.column = column
        self.rows = max(0, rows)
        self.columns = max(0, columns)
    }

    /// The whole of a grid of this size.
    public init(_ size: GridSize) {
        self.init(row: 0, column: 0, rows: size.rows, columns: size.columns)
    }

    /// The row below the last.
    public var rowEnd: Int { row + rows }
    /// The column right of the last.
    public var columnEnd: Int { column + columns }
    /// True when it holds no cell.
    public var isEmpty: Bool { rows == 0 || columns == 0 }

    /// The place `rows` down and `columns` right of the top left corner.
    public func position(row: Int = 0, column: Int = 0) -> GridPosition {
        GridPosition(row: self.row + row, column: self.column + column)
    }

    /// The area without a frame of these widths.
    public func inset(rows: Int = 0, columns: Int = 0) -> GridArea {
        GridArea(
            row: row + rows, column: column + columns, rows: self.rows - 2 * rows,
            columns: self.columns - 2 * columns)
    }

    /// The first `count` rows and the rest; `count` is clamped.
    public func splitRows(at count: Int) -> (top: GridArea, bottom: GridArea) {
        let cut = min(max(0, count), rows)
        return (
            GridArea(row: row, column: column, rows: cut, columns: columns),
            GridArea(row: row + cut, column: column, rows: rows - cut, columns: columns)
        )
    }

    /// The first `count` columns and the rest; `count` is clamped.
    public func splitColumns(at count: Int) -> (left: GridArea, right: GridArea) {
        let cut = min(max(0, count), columns)
        return (
            GridArea(row: row, column: column, rows: rows, columns: cut),
            GridArea(row: row, column: column + cut, rows: rows, columns: columns - cut)
        )
    }
}
