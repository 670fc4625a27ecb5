public import JSONTree

/// What it costs to commit to a document field by field.
///
/// Every scalar is kept with its whole pointer, so a few long names around many short values make
/// a record that is thousands of times larger than the document.
public struct CommitmentCost: Hashable, Sendable {
    /// Scalars, and empty objects and arrays.
    public private(set) var fields = 0
    /// The bytes of all their pointers as JSON strings.
    public private(set) var pointerBytes: Int64 = 0

    /// Counts the fields of `document` without building any pointer.
    public init(of document: JSONValue) {
        count(document, behind: 0)
    }

    /// Refuses what would make a record that nobody can keep or read.
    public func requireWithinLimits() throws(Refusal) {
        guard fields <= Limits.argumentsFieldsMax else {
            throw .limit("argumentsFieldsMax is \(Limits.argumentsFieldsMax)")
        }
        guard pointerBytes <= Limits.argumentsPointerBytesMax else {
            throw .limit("argumentsPointerBytesMax is \(Limits.argumentsPointerBytesMax)")
        }
    }

    private mutating func count(_ value: JSONValue, behind prefix: Int64) {
        switch value {
        case .object(let object) where !object.isEmpty:
            for member in object.members {
                count(member.value, behind: prefix + Self.bytes(of: member.name))
            }
        case .array(let elements) where !elements.isEmpty:
            for (index, element) in elements.enumerated() {
                count(element, behind: prefix + 1 + Int64(String(index).utf8.count))
            }
        case .null, .bool, .number, .string, .array, .object:
            fields += 1
            pointerBytes += prefix
        }
    }

    /// The bytes of a token with its slash, escaped for a pointer and for JSON.
    private static func bytes(of name: String) -> Int64 {
        let escapes = name.utf8.count { $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "/") }
        return Int64(JSONValue.string(name).bytes().count - 1 + escapes)
    }
}
