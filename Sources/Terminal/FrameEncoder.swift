import TextGrid
import Theming

/// What the encoder must know of a terminal.
struct FrameTraits: Hashable, Sendable {
    /// Writing in the last column waits with the wrap until the next character.
    var wrapsLate = true
    /// Erased cells take the background colour.
    var erasesWithBackground = true
    /// Rows can be scrolled within a region.
    var scrolls = true
    /// The cursor can be put on a column of the row it is in.
    var movesInRow = true
    /// A number of cells can be erased within a row (`CSI n X`).
    var erasesCharacters = true
    /// What hides and shows the cursor.
    var hideCursor = "\u{1B}[?25l"
    /// What shows the cursor.
    var showCursor = "\u{1B}[?25h"
}

/// Turns the difference between two grids into the bytes of one frame.
///
/// It does not use the screen level of ncurses, which writes a frame in several pieces, has no
/// 24-bit colours without a terminal description of its own, and spends more bytes on a step of the
/// cursor than we have. Every run starts with an absolute move, and so does what follows characters
/// that terminals might measure in another way than we do.
struct FrameEncoder {
    /// True when the terminal can hold a frame back until all of it is there.
    var sendsWholeFrames = false

    /// A frame of fewer bytes arrives in one piece anyway.
    static let wholeFrameBytesMin = 512
    private static let frameStart = Array("\u{1B}[?2026h".utf8)
    private static let frameEnd = Array("\u{1B}[?2026l".utf8)

    let traits: FrameTraits
    var pen: Pen
    private var shown: Grid?
    private var cursorIsShown: Bool?
    /// The row in which the cursor certainly is.
    var cursorRow: Int?
    var bytes: [UInt8] = []

    /// An encoder for a terminal of which nothing is known.
    init(theme: Theme, depth: ColorDepth, traits: FrameTraits) {
        self.traits = traits
        pen = Pen(theme: theme, depth: depth)
    }

    /// The grid on the screen, if it is known.
    var grid: Grid? { shown }

    /// What is on the screen is not known any more; the next frame clears it.
    mutating func forget() {
        shown = nil
        cursorIsShown = nil
        pen.wasReset()
    }

    /// The bytes that turn the screen into `grid`; empty when nothing differs.
    mutating func frame(of grid: Grid) -> [UInt8] {
        bytes.removeAll(keepingCapacity: true)
        cursorRow = nil
        if shown?.size != grid.size || shown?.repertoire != grid.repertoire { clear(for: grid) }
        if let old = shown { scroll(from: old, to: grid) }
        for patch in grid.patches(since: shown) { draw(patch, of: grid) }
        placeCursor(of: grid)
        shown = grid
        guard sendsWholeFrames, bytes.count >= Self.wholeFrameBytesMin else { return bytes }
        return Self.frameStart + bytes + Self.frameEnd
    }

    private mutating func clear(for grid: Grid) {
        append("\u{1B}[m\u{1B}[H\u{1B}[2J")
        pen.wasReset()
        let isBlank = pen.isPlain(.text)
        shown = isBlank ? Grid(size: grid.size, repertoire: grid.repertoire) : nil
    }

    private mutating func scroll(from old: Grid, to grid: Grid) {
        guard traits.scrolls, let scroll = grid.scroll(since: old) else { return }
        pen.takePlain(&bytes)
        let (top, bottom) = (scroll.rows.lowerBound, scroll.rows.upperBound - 1)
        append("\u{1B}[\(top + 1);\(bottom + 1)r")
        move(toRow: scroll.distance > 0 ? bottom : top, column: 0)
        for _ in 0..<abs(scroll.distance) { append(scroll.distance > 0 ? "\n" : "\u{1B}M") }
        append("\u{1B}[r")
        cursorRow = nil
        var moved = old
        moved.apply(scroll, blank: pen.isPlain(.text) ? .text : nil)
        shown = moved
    }

    /// True for characters that take one cell on every terminal.
    static func isSimple(_ cell: Cell) -> Bool {
        guard let scalar = cell.scalar, cell.columns == 1 else { return false }
        switch scalar.value {
        case 0x20..<0x300, 0x370..<0x483, 0x2010..<0x2100, 0x2190..<0x2600: return true
        case 0x2713, 0x2717: return true
        default: return false
        }
    }

    private mutating func placeCursor(of grid: Grid) {
        let place = grid.cursor.flatMap { place in
            (0..<grid.size.rows).contains(place.row)
                && (0..<grid.size.columns).contains(place.column) ? place : nil
        }
        if let place, !bytes.isEmpty || shown?.cursor != place || cursorIsShown != true {
            move(toRow: place.row, column: place.column)
        }
        let shows = place != nil
        if cursorIsShown != shows { append(shows ? traits.showCursor : traits.hideCursor) }
        cursorIsShown = shows
    }

    mutating func append(_ cell: Cell, of grid: Grid) {
        if let scalar = cell.scalar {
            append(scalar)
        } else {
            for scalar in grid.scalars(of: cell) { append(scalar) }
        }
    }

    private mutating func append(_ scalar: Unicode.Scalar) {
        if scalar.isASCII {
            bytes.append(UInt8(truncatingIfNeeded: scalar.value))
        } else {
            bytes += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
        }
    }

    mutating func append(_ text: String) { bytes += text.utf8 }

    /// The shortest absolute move.
    mutating func move(toRow row: Int, column: Int) {
        defer { cursorRow = row }
        if column > 0, cursorRow == row, traits.movesInRow {
            append("\u{1B}[\(column + 1)G")
            return
        }
        switch (row, column) {
        case (0, 0): append("\u{1B}[H")
        case (_, 0): append("\u{1B}[\(row + 1)H")
        default: append("\u{1B}[\(row + 1);\(column + 1)H")
        }
    }
}
