import JSONTree
import TextGrid

extension ArgumentPrinter {
    /// Where a value stands: behind its name, or below it when there is too little room.
    private struct Frame {
        /// Lines that hold the name alone.
        var heads: [Line] = []
        /// What stands in front of the first piece of the value.
        var front: Line
        /// The cells in front of the other pieces.
        var indent: Int
        /// The cells of the first piece and of the others.
        var first: Int
        var rest: Int
    }

    /// A value whose name leaves less room than this stands below its name.
    private static let roomMin = 24

    /// Prints a name and a value over as many lines as they need; nothing is cut off.
    mutating func put(
        _ name: ValueName, _ value: Line, at pointer: JSONPointer, depth: Int, _ mark: Mark,
        type: String = ""
    ) {
        let value = out.drawable(value, asJSON: true)
        let frame = frame(name, value.columns, depth, mark)
        heads(of: frame, at: pointer)
        let pieces = LineCollector.wrapped(value, first: frame.first, rest: frame.rest)
        for (index, piece) in pieces.enumerated() where !out.isFull {
            let front = index == 0 ? frame.front : continuation(mark, frame.indent)
            let isLast = index == pieces.count - 1
            let line = isLast ? tagged(front + piece, type) : front + piece
            out.put(line, part(pointer, piece: index, isLast: isLast, mark))
        }
    }

    /// Prints a long string in pieces, so that its first lines cost the same however long it is.
    mutating func putLong(
        _ text: String, _ name: ValueName, at pointer: JSONPointer, depth: Int, _ mark: Mark
    ) {
        let frame = frame(name, .max, depth, mark)
        heads(of: frame, at: pointer)
        let scalars = text.unicodeScalars
        var start = scalars.startIndex
        var piece = 0
        while start < scalars.endIndex, !out.isFull {
            let end =
                scalars.index(start, offsetBy: Self.segment, limitedBy: scalars.endIndex)
                ?? scalars.endIndex
            let isLast = end == scalars.endIndex
            let json = JSONValue.string(String(scalars[start..<end])).text(.compact)
            var safe = SafeText.json(json)
            if start > scalars.startIndex { safe = safe.split(at: 1).tail }
            if !isLast { safe = safe.split(at: safe.columns - 1).head }
            if out.isASCII { safe = safe.inASCII(asJSON: true) }
            let lines = safe.wrapped(to: frame.rest, mark.role ?? .jsonString)
            for (index, line) in lines.enumerated() where !out.isFull {
                let front = piece == 0 ? frame.front : continuation(mark, frame.indent)
                let isEnd = isLast && index == lines.count - 1
                let whole = isEnd ? tagged(front + line, "string") : front + line
                out.put(whole, part(pointer, piece: piece, isLast: isEnd, mark))
                piece += 1
            }
            start = end
        }
    }

    /// How many scalars of a long string are made safe at once.
    private static let segment = 2_048

    /// The type behind a value, where there is room for all of it.
    func tagged(_ line: Line, _ type: String) -> Line {
        guard looks.showsTypes, !type.isEmpty, line.columns + type.utf8.count + 2 <= out.columns
        else { return line }
        return line + [Span("  ", .dim), Span(type, .dim)]
    }

    /// What an edit adds is no part of what the agent asked for.
    private func part(
        _ pointer: JSONPointer, piece: Int, isLast: Bool, _ mark: Mark
    ) -> DetailLine.Part {
        if let string = looks.inside { return .inside(string, pointer) }
        return mark == .added || mark == .other
            ? .container(pointer, isFolded: false) : .value(pointer, piece: piece, isLast: isLast)
    }

    /// The part of a line that is only the head of something.
    func headPart(_ pointer: JSONPointer, isFolded: Bool = false) -> DetailLine.Part {
        looks.inside.map { .inside($0, pointer) } ?? .container(pointer, isFolded: isFolded)
    }

    private mutating func heads(of frame: Frame, at pointer: JSONPointer) {
        for head in frame.heads { out.put(head, headPart(pointer)) }
    }

    private func frame(_ name: ValueName, _ columns: Int, _ depth: Int, _ mark: Mark) -> Frame {
        let head = margin(mark, depth) + out.drawable(name.line(mark), asJSON: true)
        let room = out.columns - head.columns
        let below = max(
            2, min(Self.margin + Self.step + max(0, depth - 1) * Self.step, out.columns / 3))
        if columns <= room {
            return Frame(front: head, indent: head.columns, first: room, rest: room)
        }
        if room >= Self.roomMin, columns != .max {
            return Frame(front: head, indent: head.columns, first: room, rest: room)
        }
        let rest = max(1, out.columns - below)
        return Frame(
            heads: head.wrapped(to: out.columns), front: continuation(mark, below), indent: below,
            first: rest, rest: rest)
    }

    private func continuation(_ mark: Mark, _ indent: Int) -> Line {
        Line([.spaces(1), sign(mark), .spaces(max(0, indent - 2))])
    }
}
