import Approvals
import JSONTree

/// The places of arguments in the order in which people read them.
struct ReadingOrder {
    /// Every place, containers before what is in them.
    private(set) var pointers: [JSONPointer] = []
    /// The places of single values, empty containers and masks: what must be seen.
    private(set) var leaves: [JSONPointer] = []
    /// The number of each place.
    private(set) var places: [JSONPointer: Int] = [:]

    init(_ value: JSONValue) {
        add(value, .root)
        for (index, pointer) in pointers.enumerated() { places[pointer] = index }
    }

    private mutating func add(_ value: JSONValue, _ pointer: JSONPointer) {
        pointers.append(pointer)
        guard let children = value.children else {
            leaves.append(pointer)
            return
        }
        for (token, child) in children { add(child, pointer.appending(token)) }
    }
}

extension JSONValue {
    /// The parts of a value with their tokens; nil for what counts as one value.
    var children: [(token: String, value: JSONValue)]? {
        switch self {
        case .null, .bool, .number, .string: nil
        case .array(let elements):
            elements.isEmpty ? nil : elements.enumerated().map { (String($0), $1) }
        case .object(let object):
            object.isEmpty || Redaction.isMask(self)
                ? nil : object.members.map { ($0.name, $0.value) }
        }
    }

    /// The place beside `pointer`, `step` further; nil when there is none.
    func sibling(of pointer: JSONPointer, step: Int) -> JSONPointer? {
        guard let parent = pointer.parent, let token = pointer.tokens.last,
            let children = self[parent]?.children,
            let index = children.firstIndex(where: { $0.token.isSame(as: token) }),
            children.indices.contains(index + step)
        else { return nil }
        return parent.appending(children[index + step].token)
    }

    /// The places of every object and array with something in it.
    var containers: Set<JSONPointer> {
        var found: Set<JSONPointer> = []
        func look(_ value: JSONValue, _ pointer: JSONPointer) {
            guard let children = value.children else { return }
            if !pointer.isRoot { found.insert(pointer) }
            for (token, child) in children { look(child, pointer.appending(token)) }
        }
        look(self, .root)
        return found
    }

    /// The JSON that a string holds, when it is an object or an array.
    var inner: JSONValue? {
        guard case .string(let text) = self, Self.looksLikeJSON(text) else { return nil }
        do {
            return try JSONValue(parsing: Array(text.utf8))
        } catch {
            return nil
        }
    }

    /// True for a string that begins and ends like an object or an array.
    static func looksLikeJSON(_ text: String) -> Bool {
        func isSpace(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }
        guard let first = text.utf8.first(where: { !isSpace($0) }),
            let last = text.utf8.last(where: { !isSpace($0) })
        else { return false }
        return (first == UInt8(ascii: "{") && last == UInt8(ascii: "}"))
            || (first == UInt8(ascii: "[") && last == UInt8(ascii: "]"))
    }

    /// Its type in words, with the size of what has parts.
    package var typeText: String {
        switch self {
        case .null: "null"
        case .bool: "boolean"
        case .number(let number): number.isInteger ? "integer" : "number"
        case .string: "string"
        case .array(let elements): "array of \(elements.count)"
        case .object(let object): "object of \(object.count)"
        }
    }
}

extension JSONPointer {
    /// The place as `jq` names it.
    func jqPath(in value: JSONValue) -> String {
        var path = ""
        var here: JSONValue? = value
        for token in tokens {
            if case .array = here, let index = JSONPointer.index(token) {
                path += "[\(index)]"
                here = here?[index]
            } else {
                path += Self.isWord(token) ? ".\(token)" : ".[\(JSONValue.string(token).text())]"
                here = here?[token]
            }
        }
        return path.hasPrefix(".") ? path : "." + path
    }

    private static func isWord(_ token: String) -> Bool {
        guard let first = token.utf8.first, !(48...57).contains(first) else { return false }
        return token.utf8.allSatisfy {
            (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == 95
        }
    }
}
