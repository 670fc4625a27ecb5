extension SafeText {
    /// The same text for a terminal that knows only ASCII: every other character is a mark.
    ///
    /// A grid of that repertoire draws the same marks by itself; whoever breaks text into lines
    /// must know their width before. Within JSON text the marks are `\uXXXX`, so that it still
    /// parses.
    public func inASCII(asJSON: Bool = false) -> SafeText {
        guard !isASCII, !isGlyph else { return self }
        var twin = ""
        var marks: [Range<Int>] = []
        let starts = Set(self.marks.map(\.lowerBound))
        forEachCluster { cluster in
            let start = twin.utf8.count
            let isPlain = cluster.range.count == 1
            if isPlain {
                twin.unicodeScalars.append(cluster.base)
            } else {
                for scalar in text(in: cluster.range).unicodeScalars {
                    twin += scalar.isASCII ? String(scalar) : Self.mark(of: scalar, asJSON)
                }
            }
            let isInside = cluster.isMark && !starts.contains(cluster.range.lowerBound)
            if isInside, let last = marks.last, last.upperBound == start {
                marks[marks.count - 1] = last.lowerBound..<twin.utf8.count
            } else if cluster.isMark || !isPlain {
                marks.append(start..<twin.utf8.count)
            }
            return true
        }
        return SafeText(text: twin, columns: twin.utf8.count, marks: marks, isASCII: true)
    }

    private static func mark(of scalar: Unicode.Scalar, _ asJSON: Bool) -> String {
        asJSON ? JSONEscaper.name(of: scalar) : Escaper.name(of: scalar)
    }
}

extension Line {
    /// The same line for a terminal that knows only ASCII; see `SafeText.inASCII(asJSON:)`.
    public func inASCII(asJSON: Bool = false) -> Line {
        Line(spans.map { Span($0.text.inASCII(asJSON: asJSON), $0.role) })
    }
}
