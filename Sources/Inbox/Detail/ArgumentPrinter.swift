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

    let handles: [JSONPointer: Handle]
    let folded: Set<JSONPointer>
    var out: LineCollector

    /// Prints into `out`.
    init(handles: [JSONPointer: Handle], folded: Set<JSONPointer>, into out: LineCollector) {
        self.handles = handles
        self.folded = folded
        self.out = out
    }

    /// The cells in front of names: a pointer, the mark and a space.
    static let margin = 3
    /// The cells of one level.
    static let step = 2
    /// A string of more bytes is printed piece by piece, as far as somebody looks.
    static let longFrom = 4_096

    /// Prints a value that nobody changed, or that was added or removed whole.
    mutating func print(
        _ value: JSONValue, _ name: ValueName, at pointer: JSONPointer, depth: Int,
        _ mark: Mark = .same
    ) {
        guard !out.isFull else { return }
        if let handle = handles[pointer], handle.stands(for: value) {
            put(name, ValueText.handle(handle), at: pointer, depth: depth, mark)
            return
        }
        switch value {
        case .string(let text) where text.utf8.count > Self.longFrom:
            putLong(text, name, at: pointer, depth: depth, mark)
        case .null, .bool, .number, .string:
            put(name, ValueText.scalar(value, mark.role), at: pointer, depth: depth, mark)
        case .array(let elements):
            guard open(name, "[", elements.count, at: pointer, depth: depth, mark) else { return }
            for (index, element) in elements.enumerated() where !out.isFull {
                print(
                    element, .element(index), at: pointer.appending(index), depth: depth + 1, mark)
            }
        case .object(let object):
            guard open(name, "{", object.count, at: pointer, depth: depth, mark) else { return }
            let width = ValueName.width(of: object.members.map(\.name))
            for member in object.members where !out.isFull {
                print(
                    member.value, .member(member.name, width: width),
                    at: pointer.appending(member.name), depth: depth + 1, mark)
            }
        }
    }

    /// Prints what an edit makes of a value.
    mutating func print(
        _ original: JSONValue, editedTo node: EditNode, _ name: ValueName, at pointer: JSONPointer,
        depth: Int
    ) {
        guard !out.isFull else { return }
        switch (original, node.content) {
        case (_, .handle): print(original, name, at: pointer, depth: depth)
        case (.object(let object), .object(let members)) where handles[pointer] == nil:
            print(object, editedTo: members, name, at: pointer, depth: depth)
        case (.array(let elements), .array(let nodes)):
            print(elements, editedTo: nodes, name, at: pointer, depth: depth)
        case (_, .scalar(let value)) where value == original:
            print(original, name, at: pointer, depth: depth)
        case (_, .scalar(let value)) where Self.isSingle(original, handles[pointer]):
            let old = ValueText.old(original, handles[pointer])
            put(
                name,
                old + Line([Span(" ", .dim), Span(.arrow), Span(" ", .dim)])
                    + ValueText.scalar(value, .changed), at: pointer, depth: depth, .changed)
        case (_, .scalar), (_, .array), (_, .object):
            print(original, name, at: pointer, depth: depth, .removed)
            print(node.value, name, at: pointer, depth: depth, .added)
        }
    }

    private mutating func print(
        _ object: JSONObject, editedTo members: [EditMember], _ name: ValueName,
        at pointer: JSONPointer, depth: Int
    ) {
        let count = max(1, members.count + object.count)
        guard open(name, "{", count, at: pointer, depth: depth, .same) else { return }
        let width = ValueName.width(of: object.names + members.map(\.name))
        for member in object.members where !out.isFull {
            let place = pointer.appending(member.name)
            let name = ValueName.member(member.name, width: width)
            if let edited = members.first(where: { $0.name.isSame(as: member.name) }) {
                print(member.value, editedTo: edited.node, name, at: place, depth: depth + 1)
            } else {
                print(member.value, name, at: place, depth: depth + 1, .removed)
            }
        }
        for member in members where object[member.name] == nil && !out.isFull {
            print(
                member.node.value, .member(member.name, width: width),
                at: pointer.appending(member.name), depth: depth + 1, .added)
        }
    }

    private mutating func print(
        _ elements: [JSONValue], editedTo nodes: [EditNode], _ name: ValueName,
        at pointer: JSONPointer, depth: Int
    ) {
        let count = max(1, nodes.count + elements.count)
        guard open(name, "[", count, at: pointer, depth: depth, .same) else { return }
        var next = 0
        func place(_ index: Int) -> JSONPointer { pointer.appending(index) }
        for (index, node) in nodes.enumerated() where !out.isFull {
            guard let origin = node.origin, elements.indices.contains(origin) else {
                print(node.value, .element(index), at: place(index), depth: depth + 1, .added)
                continue
            }
            removed(elements, next..<max(next, origin), at: pointer, depth: depth + 1)
            next = max(next, origin + 1)
            print(
                elements[origin], editedTo: node, .element(origin), at: place(origin),
                depth: depth + 1)
        }
        removed(elements, next..<max(next, elements.count), at: pointer, depth: depth + 1)
    }

    private mutating func removed(
        _ elements: [JSONValue], _ range: Range<Int>, at pointer: JSONPointer, depth: Int
    ) {
        for index in range where !out.isFull {
            print(
                elements[index], .element(index), at: pointer.appending(index), depth: depth,
                .removed)
        }
    }

    private static func isSingle(_ value: JSONValue, _ handle: Handle?) -> Bool {
        if handle?.stands(for: value) == true { return true }
        return switch value {
        case .null, .bool, .number, .string: true
        case .array(let elements): elements.isEmpty
        case .object(let object): object.isEmpty
        }
    }

    /// Prints the head of a container; false when nothing of it follows.
    private mutating func open(
        _ name: ValueName, _ bracket: String, _ count: Int, at pointer: JSONPointer, depth: Int,
        _ mark: Mark
    ) -> Bool {
        let role = mark.role ?? .dim
        guard count > 0 else {
            let empty = Line(bracket == "{" ? "{}" : "[]", role)
            put(name, empty, at: pointer, depth: depth, mark)
            return false
        }
        let isFolded = folded.contains(pointer)
        // The arguments themselves need no head line.
        guard case .root = name else {
            let what = bracket == "{" ? "members" : "elements"
            let hidden = isFolded ? " \(count) \(what) folded" : ""
            let head = margin(mark, depth) + name.line(mark) + Line(bracket + hidden, role)
            for line in head.wrapped(to: out.columns) {
                out.put(line, .container(pointer, isFolded: isFolded))
            }
            return !isFolded
        }
        return true
    }

    func margin(_ mark: Mark, _ depth: Int) -> Line {
        let indent = min(max(0, depth - 1) * Self.step, max(0, out.columns / 3))
        return Line([
            .spaces(1), Span(mark.text, mark.role ?? .dim), .spaces(1 + indent),
        ])
    }
}
