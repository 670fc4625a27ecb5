import Approvals
import JSONTree
import Keymap

extension ArgumentEditor {
    /// Carries out an action of the tree; a sentence when it cannot be done.
    mutating func perform(_ action: Action, rows: Int) -> String? {
        if moved(action, rows: rows) { return nil }
        defer { scroll(rows: rows) }
        if action == .undo { return undo() ? nil : "There is nothing to undo." }
        if action == .redo { return redo() ? nil : "There is nothing to redo." }
        if action == .expandAll || action == .collapseAll { return foldAll(action == .collapseAll) }
        guard let line else { return nil }
        if action == .nextSibling || action == .previousSibling {
            return moveBeside(line, by: action == .nextSibling ? 1 : -1)
        }
        if action == .expand || action == .collapse {
            return fold(line, action == .collapse)
        }
        return edit(action, line)
    }

    private mutating func edit(_ action: Action, _ line: EditorLine) -> String? {
        if action == .addMember { return add(near: line) }
        if action == .duplicateNode { return duplicate(line) }
        if action == .editValue, line.childCount != nil { return fold(line, !line.isFolded) }
        if action == .toggleValue, line.childCount != nil { return fold(line, !line.isFolded) }
        if let reason = checks.refusal(at: line.pointer) { return reason }
        if action == .editValue { return open(line) }
        if action == .toggleValue { return toggle(line) }
        if action == .setNull { return setNull(line) }
        if action == .changeType { return changeType(line) }
        if action == .deleteNode { return delete(line) }
        if action == .renameMember { return rename(line) }
        if action == .restoreValue { return restore(line) }
        if action == .moveNodeDown || action == .moveNodeUp {
            return move(line, by: action == .moveNodeDown ? 1 : -1)
        }
        return nil
    }

    private mutating func moved(_ action: Action, rows: Int) -> Bool {
        let last = max(0, lines.count - 1)
        if action == .moveDown {
            cursor += 1
        } else if action == .moveUp {
            cursor -= 1
        } else if action == .pageDown {
            cursor += max(1, rows - 1)
        } else if action == .pageUp {
            cursor -= max(1, rows - 1)
        } else if action == .halfPageDown {
            cursor += max(1, rows / 2)
        } else if action == .halfPageUp {
            cursor -= max(1, rows / 2)
        } else if action == .top {
            cursor = 0
        } else if action == .bottom {
            cursor = last
        } else {
            return false
        }
        cursor = min(max(0, cursor), last)
        scroll(rows: rows)
        return true
    }

    /// Folding an already folded line goes to what is around it, as in a file tree.
    private mutating func fold(_ line: EditorLine, _ isFolded: Bool) -> String? {
        if isFolded, line.childCount ?? 0 == 0 || line.isFolded {
            if let parent = line.pointer.parent { moveTo(parent) }
            return nil
        }
        if isFolded { folded.insert(line.pointer) } else { folded.remove(line.pointer) }
        lines = EditorLines(tree, folded: folded).lines
        return nil
    }

    private mutating func toggle(_ line: EditorLine) -> String? {
        guard case .scalar(.bool(let flag)) = line.content else {
            return "Only true and false can be toggled; press enter to change this value."
        }
        change { $0.change(at: line.path) { $0.content = .scalar(.bool(!flag)) } }
        return nil
    }

    /// Null, or back to what it was.
    private mutating func setNull(_ line: EditorLine) -> String? {
        guard line.content == .scalar(.null), case .changed(let before) = line.change else {
            guard !line.path.isEmpty else { return "The arguments themselves stay an object." }
            change { $0.change(at: line.path) { $0.content = .scalar(.null) } }
            return nil
        }
        let handle = tree.handles[line.pointer].flatMap { $0.stands(for: before) ? $0 : nil }
        guard handle != nil || !Redaction.containsMarker(before) else {
            return "Use undo to bring a hidden value back."
        }
        change {
            $0.change(at: line.path) {
                $0.content = handle.map { .handle($0) } ?? EditNode(before).content
            }
        }
        return nil
    }

    private mutating func delete(_ line: EditorLine) -> String? {
        guard !line.path.isEmpty else { return "The arguments themselves cannot be deleted." }
        change { $0.remove(at: line.path) }
        return nil
    }

    private mutating func changeType(_ line: EditorLine) -> String? {
        guard !line.path.isEmpty else { return "The arguments themselves stay an object." }
        change { $0.change(at: line.path) { $0.content = $0.content.ofNextKind } }
        return nil
    }
}

extension EditorLine {
    /// How many members or elements it has; nil for a single value.
    package var childCount: Int? { EditNode(content).childCount }
}

extension EditNode.Content {
    /// The JSON name of its type.
    package var kind: String {
        switch self {
        case .scalar(let value): value.kindName
        case .handle(let handle): handle.kind
        case .array: "array"
        case .object: "object"
        }
    }

    /// An empty value of a type.
    static func empty(ofKind kind: String) -> EditNode.Content {
        switch kind {
        case "number", "integer": .scalar(0)
        case "boolean": .scalar(false)
        case "null": .scalar(.null)
        case "array": .array([])
        case "object": .object([])
        default: .scalar("")
        }
    }

    /// The nearest value of the next type: text, number, truth value, null, object, array.
    var ofNextKind: EditNode.Content {
        switch self {
        case .scalar(.string(let text)):
            .scalar(JSONNumber(text).map { .number($0) } ?? 0)
        case .scalar(.number): .scalar(false)
        case .scalar(.bool): .scalar(.null)
        case .scalar(.null): .object([])
        case .scalar, .object: .array([])
        case .array, .handle: .scalar("")
        }
    }
}
