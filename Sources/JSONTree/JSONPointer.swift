/// An RFC 6901 pointer to a place in a JSON value; compared by the bytes of its tokens.
public struct JSONPointer: Sendable, CustomStringConvertible {
    /// The unescaped reference tokens.
    public let tokens: [String]

    /// The pointer to the whole value.
    public static let root = JSONPointer(tokens: [])

    /// Makes a pointer of unescaped tokens.
    public init(tokens: [String]) {
        self.tokens = tokens
    }

    /// Parses the text form: nothing, or tokens that each follow a `/`, with `~0` and `~1`.
    public init(parsing text: String) throws(JSONPointerError) {
        guard !text.isEmpty else {
            tokens = []
            return
        }
        var tokens: [[UInt8]] = []
        var isEscape = false
        for byte in text.utf8 {
            if isEscape {
                try Self.unescape(byte, into: &tokens)
                isEscape = false
            } else if byte == UInt8(ascii: "/") {
                tokens.append([])
            } else if tokens.isEmpty {
                throw JSONPointerError(reason: "a pointer is empty or begins with a slash")
            } else if byte == UInt8(ascii: "~") {
                isEscape = true
            } else {
                tokens[tokens.count - 1].append(byte)
            }
        }
        guard !isEscape else { throw JSONPointerError.tilde }
        self.tokens = tokens.map { String(decoding: $0, as: UTF8.self) }
    }

    private static func unescape(
        _ byte: UInt8, into tokens: inout [[UInt8]]
    ) throws(JSONPointerError) {
        switch byte {
        case UInt8(ascii: "0"): tokens[tokens.count - 1].append(UInt8(ascii: "~"))
        case UInt8(ascii: "1"): tokens[tokens.count - 1].append(UInt8(ascii: "/"))
        default: throw .tilde
        }
    }

    /// The text form, as in `/recipient/iban`.
    public var description: String {
        var bytes: [UInt8] = []
        for token in tokens {
            bytes.append(UInt8(ascii: "/"))
            for byte in token.utf8 {
                switch byte {
                case UInt8(ascii: "~"): bytes.append(contentsOf: "~0".utf8)
                case UInt8(ascii: "/"): bytes.append(contentsOf: "~1".utf8)
                default: bytes.append(byte)
                }
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Whether this points to the whole value.
    public var isRoot: Bool {
        tokens.isEmpty
    }

    /// The pointer to the value around this place; nil for the whole value.
    public var parent: JSONPointer? {
        isRoot ? nil : JSONPointer(tokens: Array(tokens.dropLast()))
    }

    /// The pointer to the member named `token` of what this points to.
    public func appending(_ token: String) -> JSONPointer {
        JSONPointer(tokens: tokens + [token])
    }

    /// The pointer to the element `index` of what this points to.
    public func appending(_ index: Int) -> JSONPointer {
        appending(String(index))
    }

    /// Whether `other` is this place or lies inside it.
    public func isPrefix(of other: JSONPointer) -> Bool {
        tokens.count <= other.tokens.count
            && zip(tokens, other.tokens).allSatisfy { $0.hasSameBytes(as: $1) }
    }

    /// The array index that `token` stands for: digits without a zero in front.
    public static func index(_ token: String) -> Int? {
        let bytes = token.utf8
        guard !bytes.isEmpty, bytes.allSatisfy({ $0 &- UInt8(ascii: "0") < 10 }),
            bytes.count == 1 || bytes.first != UInt8(ascii: "0")
        else { return nil }
        return Int(token)
    }
}

extension JSONPointer: Hashable {
    /// Whether both have the same tokens, byte for byte.
    public static func == (left: JSONPointer, right: JSONPointer) -> Bool {
        left.tokens.count == right.tokens.count && left.isPrefix(of: right)
    }

    /// Feeds the tokens to `hasher`.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(tokens.count)
        for token in tokens {
            token.hashBytes(into: &hasher)
        }
    }
}

/// Why a text is not a JSON pointer.
public struct JSONPointerError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A sentence fragment.
    public let reason: String

    static let tilde = JSONPointerError(reason: "a tilde in a pointer is followed by 0 or 1")

    /// The reason.
    public var description: String {
        reason
    }
}

extension JSONValue {
    /// The value at that place; nil when there is none.
    public subscript(pointer: JSONPointer) -> JSONValue? {
        var value = self
        for token in pointer.tokens {
            guard let next = value.child(token) else { return nil }
            value = next
        }
        return value
    }

    private func child(_ token: String) -> JSONValue? {
        switch self {
        case .object(let object): object[token]
        case .array: JSONPointer.index(token).flatMap { self[$0] }
        case .null, .bool, .number, .string: nil
        }
    }
}
