extension Line {
    /// The line broken into lines of at most `columns` cells, after spaces where there are any.
    ///
    /// Nothing is lost: the texts of the lines put together are the text. A mark of the escaper is
    /// kept in one line when it fits in one.
    public func wrapped(to columns: Int) -> [Line] {
        let columns = max(1, columns)
        guard self.columns > columns else { return [self] }
        var wrapper = Wrapper(columns: columns)
        for (index, span) in spans.enumerated() { wrapper.take(span, index: index) }
        return wrapper.finish().map { pieces in
            Line(
                pieces.map {
                    Span(
                        spans[$0.span].text.slice($0.range, columns: $0.columns),
                        spans[$0.span].role)
                })
        }
    }
}

extension SafeText {
    /// The text broken into lines of at most `columns` cells, after spaces where there are any.
    public func wrapped(to columns: Int, _ role: Role = .text) -> [Line] {
        Line(self, role).wrapped(to: columns)
    }

    /// Text from outside, line by line; a run of three or more empty lines is one counted mark.
    public static func lines(of text: String) -> [SafeText] {
        var lines: [SafeText] = []
        var empty = 0
        func flush() {
            if empty >= emptyLinesCountedFrom {
                var escaper = Escaper()
                escaper.appendMark("\\{\(empty) empty lines}")
                lines.append(escaper.finish())
            } else {
                lines += Array(repeating: .empty, count: empty)
            }
            empty = 0
        }
        for line in text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.isEmpty {
                empty += 1
            } else {
                flush()
                lines.append(SafeText(escaping: String(line)))
            }
        }
        flush()
        return lines
    }

    /// From this number on empty lines are shown as a counted mark.
    static let emptyLinesCountedFrom = 3
}

/// Gathers pieces of spans into lines.
private struct Wrapper {
    struct Piece {
        var span: Int
        var range: Range<Int>
        var columns: Int
    }

    let columns: Int
    private var done: [[Piece]] = []
    private var current: [Piece] = []
    private var used = 0
    /// The number of pieces of `current` that stay when the line breaks after its last space.
    private var keep = 0

    init(columns: Int) { self.columns = columns }

    mutating func take(_ span: Span, index: Int) {
        var mark: Piece?
        span.text.forEachCluster { cluster in
            let piece = Piece(span: index, range: cluster.range, columns: cluster.columns)
            if cluster.isMark, !cluster.startsMark, var open = mark, open.columns < columns {
                open.range = open.range.lowerBound..<piece.range.upperBound
                open.columns += piece.columns
                mark = open
                return true
            }
            if let open = mark { place(open, isSpace: false) }
            mark = cluster.isMark ? piece : nil
            if mark == nil { place(piece, isSpace: cluster.base == " ") }
            return true
        }
        if let mark { place(mark, isSpace: false) }
    }

    mutating func finish() -> [[Piece]] {
        if !current.isEmpty || done.isEmpty { done.append(current) }
        return done.map(Self.joined)
    }

    private mutating func place(_ piece: Piece, isSpace: Bool) {
        if used + piece.columns > columns, !current.isEmpty { breakLine() }
        if used + piece.columns > columns, !current.isEmpty { breakLine() }
        current.append(piece)
        used += piece.columns
        if isSpace { keep = current.count }
    }

    private mutating func breakLine() {
        let cut = keep > 0 ? keep : current.count
        done.append(Array(current[..<cut]))
        current.removeFirst(cut)
        used = current.reduce(0) { $0 + $1.columns }
        keep = 0
    }

    /// Neighbours of one span become one piece.
    private static func joined(_ pieces: [Piece]) -> [Piece] {
        var joined: [Piece] = []
        for piece in pieces {
            if let last = joined.last, last.span == piece.span,
                last.range.upperBound == piece.range.lowerBound
            {
                joined[joined.count - 1].range = last.range.lowerBound..<piece.range.upperBound
                joined[joined.count - 1].columns += piece.columns
            } else {
                joined.append(piece)
            }
        }
        return joined
    }
}
