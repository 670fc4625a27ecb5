import Approvals
import WireAPI
package import JSONTree
package import TextGrid

/// Arguments side by side in one line, with hidden values masked, as far as there is room.
package struct ArgumentsInOneLine {
    /// What is drawn.
    package let line: Line
    /// True when every value is in it, to its end.
    package let isWhole: Bool

    /// `effective` are the arguments after an edit, where there is one.
    package init(
        _ known: KnownView, _ effective: JSONValue? = nil, columns: Int, repertoire: Repertoire
    ) {
        var writer = Writer(
            handles: known.handles, columns: columns, isASCII: repertoire == .ascii)
        writer.write(effective ?? known.view.arguments, at: .root)
        let line = Line(writer.spans)
        isWhole = !writer.isFull && line.columns <= columns
        self.line = isWhole ? line : line.fitted(to: columns)
    }

    private struct Writer {
        let handles: [JSONPointer: Handle]
        let columns: Int
        let isASCII: Bool
        var spans: [Span] = []
        private var used = 0

        init(handles: [JSONPointer: Handle], columns: Int, isASCII: Bool) {
            self.handles = handles
            self.columns = columns
            self.isASCII = isASCII
        }

        /// True when there is no room for more, or something was left out.
        var isFull: Bool { used > columns }

        /// A longer text is not even made safe: it cannot be on one line.
        private static let bytesMax = 2_000

        mutating func write(_ value: JSONValue, at pointer: JSONPointer) {
            guard !isFull else { return }
            if let handle = handles[pointer]?.seen(in: value) {
                put(ValueText.handle(handle))
                return
            }
            switch value {
            case .string(let text) where text.utf8.count > Self.bytesMax:
                let start = String(text.unicodeScalars.prefix(columns))
                put(ValueText.scalar(.string(start)))
                used = columns + 1
            case .null, .bool, .number, .string: put(ValueText.scalar(value))
            case .array(let elements):
                put(Line("[", .dim))
                for (index, element) in elements.enumerated() where !isFull {
                    if index > 0 { put(Line(", ", .dim)) }
                    write(element, at: pointer.appending(index))
                }
                put(Line("]", .dim))
            case .object(let object): write(object, at: pointer)
            }
        }

        private mutating func write(_ object: JSONObject, at pointer: JSONPointer) {
            let isInner = !pointer.isRoot || object.isEmpty
            if isInner { put(Line("{", .dim)) }
            for (index, member) in object.members.enumerated() where !isFull {
                if index > 0 { put(isInner ? Line(", ", .dim) : Line([.spaces(2)])) }
                put([Span(ValueName.safe(member.name), .jsonName), .spaces(1)])
                write(member.value, at: pointer.appending(member.name))
            }
            if isInner { put(Line("}", .dim)) }
        }

        private mutating func put(_ line: Line) {
            guard !isFull else { return }
            let drawn = isASCII ? line.inASCII(asJSON: true) : line
            spans += drawn.spans
            used += drawn.columns
        }
    }
}
