/// One or two cells of text: a base and the marks on it.
struct Cluster {
    /// The base.
    let base: Unicode.Scalar
    /// UTF-8 offsets in the text.
    let range: Range<Int>
    /// 1 or 2.
    let columns: Int
    /// True when it belongs to a mark of the escaper.
    let isMark: Bool
    /// True when it is the first of that mark.
    let startsMark: Bool
}

extension SafeText {
    /// Visits the clusters from left to right until `body` says false.
    func forEachCluster(_ body: (Cluster) -> Bool) {
        var marks = marks[...]
        var open: Cluster?
        var offset = 0
        for scalar in text.unicodeScalars {
            let end = offset + UTF8.width(scalar)
            let width = scalar.isASCII ? 1 : Width.of(scalar)
            if width == 0, let base = open {
                open = Cluster(
                    base: base.base, range: base.range.lowerBound..<end, columns: base.columns,
                    isMark: base.isMark, startsMark: base.startsMark)
            } else {
                if let open, !body(open) { return }
                while let mark = marks.first, mark.upperBound <= offset { marks.removeFirst() }
                open = Cluster(
                    base: scalar, range: offset..<end, columns: max(1, width),
                    isMark: marks.first?.contains(offset) ?? false,
                    startsMark: marks.first?.lowerBound == offset)
            }
            offset = end
        }
        if let open { _ = body(open) }
    }

    /// The text of a range of UTF-8 offsets that starts and ends between clusters.
    func text(in range: Range<Int>) -> String {
        let start = text.utf8.index(text.utf8.startIndex, offsetBy: range.lowerBound)
        let end = text.utf8.index(start, offsetBy: range.count)
        return String(text[start..<end])
    }

    /// Part of it; `columns` must be the cells of that part.
    func slice(_ range: Range<Int>, columns: Int) -> SafeText {
        guard range != 0..<text.utf8.count else { return self }
        var inside: [Range<Int>] = []
        for mark in marks[firstMark(endingAfter: range.lowerBound)...] {
            guard mark.lowerBound < range.upperBound else { break }
            let part = mark.clamped(to: range)
            inside.append(part.lowerBound - range.lowerBound..<part.upperBound - range.lowerBound)
        }
        return SafeText(
            text: text(in: range), columns: columns, marks: inside, isASCII: isASCII,
            isGlyph: isGlyph, hasRightToLeft: hasRightToLeft)
    }

    /// Marks are in order, and a long text has many of them.
    private func firstMark(endingAfter offset: Int) -> Int {
        var low = 0
        var high = marks.count
        while low < high {
            let middle = (low + high) / 2
            if marks[middle].upperBound > offset { high = middle } else { low = middle + 1 }
        }
        return low
    }

    /// The part that fits in `columns` cells and the rest; a wide cluster is never halved.
    public func split(at columns: Int) -> (head: SafeText, tail: SafeText) {
        guard columns < self.columns else { return (self, .empty) }
        var used = 0
        var cut = 0
        if isASCII {
            used = max(0, columns)
            cut = used
        } else {
            forEachCluster { cluster in
                guard used + cluster.columns <= columns else { return false }
                used += cluster.columns
                cut = cluster.range.upperBound
                return true
            }
        }
        return (
            slice(0..<cut, columns: used),
            slice(cut..<text.utf8.count, columns: self.columns - used)
        )
    }

    /// Blank space behind it up to `columns`; a longer text stays as it is.
    public func padded(to columns: Int) -> SafeText {
        columns > self.columns ? self + .spaces(columns - self.columns) : self
    }

    /// Two texts one after the other.
    public static func + (left: SafeText, right: SafeText) -> SafeText {
        if left.isEmpty { return right }
        if right.isEmpty { return left }
        let shift = left.text.utf8.count
        return SafeText(
            text: left.text + right.text, columns: left.columns + right.columns,
            marks: left.marks + right.marks.map { $0.lowerBound + shift..<$0.upperBound + shift },
            isASCII: left.isASCII && right.isASCII, isGlyph: left.isGlyph && right.isGlyph,
            hasRightToLeft: left.hasRightToLeft || right.hasRightToLeft)
    }
}
