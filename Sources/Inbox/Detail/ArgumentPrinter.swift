import Approvals
import JSONTree
package import TextGrid

/// Prints arguments as lines: names, values, and what an edit does to them.
///
/// Marks stand in text, not in colour alone: `+` added, `-` removed, `~` changed.
package struct ArgumentPrinter {
    /// What became of a line.
    package enum Mark: Hashable, Sendable {
        case same, added, removed, changed
        /// Unchanged, but not what the agent asked for: seeing it is not seeing that.
        case other

        /// The character in front of the line.
        package var text: String {
            switch self {
            case .same, .other: " "
            case .added: "+"
            case .removed: "-"
            case .changed: "~"
            }
        }

        /// How the line looks; nil for the looks of the value itself.
        package var role: TextGrid.Role? {
            switch self {
            case .same, .other: nil
            case .added: .added
            case .removed: .removed
            case .changed: .changed
            }
        }
    }

    /// What is shown beside the values themselves.
    struct Looks {
        /// What is folded away.
        var folded: Set<JSONPointer> = []
        /// Strings whose JSON is shown in their place.
        var opened: Set<JSONPointer> = []
        /// True to name the type behind each value.
        var showsTypes = false
        /// What is to be said about texts.
        var notes: [JSONPointer: [String]] = [:]
        /// The string whose JSON is printed; nil for the arguments themselves.
        var inside: JSONPointer?
    }

    let handles: [JSONPointer: Handle]
    var looks: Looks
    var out: LineCollector

    /// Prints into `out`.
    init(
        handles: [JSONPointer: Handle], looks: Looks = Looks(), into out: LineCollector
    ) {
        self.handles = handles
        self.looks = looks
        self.out = out
    }

    /// The cells in front of names: a pointer, the mark and a space.
    static let margin = 3
    /// The cells of one level.
    static let step = 2
    /// A string of more bytes is printed piece by piece, as far as somebody looks.
    static let longFrom = 4_096

    /// Prints a value that nobody changed, or that was added or removed whole.
    mutating func write(
        _ value: JSONValue, _ name: ValueName, at pointer: JSONPointer, depth: Int,
        _ mark: Mark = .same
    ) {
        guard !out.isFull else { return }
        if let handle = handles[pointer]?.seen(in: value) {
            put(name, ValueText.handle(handle), at: pointer, depth: depth, mark)
            note(pointer, depth: depth, mark)
            return
        }
        if mark == .same, looks.opened.contains(pointer), let inner = value.inner {
            write(inner: inner, name, at: pointer, depth: depth)
            return
        }
        switch value {
        case .string(let text) where text.utf8.count > Self.longFrom:
            putLong(text, name, at: pointer, depth: depth, mark)
            note(pointer, depth: depth, mark)
        case .null, .bool, .number, .string:
            put(
                name, ValueText.scalar(value, mark.role), at: pointer, depth: depth, mark,
                type: value.typeText)
            note(pointer, depth: depth, mark)
        case .array(let elements):
            guard open(name, "[", elements.count, at: pointer, depth: depth, mark) else { return }
            for (index, element) in elements.enumerated() where !out.isFull {
                write(
                    element, .element(index), at: pointer.appending(index), depth: depth + 1, mark)
            }
        case .object(let object):
            guard open(name, "{", object.count, at: pointer, depth: depth, mark) else { return }
            let width = ValueName.width(of: object.members.map(\.name))
            for member in object.members where !out.isFull {
                write(
                    member.value, .member(member.name, width: width),
                    at: pointer.appending(member.name), depth: depth + 1, mark)
            }
        }
    }

    /// Prints what an edit makes of the arguments.
    mutating func write(_ original: JSONValue, editedTo root: EditNode) {
        var printer = self
        ArgumentDiff(handles: handles).walk(original, root) { event in
            printer.write(event)
            return !printer.out.isFull
        }
        self = printer
    }

    /// Prints one step of a change.
    private mutating func write(_ event: ArgumentDiff.Event) {
        let place = event.place
        switch event {
        case .head(_, let bracket):
            _ = open(
                place.name, bracket, 1, at: place.pointer, depth: place.depth, .same,
                isCounted: false)
        case .same(_, let value):
            write(value, place.name, at: place.pointer, depth: place.depth)
        case .removed(_, let value):
            write(value, place.name, at: place.pointer, depth: place.depth, .removed)
        case .added(_, let value):
            write(value, place.name, at: place.pointer, depth: place.depth, .added)
        case .changed(_, let old, let new):
            let line =
                ValueText.old(old, handles[place.pointer])
                + Line([Span(" ", .dim), Span(.arrow), Span(" ", .dim)])
                + ValueText.scalar(new, .changed)
            put(place.name, line, at: place.pointer, depth: place.depth, .changed)
            note(old, new, at: place.pointer, depth: place.depth)
        }
    }

    /// Prints the head of a container; false when nothing of it follows.
    mutating func open(
        _ name: ValueName, _ bracket: String, _ count: Int, at pointer: JSONPointer, depth: Int,
        _ mark: Mark, isCounted: Bool = true
    ) -> Bool {
        let role = mark.role ?? .dim
        guard count > 0 else {
            let empty = Line(bracket == "{" ? "{}" : "[]", role)
            put(name, empty, at: pointer, depth: depth, mark)
            return false
        }
        let isFolded = looks.folded.contains(pointer)
        // The arguments themselves need no head line.
        guard case .root = name else {
            let what = bracket == "{" ? "members" : "elements"
            let hidden = isFolded ? " \(count) \(what) folded" : ""
            let name = out.drawable(name.line(mark), asJSON: true)
            let head = margin(mark, depth) + name + Line(bracket + hidden, role)
            let kind = bracket == "{" ? "object of \(count)" : "array of \(count)"
            let lines = head.wrapped(to: out.columns)
            for (index, line) in lines.enumerated() {
                let isTagged = index == lines.count - 1 && !isFolded && isCounted
                out.put(
                    isTagged ? tagged(line, kind) : line, headPart(pointer, isFolded: isFolded))
            }
            return !isFolded
        }
        return true
    }

    /// Prints the JSON that a string holds, in the place of the string.
    private mutating func write(
        inner: JSONValue, _ name: ValueName, at pointer: JSONPointer, depth: Int
    ) {
        let head = margin(.same, depth) + out.drawable(name.line(.same), asJSON: true)
        for line in (head + Line("JSON in a string:", .warning)).wrapped(to: out.columns) {
            out.put(line, headPart(pointer))
        }
        var looks = Looks()
        looks.inside = pointer
        looks.showsTypes = self.looks.showsTypes
        var printer = ArgumentPrinter(handles: [:], looks: looks, into: out)
        // Without a name the head of the value would be left out.
        let children = inner.children ?? []
        let isObject = inner.objectValue != nil
        let width = ValueName.width(of: children.map(\.token))
        if children.isEmpty {
            printer.put(
                .root, Line(inner.text(.compact), .dim), at: .root, depth: depth + 1, .same)
        }
        for (index, child) in children.enumerated() where !printer.out.isFull {
            printer.write(
                child.value, isObject ? .member(child.token, width: width) : .element(index),
                at: JSONPointer(tokens: [child.token]), depth: depth + 1)
        }
        out = printer.out
    }

    /// Prints what is to be said about a text.
    private mutating func note(_ pointer: JSONPointer, depth: Int, _ mark: Mark) {
        guard mark == .same, looks.inside == nil, let notes = looks.notes[pointer] else { return }
        note(notes, at: pointer, depth: depth, mark)
    }

    /// Prints what is to be said about a change: that it can hardly be seen, or about its new text.
    mutating func note(_ old: JSONValue, _ new: JSONValue, at pointer: JSONPointer, depth: Int) {
        var notes = [ChangeNote.text(old, new)].compactMap(\.self)
        if let text = new.stringValue { notes += TextNotes.of(text) }
        note(notes, at: pointer, depth: depth, .changed)
    }

    private mutating func note(
        _ notes: [String], at pointer: JSONPointer, depth: Int, _ mark: Mark
    ) {
        let front = margin(mark, depth) + [.spaces(2), Span("! ", .warning)]
        for note in notes where !out.isFull {
            let room = max(8, out.columns - front.columns)
            for (index, piece) in out.drawable(Line(note, .warning)).wrapped(to: room).enumerated()
            where !out.isFull {
                out.put(
                    (index == 0 ? front : Line([.spaces(front.columns)])) + piece,
                    headPart(pointer))
            }
        }
    }

    func margin(_ mark: Mark, _ depth: Int) -> Line {
        let indent = min(max(0, depth - 1) * Self.step, max(0, out.columns / 3))
        return Line([.spaces(1), sign(mark), .spaces(1 + indent)])
    }

    /// The character in front of a line: what became of it, or that it stands in a string.
    func sign(_ mark: Mark) -> Span {
        looks.inside == nil ? Span(mark.text, mark.role ?? .dim) : Span("\"", .dim)
    }
}
