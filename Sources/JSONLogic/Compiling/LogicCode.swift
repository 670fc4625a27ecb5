import JSONSchema
import JSONTree

/// A compiled program: flat tables that nothing changes any more.
final class LogicCode: Sendable {
    let isStrict: Bool
    let limits: LogicLimits
    let nodes: [LogicNode]
    let children: [Int32]
    let constants: [LogicValue]
    let elementPaths: [[PathToken]]
    let patterns: [Pattern]
    let lookups: [Set<ByteText>]
    let origins: [LogicOrigin]
    let slots: [JSONPointer]
    let atoms: LogicAtoms
    let tree: PathTree
    let roots: [Int32]
    let reads: [[Int32]]

    init(_ parts: LogicParts, settings: LogicSettings, roots: [Int32], reads: [[Int32]]) {
        isStrict = settings.profile == .strict
        limits = settings.limits
        nodes = parts.nodes
        children = parts.children
        constants = parts.constants
        elementPaths = parts.elementPaths
        patterns = parts.patterns
        lookups = parts.lookups
        origins = parts.origins
        slots = parts.slots
        atoms = parts.atoms
        tree = PathTree(parts.slots)
        self.roots = roots
        self.reads = reads
    }
}

/// The tables of a program while it is compiled.
struct LogicParts {
    var nodes: [LogicNode] = []
    var origins: [LogicOrigin] = []
    var children: [Int32] = []
    var constants: [LogicValue] = []
    var elementPaths: [[PathToken]] = []
    var patterns: [Pattern] = []
    var lookups: [Set<ByteText>] = []
    var slots: [JSONPointer] = []
    var slotPlaces: [JSONPointer: Int32] = [:]
    var atoms = LogicAtoms()

    /// The slot of a path, made when it is new.
    mutating func slot(_ path: JSONPointer) -> Int32 {
        if let known = slotPlaces[path] { return known }
        let place = Int32(slots.count)
        slots.append(path)
        slotPlaces[path] = place
        return place
    }

    /// Adds a node with its operands.
    mutating func add(
        _ node: LogicNode, _ operands: [Int32] = [], at origin: LogicOrigin
    ) -> Int32 {
        var node = node
        node.first = Int32(children.count)
        node.count = Int32(operands.count)
        children.append(contentsOf: operands)
        nodes.append(node)
        origins.append(origin)
        return Int32(nodes.count - 1)
    }

    /// Adds a constant.
    mutating func constant(_ value: LogicValue, at origin: LogicOrigin) -> Int32 {
        constants.append(value)
        let node = LogicNode(
            kind: .constant, result: value.staticType, data: Int32(constants.count - 1))
        return add(node, at: origin)
    }

    /// The slot and the text, where one of two operands is a field and the other a written text.
    func slotAndText(_ operands: [Int32]) -> (slot: Int32, text: String)? {
        guard operands.count == 2 else { return nil }
        for (one, other) in [(operands[0], operands[1]), (operands[1], operands[0])] {
            let node = nodes[Int(one)]
            if node.kind == .slot, case .text(let text) = constantValue(other) {
                return (node.data, text)
            }
        }
        return nil
    }

    /// The value of a node, when it is a constant.
    func constantValue(_ place: Int32) -> LogicValue? {
        let node = nodes[Int(place)]
        return node.kind == .constant ? constants[Int(node.data)] : nil
    }
}

extension LogicValue {
    /// What is known of a constant.
    var staticType: LogicResultType {
        switch self {
        case .bool: .truth
        case .integer, .double, .wide: .number
        case .text: .text
        case .list: .list
        case .absent, .null, .object: .any
        }
    }
}
