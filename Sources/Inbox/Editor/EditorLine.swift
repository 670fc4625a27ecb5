package import JSONTree

/// One line of the tree of arguments while they are edited.
package struct EditorLine: Hashable, Sendable {
    /// How a line is called.
    package enum Name: Hashable, Sendable {
        case root
        case member(String)
        case element(Int)
    }

    /// What became of a value.
    package enum Change: Hashable, Sendable {
        case none
        case added
        /// Was this before.
        case changed(JSONValue)
    }

    package let name: Name
    /// The numbers of the children on the way to it.
    package let path: [Int]
    package let pointer: JSONPointer
    package let content: EditNode.Content
    package let change: Change
    package let isFolded: Bool

    /// How far it stands to the right.
    package var depth: Int { path.count }
}

/// Flattens a tree into the lines that are not folded away.
struct EditorLines {
    let folded: Set<JSONPointer>
    private(set) var lines: [EditorLine] = []

    init(_ tree: EditTree, folded: Set<JSONPointer>) {
        self.folded = folded
        append(tree.root, .root, [], .root, before: tree.original)
    }

    private mutating func append(
        _ node: EditNode, _ name: EditorLine.Name, _ path: [Int], _ pointer: JSONPointer,
        before: JSONValue?
    ) {
        let isFolded = folded.contains(pointer) && (node.childCount ?? 0) > 0
        lines.append(
            EditorLine(
                name: name, path: path, pointer: pointer, content: node.content,
                change: Self.change(node, before: before), isFolded: isFolded))
        guard !isFolded else { return }
        switch node.content {
        case .scalar, .handle: break
        case .array(let nodes):
            for (index, child) in nodes.enumerated() {
                append(
                    child, .element(index), path + [index], pointer.appending(index),
                    before: child.origin.flatMap { before?[$0] })
            }
        case .object(let members):
            for (index, member) in members.enumerated() {
                append(
                    member.node, .member(member.name), path + [index],
                    pointer.appending(member.name), before: before?[member.name])
            }
        }
    }

    private static func change(_ node: EditNode, before: JSONValue?) -> EditorLine.Change {
        guard let before else { return .added }
        switch (node.content, before) {
        case (.handle, _), (.array, .array), (.object, .object): return .none
        case (.scalar(let value), _): return value == before ? .none : .changed(before)
        case (.array, _), (.object, _): return .changed(before)
        }
    }
}
