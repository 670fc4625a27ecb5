import Approvals
package import JSONTree

/// Why a change cannot be made to these arguments.
package struct EditMisfit: Error, Hashable, Sendable {
    /// Where it was meant to be made.
    package let pointer: JSONPointer
    /// A sentence fragment.
    package let reason: String
}

extension EditTree {
    /// Makes the changes of a patch, each by itself; returns those that do not fit any more.
    ///
    /// This is how a half-done edit moves to a fresh view of the same approval: `before` are the
    /// arguments it was made on. A change fits when its place is still there and, for a removal or
    /// a replacement, still holds what the person saw.
    mutating func apply(_ patch: JSONPatch, madeOn before: JSONValue) -> [EditMisfit] {
        var misfits: [EditMisfit] = []
        var seen = EditTree(before, redacted: [])
        for operation in patch.operations {
            do {
                try expectUnmoved(operation, in: seen)
                try apply(operation)
            } catch {
                misfits.append(error)
            }
            do { try seen.apply(operation) } catch { continue }
        }
        return misfits
    }

    private func expectUnmoved(
        _ operation: JSONPatch.Operation, in seen: EditTree
    ) throws(EditMisfit) {
        let pointer = operation.pointer
        if case .add = operation { return }
        guard seen.value[pointer] == value[pointer] else {
            throw EditMisfit(pointer: pointer, reason: "holds another value now")
        }
    }

    private mutating func apply(_ operation: JSONPatch.Operation) throws(EditMisfit) {
        let pointer = operation.pointer
        if let value = operation.value, Redaction.containsMarker(value) {
            throw EditMisfit(pointer: pointer, reason: "a hidden value cannot be written")
        }
        switch operation {
        case .add(_, let value): try add(value, at: pointer)
        case .remove:
            guard let path = path(of: pointer), !path.isEmpty else { throw absent(pointer) }
            remove(at: path)
        case .replace(_, let value):
            guard let path = path(of: pointer) else { throw absent(pointer) }
            change(at: path) { $0.content = EditNode(value).content }
        }
    }

    private mutating func add(_ value: JSONValue, at pointer: JSONPointer) throws(EditMisfit) {
        guard let parent = pointer.parent, let name = pointer.tokens.last else {
            change(at: []) { $0.content = EditNode(value).content }
            return
        }
        guard let path = path(of: parent), let node = node(at: path) else { throw absent(parent) }
        switch node.content {
        case .scalar, .handle: throw absent(parent)
        case .array(let nodes):
            let index = name.isSame(as: "-") ? nodes.count : JSONPointer.index(name)
            guard let index, index <= nodes.count else { throw absent(pointer) }
            insert(EditNode(value), named: nil, at: index, in: path)
        case .object(let members):
            if let index = members.firstIndex(where: { $0.name.isSame(as: name) }) {
                change(at: path + [index]) { $0.content = EditNode(value).content }
            } else {
                insert(EditNode(value), named: name, at: members.count, in: path)
            }
        }
    }

    private func absent(_ pointer: JSONPointer) -> EditMisfit {
        EditMisfit(pointer: pointer, reason: "is not there any more")
    }
}

extension EditTree {
    /// Takes a whole document that somebody wrote by hand; a hidden value may only stay or go.
    ///
    /// Elements of arrays are matched from both ends, and what is left between them pair by pair.
    mutating func take(_ document: JSONValue) throws(EditMisfit) {
        let node = try merged(original, document, at: .root, from: .root)
        change(at: []) { $0 = node }
    }

    /// `pointer` is the place in the document, `source` the place in the originals.
    private func merged(
        _ before: JSONValue, _ after: JSONValue, at pointer: JSONPointer, from source: JSONPointer
    ) throws(EditMisfit) -> EditNode {
        if let handle = handles[source], handle.stands(for: before), handle.stands(for: after) {
            return EditNode(.handle(handle))
        }
        switch (before, after) {
        case (.object(let old), .object(let new)) where !Redaction.isMask(before):
            var members: [EditMember] = []
            for member in new.members {
                let place = pointer.appending(member.name)
                let node =
                    if let value = old[member.name] {
                        try merged(
                            value, member.value, at: place, from: source.appending(member.name))
                    } else {
                        try fresh(member.value, at: place)
                    }
                members.append(EditMember(member.name, node))
            }
            return EditNode(.object(members))
        case (.array(let old), .array(let new)):
            return try merged(old, new, at: pointer, from: source)
        case (_, _): return try fresh(after, at: pointer)
        }
    }

    private func merged(
        _ old: [JSONValue], _ new: [JSONValue], at pointer: JSONPointer, from source: JSONPointer
    ) throws(EditMisfit) -> EditNode {
        let head = zip(old, new).prefix { $0 == $1 }.count
        let room = min(old.count, new.count) - head
        let tail = zip(old.reversed(), new.reversed()).prefix(room).prefix { $0 == $1 }.count
        let paired = min(old.count, new.count) - head - tail
        var nodes: [EditNode] = []
        for (index, value) in new.enumerated() {
            let place = pointer.appending(index)
            let fromEnd = new.count - index
            let origin =
                index < head + paired
                ? index : fromEnd <= tail ? old.count - fromEnd : nil
            guard let origin else {
                nodes.append(try fresh(value, at: place))
                continue
            }
            var node = try merged(
                old[origin], value, at: place, from: source.appending(origin))
            node.origin = origin
            nodes.append(node)
        }
        return EditNode(.array(nodes))
    }

    private func fresh(
        _ value: JSONValue, at pointer: JSONPointer
    ) throws(EditMisfit) -> EditNode {
        guard !Redaction.containsMarker(value) else {
            throw EditMisfit(
                pointer: pointer,
                reason: "a hidden value can be kept, replaced or removed, but not moved or written")
        }
        return EditNode(value)
    }
}
