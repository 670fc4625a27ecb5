/// What a terminal can show.
public enum Repertoire: Hashable, Sendable {
    /// Any character of our width table.
    case unicode
    /// Only ASCII: glyphs become their twins, other characters become marks.
    case ascii
}

/// A screen as a value: cells with roles, and the place of the cursor.
public struct Grid: Equatable, Sendable {
    /// Columns and rows.
    public let size: GridSize
    /// What may be drawn in it.
    public let repertoire: Repertoire
    /// Where the terminal's cursor rests: on what is focused. Nil hides it.
    public var cursor: GridPosition?
    /// False where nothing is drawn but text: lines and boxes are left out, and of our own glyphs
    /// those that only point or decorate.
    public var drawsShapes = true
    var cells: [Cell]
    var clusters: [[Unicode.Scalar]] = []
    private var clusterIndices: [[Unicode.Scalar]: UInt32] = [:]

    /// An empty grid.
    public init(size: GridSize, repertoire: Repertoire = .unicode, role: Role = .text) {
        self.size = size
        self.repertoire = repertoire
        cells = Array(repeating: .blank(role), count: size.columns * size.rows)
    }

    /// The whole grid as an area.
    public var area: GridArea { GridArea(size) }

    /// The cell at a place; outside the grid it is blank.
    public func cell(row: Int, column: Int) -> Cell {
        guard contains(row, column) else { return .blank(.text) }
        return cells[row * size.columns + column]
    }

    /// The scalars of a cell of this grid; none for the right half of a wide glyph.
    public func scalars(of cell: Cell) -> [Unicode.Scalar] {
        if cell.isCluster {
            let index = Int(cell.glyph & ~Cell.clusterBit)
            return index < clusters.count ? clusters[index] : []
        }
        return cell.scalar.map { [$0] } ?? []
    }

    /// Draws text from `place` on, at most `columnsMax` cells, and returns the cells used.
    ///
    /// What does not fit in the row is left out, a wide cluster whole. Marks of the escaper get the
    /// role `.escaped` whatever the span's role is.
    @discardableResult
    public mutating func put(
        _ text: SafeText, _ role: Role = .text, at place: GridPosition, columnsMax: Int = .max
    ) -> Int {
        guard (0..<size.rows).contains(place.row), place.column >= 0 else { return 0 }
        let room = min(columnsMax, size.columns - place.column)
        guard room > 0 else { return 0 }
        let start = place.row * size.columns + place.column
        breakWide(at: start)
        let used =
            if text.isASCII && !text.hasMarks {
                putASCII(text, role, start: start, room: room)
            } else {
                putClusters(text, role, start: start, room: room)
            }
        breakTrail(at: start + used, rowEnd: (place.row + 1) * size.columns)
        return used
    }

    /// Draws a span; see `put(_:_:at:columnsMax:)`.
    @discardableResult
    public mutating func put(
        _ span: Span, at place: GridPosition, columnsMax: Int = .max
    ) -> Int {
        put(span.text, span.role, at: place, columnsMax: columnsMax)
    }

    /// Draws a line of spans; see `put(_:_:at:columnsMax:)`.
    @discardableResult
    public mutating func put(
        _ line: Line, at place: GridPosition, columnsMax: Int = .max
    ) -> Int {
        var used = 0
        for span in line.spans where used < columnsMax {
            let next = GridPosition(row: place.row, column: place.column + used)
            used += put(span, at: next, columnsMax: columnsMax - used)
        }
        return used
    }

    /// The cells that `text` takes in this grid; more than `text.columns` where only ASCII is
    /// shown.
    public func columns(of text: SafeText) -> Int {
        guard repertoire == .ascii, !text.isASCII, !text.isGlyph else { return text.columns }
        var columns = 0
        text.forEachCluster { cluster in
            columns += cluster.base.isASCII ? 1 : text.asciiMark(of: cluster).utf8.count
            return true
        }
        return columns
    }

    /// True when both look the same on a screen.
    public static func == (left: Grid, right: Grid) -> Bool {
        left.size == right.size && left.repertoire == right.repertoire
            && left.cursor == right.cursor && left.patches(since: right).isEmpty
    }

