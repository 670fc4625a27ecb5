/// What a mouse did, in cells of the screen counted from its upper left corner.
public struct MouseEvent: Hashable, Sendable {
    /// What was done.
    public enum Kind: Hashable, Sendable {
        /// The left button went down.
        case press
        /// The wheel turned towards the start of what is under it.
        case wheelUp
        /// The wheel turned towards the end of what is under it.
        case wheelDown
    }

    /// What was done.
    public let kind: Kind
    /// The column, from 0.
    public let column: Int
    /// The row, from 0.
    public let row: Int
    /// The presses in quick succession on one cell, 2 for a double click; 1 for the wheel.
    public let clicks: Int

    /// Puts an event together.
    public init(_ kind: Kind, column: Int, row: Int, clicks: Int = 1) {
        self.kind = kind
        self.column = column
        self.row = row
        self.clicks = clicks
    }
}
