import Approvals
import JSONTree
import Keymap

/// What an edit does to the shape of the arguments, and how one moves about in it.
extension ArgumentEditor {
    static let hiddenStays = "A hidden value stays where it is: keep it, replace it or delete it."

    mutating func foldAll(_ isFolded: Bool) -> String? {
        let wanted = isFolded ? tree.value.containers : []
        guard folded != wanted else {
            return isFolded ? "Everything is closed already." : "Everything is open already."
        }
        let place = line?.pointer
        folded = wanted
        lines = EditorLines(tree, folded: folded).lines
        cursor = min(cursor, max(0, lines.count - 1))
        guard let place else { return nil }
        if isFolded, let token = place.tokens.first {
            moveTo(JSONPointer(tokens: [token]))
        } else {
            moveTo(place)
        }
        return nil
    }

    mutating func moveBeside(_ line: EditorLine, by step: Int) -> String? {
        guard let index = line.path.last else { return "There is nothing beside the arguments." }
        let path = line.path.dropLast() + [index + step]
        guard tree.node(at: Array(path)) != nil else {
            return "There is nothing \(step > 0 ? "after" : "before") it at this level."
        }
        moveTo(tree.pointer(of: Array(path)))
        return nil
    }

    /// Asks for the new name of a member.
    mutating func rename(_ line: EditorLine) -> String? {
        guard case .member(let name) = line.name else { return "Only members have names." }
        guard let node = tree.node(at: line.path), !node.holdsHandle else {
            return Self.hiddenStays
        }
        field = Field(
            purpose: .rename(path: line.path), text: TextField(name, bytesMax: Self.nameBytesMax))
        return nil
    }

    /// Adds a copy behind the cursor; a member is asked for its name first.
    mutating func duplicate(_ line: EditorLine) -> String? {
        guard let index = line.path.last, let node = tree.node(at: line.path) else {
            return "The arguments themselves cannot be doubled."
        }
        guard !node.holdsHandle else { return Self.hiddenStays }
        let parent = Array(line.path.dropLast())
        guard case .member(let name) = line.name else {
            let place = tree.pointer(of: parent).appending(index + 1)
            if let reason = checks.refusal(at: place) { return reason }
            change { $0.insert(node.withoutOrigins, named: nil, at: index + 1, in: parent) }
            moveTo(place)
            return nil
        }
        field = Field(
            purpose: .name(path: parent, index: index + 1),
            text: TextField(name, bytesMax: Self.nameBytesMax), copied: node.withoutOrigins)
        return nil
    }

    /// Moves an element one place up or down.
    mutating func move(_ line: EditorLine, by step: Int) -> String? {
        guard case .element(let index) = line.name else {
            return "The order of members means nothing; only elements are moved."
        }
        let parent = Array(line.path.dropLast())
        let other = tree.pointer(of: parent).appending(index + step)
        guard tree.node(at: parent + [index + step]) != nil else {
            return step > 0 ? "It is the last element." : "It is the first element."
        }
        if let reason = checks.refusal(at: other) { return reason }
        var moved = tree
        guard moved.exchange(step > 0 ? index : index - 1, in: parent) else {
            return Self.hiddenStays
        }
        change { $0 = moved }
        moveTo(other)
        return nil
    }

    /// Puts back what the agent sent.
    mutating func restore(_ line: EditorLine) -> String? {
        var restored = tree
        guard restored.restore(at: line.path) else {
            return "It was added: there is nothing to put back."
        }
        guard restored != tree else { return "It is what the agent sent." }
        change { $0 = restored }
        return nil
    }
}
