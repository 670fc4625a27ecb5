import Approvals
import JSONTree
import Keymap

extension ArgumentEditor {
    /// Opens the field of a value.
    mutating func open(_ line: EditorLine, isFresh: Bool = false) -> String? {
        let text: String
        let picks = PickList(checks.choices(at: line.pointer, in: tree))
        switch line.content {
        case .scalar(let value) where !picks.all.isEmpty: text = PickList.label(value)
        case .scalar(.string(let string)): text = string
        case .scalar(.number(let number)): text = number.text
        case .scalar(.bool): return edit(.toggleValue, at: line)
        case .handle: text = ""
        case .scalar(.null): return "Null has nothing to type: press t to change its type."
        case .scalar, .array, .object: return nil
        }
        let kind = Self.typedKind(line.content.kind)
        field = Field(
            purpose: .value(path: line.path, kind: kind, isFresh: isFresh),
            text: TextField(text, bytesMax: Self.textBytesMax, takesNewlines: kind == "string"),
            picks: picks)
        check()
        return nil
    }

    private mutating func edit(_ action: Action, at line: EditorLine) -> String? {
        perform(action, rows: 1)
    }

    /// What can be typed in one line is text or a number; all else is made from text by its type
    /// key.
    private static func typedKind(_ kind: String) -> String { kind == "number" ? kind : "string" }

    /// Adds an element, or asks for the name of a member, below the cursor.
    mutating func add(near line: EditorLine) -> String? {
        let isInside = line.childCount != nil && !line.isFolded
        let path = isInside ? line.path : line.path.dropLast()
        let index = isInside ? 0 : (line.path.last ?? 0) + 1
        guard let parent = tree.node(at: path) else { return nil }
        let pointer = tree.pointer(of: path)
        if case .object = parent.content {
            // The rule is asked again when the name is known.
            field = Field(
                purpose: .name(path: path, index: index),
                text: TextField(bytesMax: Self.nameBytesMax))
            return nil
        }
        if let reason = checks.refusal(at: pointer.appending(index)) { return reason }
        insert(named: nil, kind: kindOfNeighbour(parent), at: index, in: path)
        return nil
    }

    /// Changes what is being typed.
    mutating func changeField(_ change: (inout TextField) -> Void) {
        if var text = field?.text {
            change(&text)
            field?.text = text
            field?.picks.narrow(to: text.text)
        }
        check()
    }

    /// Carries out an action of typing; a sentence when it cannot be done.
    mutating func performInField(_ action: Action, rows: Int) -> String? {
        defer { scroll(rows: rows) }
        if action == .cancel {
            closeField()
            return nil
        }
        if action == .accept { return accept() }
        if action == .laterEntry || action == .earlierEntry {
            pick(action == .laterEntry ? 1 : -1)
            return nil
        }
        let before = field?.text.text
        if field?.text.perform(action) == true {
            if let text = field?.text.text, text != before { field?.picks.narrow(to: text) }
            check()
        }
        return nil
    }

    /// Goes to the next value that the schema offers, or to the one before.
    mutating func pick(_ step: Int) {
        guard let text = field?.text.text, let label = field?.picks.step(step, from: text) else {
            return
        }
        field?.text.replace(with: label)
        check()
    }

    /// Leaves the field; what was added only for it goes too.
    mutating func closeField() {
        guard let field else { return }
        self.field = nil
        if case .value(_, _, isFresh: true) = field.purpose { _ = undo() }
        problems = checks.problems(in: tree)
        if let refused = checks.refused(in: patch) { problems.insert(refused, at: 0) }
    }

    private mutating func accept() -> String? {
        guard let field else { return nil }
        switch field.purpose {
        case .name(let path, let index): return acceptName(field, path, index)
        case .rename(let path): return acceptRename(field, path)
        case .value(let path, let kind, let isFresh):
            guard let value = Self.value(of: field, kind) else { return field.problem }
            self.field = nil
            guard tree.node(at: path)?.content != .scalar(value) else {
                relist()
                return nil
            }
            guard isFresh else {
                change { $0.change(at: path) { $0.content = .scalar(value) } }
                return nil
            }
            // Adding a value and typing it is one step for undo.
            tree.change(at: path) { $0.content = .scalar(value) }
            relist()
            return nil
        }
    }

