package import JSONTree
package import TextGrid

/// One line of the detail pane, as it is drawn.
package struct DetailLine: Hashable, Sendable {
    /// What a line belongs to.
    package enum Part: Hashable, Sendable {
        /// Our own facts, or the agent's words.
        case words
        /// The piece of a value of the arguments; `isLast` for the end of the value.
        case value(JSONPointer, piece: Int, isLast: Bool)
        /// The head of an object or array with something in it.
        case container(JSONPointer, isFolded: Bool)
        /// A place in the JSON that the string at a pointer holds; seeing it is not seeing that.
        case inside(JSONPointer, JSONPointer)
    }

    package let line: Line
    package let part: Part

    package init(_ line: Line, _ part: Part = .words) {
        self.line = line
        self.part = part
    }

    /// The place in the arguments that it shows.
    package var pointer: JSONPointer? {
        switch part {
        case .words: nil
        case .value(let pointer, _, _), .container(let pointer, _), .inside(let pointer, _):
            pointer
        }
    }

    /// The place in the JSON of a string, for a line of such.
    package var inner: JSONPointer? {
        switch part {
        case .words, .value, .container: nil
        case .inside(_, let inner): inner
        }
    }
}

/// Collects lines until there are enough of them.
package struct LineCollector: Sendable {
    /// The cells of a line.
    package let columns: Int
    /// True where only ASCII is drawn.
    package let isASCII: Bool
    private let linesMax: Int
    package private(set) var lines: [DetailLine] = []

    package init(columns: Int, linesMax: Int, repertoire: Repertoire) {
        self.columns = max(1, columns)
        self.linesMax = linesMax
        isASCII = repertoire == .ascii
    }

    /// True when nobody wants to see more.
    package var isFull: Bool { lines.count >= linesMax }

    /// Adds a line as it is; it must fit.
    package mutating func put(_ line: Line, _ part: DetailLine.Part = .words) {
        if !isFull { lines.append(DetailLine(line, part)) }
    }

    /// Adds an empty line, unless the last is empty.
    package mutating func space() {
        if let last = lines.last, !last.line.spans.isEmpty { put(Line()) }
    }

    /// Adds a line broken where it must be; what follows the first is indented.
    package mutating func wrap(_ line: Line, indent: Int = 0) {
        let pieces = Self.wrapped(drawable(line), first: columns, rest: max(8, columns - indent))
        for (index, piece) in pieces.enumerated() where !isFull {
            put(index == 0 ? piece : Line([.spaces(indent)]) + piece)
        }
    }

    /// A label and what belongs to it, in two columns.
    package mutating func fact(_ label: String, _ value: Line) {
        let width = 8
        let label = Line([Span(SafeText(escaping: label).padded(to: width), .dim)])
        let room = columns - width
        guard room >= 12 else {
            wrap(label + value, indent: 2)
            return
        }
        for (index, piece) in drawable(value).wrapped(to: room).enumerated() where !isFull {
            put((index == 0 ? label : Line([.spaces(width)])) + piece)
        }
    }

    /// Words that are not ours: every line of them stands behind a mark, so that none can be taken
    /// for one of our own.
    package mutating func quote(
        _ texts: [String], by label: String = "", _ role: TextGrid.Role = .agentWords
    ) {
        let indent = label.isEmpty ? 0 : label.utf8.count + 1
        var front = label.isEmpty ? Line() : Line(label + " ", .dim)
        for line in texts.flatMap({ SafeText.lines(of: $0) }) where !isFull {
            let room = max(8, columns - indent - 2)
            for piece in drawable(Line(line, role)).wrapped(to: room) where !isFull {
                put(front + [Span("> ", .dim)] + piece)
                front = Line([.spaces(indent)])
            }
        }
    }

    /// The line as the terminal can draw it, so that its width is known before it is broken.
    func drawable(_ line: Line, asJSON: Bool = false) -> Line {
        isASCII ? line.inASCII(asJSON: asJSON) : line
    }

    /// Breaks a line whose first piece has another width than the rest.
    static func wrapped(_ line: Line, first: Int, rest: Int) -> [Line] {
        guard line.columns > first else { return [line] }
        guard first != rest else { return line.wrapped(to: first) }
        let pieces = line.wrapped(to: first)
        guard let head = pieces.first else { return [line] }
        let tail = Line(pieces.dropFirst().flatMap(\.spans))
        return [head] + tail.wrapped(to: rest)
    }
}
