public import JSONTree

/// A set of JSON types.
public struct JSONTypes: OptionSet, Hashable, Sendable, CustomStringConvertible {
    /// One bit a type.
    public let rawValue: UInt8

    /// Makes a set of bits.
    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// `null`.
    public static let null = JSONTypes(rawValue: 1)
    /// `true` and `false`.
    public static let boolean = JSONTypes(rawValue: 2)
    /// Objects.
    public static let object = JSONTypes(rawValue: 4)
    /// Arrays.
    public static let array = JSONTypes(rawValue: 8)
    /// Numbers with and without a fraction.
    public static let number: JSONTypes = [integer, fraction]
    /// Strings.
    public static let string = JSONTypes(rawValue: 16)
    /// Numbers without a fraction, however they are written.
    public static let integer = JSONTypes(rawValue: 32)
    /// Numbers with a fraction; no schema names them alone.
    public static let fraction = JSONTypes(rawValue: 64)
    /// Every type.
    public static let all: JSONTypes = [null, boolean, object, array, number, string]

    /// The types by their names in schemas, wider ones first.
    private static let named: [(name: String, types: JSONTypes)] = [
        ("string", string), ("number", number), ("integer", integer), ("boolean", boolean),
        ("object", object), ("array", array), ("null", null),
    ]

    /// The types of a name; nil when it names none.
    public init?(name: String) {
        guard let found = Self.named.first(where: { $0.name == name }) else { return nil }
        self = found.types
    }

    /// The one type of a value.
    public init(of value: JSONValue) {
        self =
            switch value {
            case .null: .null
            case .bool: .boolean
            case .number(let number): number.isInteger ? .integer : .fraction
            case .string: .string
            case .array: .array
            case .object: .object
            }
    }

    /// The names, such as `integer` or `number`.
    public var names: [String] {
        var rest = self
        var names: [String] = []
        for (name, types) in Self.named where rest.isSuperset(of: types) {
            names.append(name)
            rest.subtract(types)
        }
        return names
    }

    /// The names in a sentence.
    public var description: String {
        names.joined(separator: " or ")
    }
}