    private mutating func acceptName(_ field: Field, _ path: [Int], _ index: Int) -> String? {
        let name = field.text.text
        let pointer = tree.pointer(of: path)
        if let problem = nameProblem(name, in: path) {
            self.field?.problem = problem
            return problem
        }
        self.field = nil
        if let copied = field.copied {
            change { $0.insert(copied, named: name, at: index, in: path) }
            moveTo(pointer.appending(name))
            return nil
        }
        let kind = checks.kind(of: name, in: pointer) ?? "string"
        insert(named: name, kind: kind, at: index, in: path)
        return nil
    }

    private mutating func acceptRename(_ field: Field, _ path: [Int]) -> String? {
        let name = field.text.text
        let parent = Array(path.dropLast())
        if let last = tree.pointer(of: path).tokens.last, last.isSame(as: name) {
            self.field = nil
            return nil
        }
        if let problem = nameProblem(name, in: parent) {
            self.field?.problem = problem
            return problem
        }
        self.field = nil
        change { $0.rename(at: path, to: name) }
        moveTo(tree.pointer(of: path))
        return nil
    }

    private func nameProblem(_ name: String, in path: [Int]) -> String? {
        if name.isEmpty { return "A member needs a name." }
        if name.isSame(as: Redaction.marker) { return "This name stands for hidden values." }
        if case .object(let members) = tree.node(at: path)?.content,
            members.contains(where: { $0.name.isSame(as: name) })
        {
            return "There is a member of this name already."
        }
        return checks.refusal(at: tree.pointer(of: path).appending(name))
    }

    private mutating func insert(named name: String?, kind: String, at index: Int, in path: [Int]) {
        let node = EditNode(.empty(ofKind: kind))
        change { $0.insert(node, named: name, at: index, in: path) }
        moveTo(tree.pointer(of: path + [index]))
        guard let line, ["string", "number"].contains(node.content.kind) else { return }
        _ = open(line, isFresh: true)
        if node.content == .scalar(0) { field?.text.replace(with: "") }
        check()
    }

    private func kindOfNeighbour(_ parent: EditNode) -> String {
        guard case .array(let nodes) = parent.content, let last = nodes.last else {
            return "string"
        }
        if case .handle = last.content { return "string" }
        return last.content.kind
    }

    /// Says at the field what is wrong with what was typed so far.
    mutating func check() {
        guard let field else { return }
        switch field.purpose {
        case .name(let path, _):
            let problem = field.text.isEmpty ? nil : nameProblem(field.text.text, in: path)
            self.field?.problem = problem
        case .rename(let path):
            let isSame = tree.pointer(of: path).tokens.last?.isSame(as: field.text.text) ?? false
            let problem = nameProblem(field.text.text, in: Array(path.dropLast()))
            self.field?.problem = isSame ? nil : problem
        case .value(let path, let kind, _):
            guard let value = Self.value(of: field, kind) else {
                self.field?.problem = "must be a number, like 12 or -0.5"
                return
            }
            var candidate = tree
            candidate.change(at: path) { $0.content = .scalar(value) }
            problems = checks.problems(in: candidate)
            let pointer = tree.pointer(of: path)
            self.field?.problem = problems.first { $0.pointer == pointer }?.sentence
        }
    }

    /// A number keeps its digits; everything else that is typed is text, unless the schema has it.
    private static func value(of field: Field, _ kind: String) -> JSONValue? {
        if let value = field.picks.value(of: field.text.text) { return value }
        let text = field.text.text
        return kind == "number" ? JSONNumber(text).map { .number($0) } : .string(text)
    }
}
