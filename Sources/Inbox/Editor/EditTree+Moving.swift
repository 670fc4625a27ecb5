import JSONTree

extension EditTree {
    /// Gives the member at a path another name; it counts as a new one from then on.
    mutating func rename(at path: [Int], to name: String) {
        guard let index = path.last else { return }
        change(at: path.dropLast()) { parent in
            guard case .object(var members) = parent.content, members.indices.contains(index)
            else { return }
            members[index] = EditMember(name, members[index].node.withoutOrigins)
            parent.content = .object(members)
        }
    }

    /// Exchanges an element with the one after it; false when both hold hidden values.
    ///
    /// One of the two counts as new, because nothing hidden can change its place.
    mutating func exchange(_ index: Int, in path: [Int]) -> Bool {
        var isDone = false
        change(at: path) { parent in
            guard case .array(var nodes) = parent.content, nodes.indices.contains(index),
                nodes.indices.contains(index + 1)
            else { return }
            if !nodes[index].holdsHandle {
                nodes[index] = nodes[index].withoutOrigins
            } else if !nodes[index + 1].holdsHandle {
                nodes[index + 1] = nodes[index + 1].withoutOrigins
            } else {
                return
            }
            nodes.swapAt(index, index + 1)
            parent.content = .array(nodes)
            isDone = true
        }
        return isDone
    }

    /// Where the node at a path stood in the originals; nil for what was added.
    func originalPlace(of path: [Int]) -> JSONPointer? {
        var pointer = JSONPointer.root
        var node = root
        for index in path {
            guard let child = node.child(index) else { return nil }
            switch node.content {
            case .scalar, .handle: return nil
            case .array:
                guard let origin = child.origin else { return nil }
                pointer = pointer.appending(origin)
            case .object(let members): pointer = pointer.appending(members[index].name)
            }
            guard original[pointer] != nil else { return nil }
            node = child
        }
        return pointer
    }

    /// Puts back what stood at a place, with what is hidden in it; false for what was added.
    mutating func restore(at path: [Int]) -> Bool {
        guard let place = originalPlace(of: path), let value = original[place] else { return false }
        let node = Self.node(value, at: place, handles: handles)
        change(at: path) { $0.content = node.content }
        return true
    }
}
