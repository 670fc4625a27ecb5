import Approvals
import JSONTree

/// Writes the smallest patch of `add`, `remove` and `replace` that makes one tree of another.
///
/// Elements of an array are never exchanged for one another: they are known by what they were, so
/// removing the first of a hundred is one operation, and nothing hidden changes its place.
struct PatchWriter {
    private(set) var operations: [JSONPatch.Operation] = []

    mutating func compare(_ original: JSONValue, _ node: EditNode, at pointer: JSONPointer) {
        switch (original, node.content) {
        case (_, .handle(let handle)):
            // A handle only ever stands in its own place.
            precondition(handle.stands(for: original), "a hidden value is kept, never moved")
        case (.object(let object), .object(let members)) where !Redaction.isMask(original):
            // What is hidden has no parts here: it is replaced whole or not at all.
            compare(object, members, at: pointer)
        case (.array(let elements), .array(let nodes)):
            compare(elements, nodes, at: pointer)
        case (_, .scalar), (_, .array), (_, .object):
            let value = node.value
            if value != original { operations.append(.replace(pointer, value)) }
        }
    }

    private mutating func compare(
        _ object: JSONObject, _ members: [EditMember], at pointer: JSONPointer
    ) {
        // An object finds its members by a table when there are many; an array of them does not.
        let present = JSONObject(members.map { ($0.name, JSONValue.null) })
        for member in object.members where present.place(of: member.name) == nil {
            operations.append(.remove(pointer.appending(member.name)))
        }
        for member in members {
            let place = pointer.appending(member.name)
            if let original = object[member.name] {
                compare(original, member.node, at: place)
            } else {
                operations.append(.add(place, member.node.value))
            }
        }
    }

    /// Removes from the end, adds from the start, and then looks into what stayed.
    private mutating func compare(
        _ elements: [JSONValue], _ nodes: [EditNode], at pointer: JSONPointer
    ) {
        let kept = Set(nodes.compactMap(\.origin))
        for index in elements.indices.reversed() where !kept.contains(index) {
            operations.append(.remove(pointer.appending(index)))
        }
        for (index, node) in nodes.enumerated() where node.origin == nil {
            operations.append(.add(pointer.appending(index), node.value))
        }
        for (index, node) in nodes.enumerated() {
            guard let origin = node.origin, elements.indices.contains(origin) else { continue }
            compare(elements[origin], node, at: pointer.appending(index))
        }
    }
}
