package import Approvals
package import JSONTree

/// What a person types to show that they know what they approve: the fact that differs from call to
/// call, never a word such as “yes”.
package struct VaryingFact: Hashable, Sendable {
    /// How the dialog asks for it, as in `amount_cents`.
    package let label: String
    /// What must be typed, as it is on the screen.
    package let text: String

    /// The amount or the target of what would run; the end of the id when there is neither.
    package init(_ arguments: JSONValue, id: ApprovalID) {
        if let found = Self.find(arguments, Self.amounts) ?? Self.find(arguments, Self.targets) {
            self = found
            return
        }
        label = "the last 4 characters of the id"
        text = String(id.rawValue.suffix(4))
    }

    private init(label: String, text: String) {
        self.label = label
        self.text = text
    }

    private static let amounts = [
        "amount", "total", "sum", "price", "value", "quantity", "count", "limit",
    ]
    private static let targets = [
        "environment", "env", "target", "database", "table", "host", "domain", "cluster", "branch",
        "bucket", "path", "recipient", "account", "customer", "to", "name", "id",
    ]

    /// The first single value, nearest to the top, whose name begins with one of the words.
    private static func find(_ arguments: JSONValue, _ words: [String]) -> VaryingFact? {
        var level = [arguments]
        for _ in 0..<3 {
            for word in words {
                for object in level.compactMap(\.objectValue) {
                    for member in object.members where isCalled(member.name, word) {
                        if let text = typable(member.value) {
                            return VaryingFact(label: member.name, text: text)
                        }
                    }
                }
            }
            level = level.flatMap { $0.objectValue?.members.map(\.value) ?? [] }
        }
        return nil
    }

    /// `amount` is called so in `amount`, `amount_cents`, `totalAmount` and `total-amount`.
    private static func isCalled(_ name: String, _ word: String) -> Bool {
        var parts: [String] = [""]
        for byte in name.utf8 {
            if byte == 95 || byte == 45 || byte == 46 {
                parts.append("")
            } else if (65...90).contains(byte) {
                parts.append(String(UnicodeScalar(byte | 0x20)))
            } else if byte < 0x80 {
                parts[parts.count - 1].unicodeScalars.append(UnicodeScalar(byte))
            } else {
                return false
            }
        }
        return parts.contains(word)
    }

    /// Short printable ASCII can be typed on any keyboard.
    private static func typable(_ value: JSONValue) -> String? {
        let text: String
        switch value {
        case .number(let number): text = number.text
        case .string(let string): text = string
        case .null, .bool, .array, .object: return nil
        }
        let isTypable =
            (1...24).contains(text.utf8.count)
            && text.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\\") }
        return isTypable ? text : nil
    }
}
