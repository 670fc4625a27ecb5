import Approvals
package import JSONTree
package import WireAPI

/// The arguments as they were and as they are while somebody edits them.
///
/// What comes out is a patch against the originals, so whatever was not touched stays as it was,
/// byte for byte, hidden values included.
package struct EditTree: Hashable, Sendable {
    /// The arguments as the view shows them.
    package let original: JSONValue
    package let handles: [JSONPointer: Handle]
    package private(set) var root: EditNode

    /// Arguments that nobody touched.
    package init(_ original: JSONValue, redacted: [RedactedBody]) {
        self.original = original
        handles = redacted.handles
        root = Self.node(original, at: .root, handles: handles)
    }

    /// The arguments as they are now, with the mask where a value is hidden.
    package var value: JSONValue { root.value }

    /// True when something differs from the originals.
    package var isChanged: Bool { !patch.isEmpty }

    /// The change, as small as it can be said.
    package var patch: JSONPatch {
        var writer = PatchWriter()
        writer.compare(original, root, at: .root)
        return JSONPatch(writer.operations)
    }

    /// The node at a path of child numbers.
    package func node(at path: [Int]) -> EditNode? {
        var node = root
        for index in path {
            guard let next = node.child(index) else { return nil }
            node = next
        }
        return node
    }

    /// Changes the node at a path; nothing when there is none.
    mutating func change(at path: [Int], _ change: (inout EditNode) -> Void) {
        Self.change(&root, path[...], change)
    }

    /// Takes the node at a path out; the root stays.
    mutating func remove(at path: [Int]) {
        guard let index = path.last else { return }
        change(at: path.dropLast()) { $0.removeChild(index) }
    }

    /// Puts a member or an element into the container at `path`.
    mutating func insert(_ node: EditNode, named name: String?, at index: Int, in path: [Int]) {
        change(at: path) { parent in
            switch parent.content {
            case .scalar, .handle: return
            case .array(var nodes):
                nodes.insert(node, at: min(max(0, index), nodes.count))
                parent.content = .array(nodes)
            case .object(var members):
                guard let name else { return }
                let member = EditMember(name, node)
                members.insert(member, at: min(max(0, index), members.count))
                parent.content = .object(members)
            }
        }
    }

    /// The place of a path as a pointer into the arguments as they are now.
    package func pointer(of path: [Int]) -> JSONPointer {
        var pointer = JSONPointer.root
        var node = root
        for index in path {
            switch node.content {
            case .scalar, .handle: return pointer
            case .array: pointer = pointer.appending(index)
            case .object(let members):
                guard members.indices.contains(index) else { return pointer }
                pointer = pointer.appending(members[index].name)
            }
            guard let next = node.child(index) else { return pointer }
            node = next
        }
        return pointer
    }

    /// The path of a pointer; nil when nothing stands there.
    package func path(of pointer: JSONPointer) -> [Int]? {
        var path: [Int] = []
        var node = root
        for token in pointer.tokens {
            let index: Int?
            switch node.content {
            case .scalar, .handle: index = nil
            case .array: index = JSONPointer.index(token)
            case .object(let members): index = members.firstIndex { $0.name.isSame(as: token) }
            }
            guard let index, let next = node.child(index) else { return nil }
            path.append(index)
            node = next
        }
        return path
    }

    private static func change(
        _ node: inout EditNode, _ path: ArraySlice<Int>, _ change: (inout EditNode) -> Void
    ) {
        guard let index = path.first else {
            change(&node)
            return
        }
        node.changeChild(index) { Self.change(&$0, path.dropFirst(), change) }
    }

    static func node(
        _ value: JSONValue, at pointer: JSONPointer, handles: [JSONPointer: Handle]
    ) -> EditNode {
        if let handle = handles[pointer], handle.stands(for: value) {
            return EditNode(.handle(handle))
        }
        switch value {
        case .null, .bool, .number, .string: return EditNode(.scalar(value))
        case .array(let elements):
            return EditNode(
                .array(
                    elements.enumerated().map { index, element in
                        var node = node(element, at: pointer.appending(index), handles: handles)
                        node.origin = index
                        return node
                    }))
        case .object(let object):
            return EditNode(
                .object(
                    object.members.map {
                        EditMember(
                            $0.name,
                            node($0.value, at: pointer.appending($0.name), handles: handles))
                    }))
        }
    }
}