    func contains(_ row: Int, _ column: Int) -> Bool {
        row >= 0 && row < size.rows && column >= 0 && column < size.columns
    }
}

extension Grid {
    private mutating func putASCII(
        _ text: SafeText, _ role: Role, start: Int, room: Int
    ) -> Int {
        var index = start
        let end = start + min(room, text.columns)
        for byte in text.text.utf8 {
            guard index < end else { break }
            cells[index] = Cell(glyph: UInt32(byte), role: role, columns: 1)
            index += 1
        }
        return index - start
    }

    private mutating func putClusters(
        _ text: SafeText, _ role: Role, start: Int, room: Int
    ) -> Int {
        var used = 0
        text.forEachCluster { cluster in
            let role = cluster.isMark ? .escaped : role
            if !drawsShapes, text.isGlyph, let glyph = Glyph(rawValue: Character(cluster.base)),
                let spoken = glyph.spoken
            {
                guard used < room else { return false }
                cells[start + used] = Cell(spoken, role)
                used += 1
                return true
            }
            if repertoire == .ascii, !(text.isASCII || text.isASCIICluster(cluster)) {
                let added = putTwin(text, cluster, role, at: start + used, room: room - used)
                used += added
                return added > 0
            }
            guard used + cluster.columns <= room else { return false }
            let glyph = intern(cluster, of: text)
            cells[start + used] = Cell(
                glyph: glyph, role: role, columns: UInt8(cluster.columns))
            if cluster.columns == 2 { cells[start + used + 1] = .rightHalf(role) }
            used += cluster.columns
            return true
        }
        return used
    }

    /// Draws a cluster that is not ASCII with ASCII; 0 when it does not fit.
    private mutating func putTwin(
        _ text: SafeText, _ cluster: Cluster, _ role: Role, at index: Int, room: Int
    ) -> Int {
        if text.isGlyph, let twin = Glyph(rawValue: Character(cluster.base))?.ascii {
            guard room > 0, let scalar = twin.unicodeScalars.first else { return 0 }
            cells[index] = Cell(scalar, role)
            return 1
        }
        let mark = text.asciiMark(of: cluster)
        guard mark.utf8.count <= room else { return 0 }
        for (step, byte) in mark.utf8.enumerated() {
            cells[index + step] = Cell(glyph: UInt32(byte), role: .escaped, columns: 1)
        }
        return mark.utf8.count
    }

    private mutating func intern(_ cluster: Cluster, of text: SafeText) -> UInt32 {
        guard cluster.range.count > UTF8.width(cluster.base) else { return cluster.base.value }
        return intern(Array(text.text(in: cluster.range).unicodeScalars))
    }

    /// The glyph of a cluster of several scalars.
    mutating func intern(_ scalars: [Unicode.Scalar]) -> UInt32 {
        if let index = clusterIndices[scalars] { return index | Cell.clusterBit }
        let index = UInt32(clusters.count)
        clusters.append(scalars)
        clusterIndices[scalars] = index
        return index | Cell.clusterBit
    }

    /// Blanks the left half of a wide glyph whose right half is about to be overwritten.
    mutating func breakWide(at index: Int) {
        guard index > 0, index < cells.count, cells[index].columns == 0 else { return }
        cells[index - 1] = .blank(cells[index - 1].role)
        cells[index] = .blank(cells[index].role)
    }

    /// Blanks the right half of a wide glyph whose left half was overwritten.
    mutating func breakTrail(at index: Int, rowEnd: Int) {
        guard index < rowEnd, cells[index].columns == 0 else { return }
        cells[index] = .blank(cells[index].role)
    }
}

extension SafeText {
    /// The mark for a cluster on a terminal that knows only ASCII.
    func asciiMark(of cluster: Cluster) -> String {
        text(in: cluster.range).unicodeScalars.map { scalar in
            scalar.isASCII ? String(scalar) : Escaper.name(of: scalar)
        }.joined()
    }

    func isASCIICluster(_ cluster: Cluster) -> Bool {
        cluster.range.count == 1
    }
}
