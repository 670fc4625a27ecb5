import JSONTree

/// All paths of a program as one tree, so that what they share is walked once.
struct PathTree: Sendable {
    private var token: PathToken
    private var slot: Int32?
    private var branches: [PathTree] = []

    init(_ paths: [JSONPointer]) {
        self.init("")
        for (place, path) in paths.enumerated() {
            insert(path.tokens[...], Int32(place))
        }
    }

    private init(_ name: String) {
        token = PathToken(name)
    }

    private mutating func insert(_ tokens: ArraySlice<String>, _ place: Int32) {
        guard let first = tokens.first else {
            slot = place
            return
        }
        let known = branches.firstIndex { $0.token.name.hasSameBytes(as: first) }
        if known == nil { branches.append(PathTree(first)) }
        branches[known ?? branches.count - 1].insert(tokens.dropFirst(), place)
    }

    /// Puts what every path leads to into its slot; what leads nowhere stays as it is.
    func resolve(
        _ value: JSONValue, _ atoms: LogicAtoms, into slots: inout [LogicValue],
        _ numbers: inout [Int32]
    ) {
        if let slot {
            let read = LogicValue(value)
            numbers[Int(slot)] = atoms.number(of: read, in: slot)
            slots[Int(slot)] = read
        }
        guard !branches.isEmpty else { return }
        switch value {
        case .object(let object):
            for branch in branches {
                guard let place = object.place(of: branch.token.name) else { continue }
                branch.resolve(object.members[place].value, atoms, into: &slots, &numbers)
            }
        case .array(let elements):
            for branch in branches {
                guard let index = branch.token.index, elements.indices.contains(index) else {
                    continue
                }
                branch.resolve(elements[index], atoms, into: &slots, &numbers)
            }
        case .null, .bool, .number, .string: break
        }
    }
}
