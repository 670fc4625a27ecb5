package import JSONTree
package import TextGrid

/// A change as two columns: what the agent asked for on the left, what would run on the right.
package struct SideBySide: Sendable {
    /// Two lines that stand beside each other.
    package struct Pair: Hashable, Sendable {
        package var left: Line
        package var right: Line
        /// The place in the arguments that they show.
        package var pointer: JSONPointer?
    }

    package private(set) var pairs: [Pair] = []

    /// Prints both sides, each `columns` wide.
    package init(_ editor: ArgumentEditor, columns: Int, repertoire: Repertoire) {
        let handles = editor.tree.handles
        var pairs: [Pair] = []
        func lines(
            _ value: JSONValue, _ place: ArgumentDiff.Place, _ mark: ArgumentPrinter.Mark
        ) -> [DetailLine] {
            var printer = ArgumentPrinter(
                handles: handles,
                into: LineCollector(columns: columns, linesMax: .max, repertoire: repertoire))
            printer.write(value, place.name, at: place.pointer, depth: place.depth, mark)
            return printer.out.lines
        }
        func add(_ left: [DetailLine], _ right: [DetailLine]) {
            for index in 0..<max(left.count, right.count) {
                pairs.append(
                    Pair(
                        left: index < left.count ? left[index].line : Line(),
                        right: index < right.count ? right[index].line : Line(),
                        pointer: (index < left.count ? left[index] : right[index]).pointer))
            }
        }
        ArgumentDiff(handles: handles).walk(editor.tree.original, editor.tree.root) { event in
            let place = event.place
            switch event {
            case .head(_, let bracket):
                var printer = ArgumentPrinter(
                    handles: handles,
                    into: LineCollector(columns: columns, linesMax: .max, repertoire: repertoire))
                _ = printer.open(
                    place.name, bracket, 1, at: place.pointer, depth: place.depth, .same,
                    isCounted: false)
                let head = printer.out.lines
                add(head, head)
            case .same(_, let value):
                let both = lines(value, place, .same)
                add(both, both)
            case .removed(_, let value): add(lines(value, place, .removed), [])
            case .added(_, let value): add([], lines(value, place, .added))
            case .changed(_, let old, let new):
                var printer = ArgumentPrinter(
                    handles: handles,
                    into: LineCollector(columns: columns, linesMax: .max, repertoire: repertoire))
                printer.note(old, new, at: place.pointer, depth: place.depth)
                add(lines(old, place, .changed), lines(new, place, .changed) + printer.out.lines)
            }
            return true
        }
        self.pairs = pairs
    }
}
