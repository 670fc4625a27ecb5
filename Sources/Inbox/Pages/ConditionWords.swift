import JSONTree

/// A condition of a policy in words that people read: operators between what they compare.
struct ConditionWords {
    /// Deeper parts are shown as the JSON that they are.
    private static let depthMax = 12

    /// Operators that stand between two things.
    static let infix: Set = [
        "==", "===", "!=", "!==", "<", "<=", ">", ">=", "in", "+", "-", "*", "/", "%",
    ]

    /// The words for a condition.
    static func text(_ condition: JSONValue, depth: Int = 0) -> String {
        switch condition {
        case .bool(let isTrue): isTrue ? "always" : "never"
        case .null, .number, .string, .array: condition.text(.compact)
        case .object(let object):
            if depth < depthMax, object.count == 1, let member = object.members.first {
                text(member.name, operands(member.value), depth + 1)
            } else {
                condition.text(.compact)
            }
        }
    }

    private static func operands(_ value: JSONValue) -> [JSONValue] { value.arrayValue ?? [value] }

    private static func text(_ name: String, _ values: [JSONValue], _ depth: Int) -> String {
        let words = { values.map { part($0, depth) } }
        switch name {
        case "var", "val":
            guard let path = values.first?.stringValue, values.count == 1 else { break }
            return path
        case "use", "table":
            guard let named = values.first?.stringValue, values.count == 1 else { break }
            return named
        case "and": return words().joined(separator: " and ")
        case "or": return words().joined(separator: " or ")
        case "!" where values.count == 1: return "not \(words()[0])"
        case "between" where values.count == 3:
            let parts = words()
            return "\(parts[0]) between \(parts[1]) and \(parts[2])"
        case _:
            guard infix.contains(name), values.count > 1 else { break }
            return words().joined(separator: " \(word(for: name)) ")
        }
        return "\(name)(\(words().joined(separator: ", ")))"
    }

    /// A part of a condition, in parentheses where it would be read wrongly.
    private static func part(_ value: JSONValue, _ depth: Int) -> String {
        guard case .bool = value else {
            let text = text(value, depth: depth)
            let isJoined = value.objectValue?.members.first.map { ["and", "or"].contains($0.name) }
            return isJoined ?? false ? "(\(text))" : text
        }
        return value.text(.compact)
    }

    /// How an operator is written for people.
    static func word(for name: String) -> String {
        switch name {
        case "===", "==": "="
        case "!==", "!=": "is not"
        case "in": "is one of"
        case let other: other
        }
    }
}
