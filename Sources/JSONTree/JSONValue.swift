/// Any JSON value, keeping member order and every number as it was written.
///
/// `==` and hashing go by kind and UTF-8 bytes: `1` and `1.0` differ, and so do a composed and a
/// decomposed accent. The order of an object's members does not count.
public enum JSONValue: Sendable {
    case null
    case bool(Bool)
    case number(JSONNumber)
    case string(String)
    case array([JSONValue])
    case object(JSONObject)
}

extension JSONValue: Hashable {
    /// Compares by kind and bytes; see the type.
    public static func == (left: JSONValue, right: JSONValue) -> Bool {
        switch (left, right) {
        case (.null, .null): true
        case (.bool(let one), .bool(let other)): one == other
        case (.number(let one), .number(let other)): one == other
        case (.string(let one), .string(let other)): one.hasSameBytes(as: other)
        case (.array(let one), .array(let other)): one == other
        case (.object(let one), .object(let other)): one == other
        case (.null, _), (.bool, _), (.number, _), (.string, _), (.array, _), (.object, _): false
        }
    }

    /// Feeds the kind and the bytes to `hasher`.
    public func hash(into hasher: inout Hasher) {
        switch self {
        case .null:
            hasher.combine(UInt8(0))
        case .bool(let value):
            hasher.combine(UInt8(1))
            hasher.combine(value)
        case .number(let value):
            hasher.combine(UInt8(2))
            hasher.combine(value)
        case .string(let value):
            hasher.combine(UInt8(3))
            value.hashBytes(into: &hasher)
        case .array(let value):
            hasher.combine(UInt8(4))
            hasher.combine(value)
        case .object(let value):
            hasher.combine(UInt8(5))
            hasher.combine(value)
        }
    }
}

extension JSONValue {
    /// The text, when this is a string.
    public var stringValue: String? {
        if case .string(let value) = self { value } else { nil }
    }

    /// The truth value, when this is one.
    public var boolValue: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }

    /// The number as written, when this is a number.
    public var numberValue: JSONNumber? {
        if case .number(let value) = self { value } else { nil }
    }

    /// The exact integer, when this is a number with one that fits (`1.0` and `1e3` count).
    public var intValue: Int64? {
        numberValue?.int64
    }

    /// The elements, when this is an array.
    public var arrayValue: [JSONValue]? {
        if case .array(let value) = self { value } else { nil }
    }

    /// The members, when this is an object.
    public var objectValue: JSONObject? {
        if case .object(let value) = self { value } else { nil }
    }

    /// Whether this is `null`.
    public var isNull: Bool {
        if case .null = self { true } else { false }
    }

    /// The member of that name, when this is an object that has one.
    public subscript(name: String) -> JSONValue? {
        objectValue?[name]
    }

    /// The element at that place, when this is an array that reaches so far.
    public subscript(index: Int) -> JSONValue? {
        guard let elements = arrayValue, elements.indices.contains(index) else { return nil }
        return elements[index]
    }
}
