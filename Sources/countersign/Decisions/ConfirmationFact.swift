import JSONTree

/// What a person must type before a call of high risk is approved: a fact that varies from call to
/// call, never a word that the fingers know.
enum ConfirmationFact {
    private static let telling = [
        "amount", "cents", "total", "iban", "account", "domain", "host", "record", "name", "table",
        "path", "file", "query", "statement", "to", "recipient", "target", "environment", "id",
    ]

    /// The value of the most telling argument that is on the screen, else the tool's name.
    static func of(tool: String, arguments: JSONValue, hidden: [JSONPointer]) -> String {
        let leaves = leaves(of: arguments, at: .root).filter { leaf in
            !hidden.contains { $0.isPrefix(of: leaf.place) }
        }
        for word in telling {
            for leaf in leaves where leaf.name.contains(word) { return leaf.text }
        }
        return leaves.first?.text ?? tool
    }

    private struct Leaf {
        let place: JSONPointer
        let name: String
        let text: String
    }

    /// Numbers and short strings, in their order.
    private static func leaves(of value: JSONValue, at place: JSONPointer) -> [Leaf] {
        switch value {
        case .null, .bool: return []
        case .number(let number): return [leaf(place, number.text)]
        case .string(let text): return isTypable(text) ? [leaf(place, text)] : []
        case .array(let elements):
            return elements.enumerated().flatMap {
                leaves(of: $0.element, at: place.appending($0.offset))
            }
        case .object(let object):
            return object.members.flatMap { leaves(of: $0.value, at: place.appending($0.name)) }
        }
    }

    private static func leaf(_ place: JSONPointer, _ text: String) -> Leaf {
        Leaf(place: place, name: place.tokens.last?.lowercased() ?? "", text: text)
    }

    private static func isTypable(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count) && text.utf8.allSatisfy { (32...126).contains($0) }
    }
}
