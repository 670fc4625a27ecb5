package import JSONTree

/// A place in the arguments while they are edited.
package struct EditNode: Hashable, Sendable {
    /// What stands there.
    package enum Content: Hashable, Sendable {
        /// Null, a truth value, a number as written, or a string.
        case scalar(JSONValue)
        /// A value that is hidden from the approver.
        case handle(Handle)
        case array([EditNode])
        case object([EditMember])
    }

    package var content: Content
    /// Which element of the original array it was; nil for what was added and outside of arrays.
    package var origin: Int?

    package init(_ content: Content, origin: Int? = nil) {
        self.content = content
        self.origin = origin
    }

    /// A node for a value that holds no handle.
    package init(_ value: JSONValue, origin: Int? = nil) {
        self.origin = origin
        content =
            switch value {
            case .null, .bool, .number, .string: .scalar(value)
            case .array(let elements): .array(elements.map { EditNode($0) })
            case .object(let object):
                .object(object.members.map { EditMember($0.name, EditNode($0.value)) })
            }
    }

    /// The value, with the mask where a value is hidden.
    package var value: JSONValue {
        switch content {
        case .scalar(let value): value
        case .handle(let handle): handle.mask
        case .array(let nodes): .array(nodes.map(\.value))
        case .object(let members): .object(JSONObject(members.map { ($0.name, $0.node.value) }))
        }
    }

    /// True when a hidden value stands here or below.
    package var holdsHandle: Bool {
        switch content {
        case .scalar: false
        case .handle: true
        case .array(let nodes): nodes.contains(where: \.holdsHandle)
        case .object(let members): members.contains { $0.node.holdsHandle }
        }
    }

    /// The same, known to be no element of the originals: a copy, or moved from elsewhere.
    var withoutOrigins: EditNode {
        switch content {
        case .scalar, .handle: EditNode(content)
        case .array(let nodes): EditNode(.array(nodes.map(\.withoutOrigins)))
        case .object(let members):
            EditNode(.object(members.map { EditMember($0.name, $0.node.withoutOrigins) }))
        }
    }

    /// How many members or elements it has; nil for a single value.
    package var childCount: Int? {
        switch content {
        case .scalar, .handle: nil
        case .array(let nodes): nodes.count
        case .object(let members): members.count
        }
    }

    /// The child at a place.
    package func child(_ index: Int) -> EditNode? {
        switch content {
        case .scalar, .handle: nil
        case .array(let nodes): nodes.indices.contains(index) ? nodes[index] : nil
        case .object(let members): members.indices.contains(index) ? members[index].node : nil
        }
    }

    /// Changes the child at a place; nothing when there is none.
    mutating func changeChild(_ index: Int, _ change: (inout EditNode) -> Void) {
        switch content {
        case .scalar, .handle: return
        case .array(var nodes):
            guard nodes.indices.contains(index) else { return }
            content = .array([])
            change(&nodes[index])
            content = .array(nodes)
        case .object(var members):
            guard members.indices.contains(index) else { return }
            content = .object([])
            change(&members[index].node)
            content = .object(members)
        }
    }

    /// Takes the child at a place out.
    mutating func removeChild(_ index: Int) {
        switch content {
        case .scalar, .handle: return
        case .array(var nodes):
            guard nodes.indices.contains(index) else { return }
            nodes.remove(at: index)
            content = .array(nodes)
        case .object(var members):
            guard members.indices.contains(index) else { return }
            members.remove(at: index)
            content = .object(members)
        }
    }
}

/// A name and what stands under it.
package struct EditMember: Hashable, Sendable {
    package let name: String
    package var node: EditNode

    package init(_ name: String, _ node: EditNode) {
        self.name = name
        self.node = node
    }

    package static func == (left: EditMember, right: EditMember) -> Bool {
        left.name.isSame(as: right.name) && left.node == right.node
    }

    package func hash(into hasher: inout Hasher) {
        for byte in name.utf8 { hasher.combine(byte) }
        hasher.combine(node)
    }
}

extension String {
    /// Byte for byte; Swift's `==` takes two spellings of one letter for the same.
    package func isSame(as other: String) -> Bool { utf8.elementsEqual(other.utf8) }
}
