/// A name that is a type of its own, so that a tenant's id never stands where a member's is wanted.
///
/// Two identifiers are equal when their bytes are.
public protocol Identifier: Hashable, Sendable, CustomStringConvertible, Comparable {
    /// The text on the wire and in the store.
    var rawValue: String { get }

    /// Nil unless `text` is well formed for this kind of identifier.
    init?(_ text: String)
}

extension Identifier {
    /// The text on the wire and in the store.
    public var description: String { rawValue }

    /// Sorts by bytes; for UUIDv7 that is by time of creation.
    public static func < (left: Self, right: Self) -> Bool {
        left.rawValue.utf8.lexicographicallyPrecedes(right.rawValue.utf8)
    }
}

/// An identifier whose text is a lower-case UUIDv7 (RFC 9562).
public protocol UniqueIdentifier: Identifier {
    /// Takes the text of a UUID that was just made.
    init(_ uuid: UUIDv7)
}

/// Names one approval for its whole life.
public struct ApprovalID: UniqueIdentifier {
    public let rawValue: String
    public init(_ uuid: UUIDv7) { rawValue = uuid.text }
    public init?(_ text: String) {
        guard UUIDv7.isWellFormed(text) else { return nil }
        rawValue = text
    }
}

/// Names one person of a tenant; pseudonymous, so that the record can name it.
public struct MemberID: UniqueIdentifier {
    public let rawValue: String
    public init(_ uuid: UUIDv7) { rawValue = uuid.text }
    public init?(_ text: String) {
        guard UUIDv7.isWellFormed(text) else { return nil }
        rawValue = text
    }
}

/// Names one agent of a tenant.
public struct AgentID: UniqueIdentifier {
    public let rawValue: String
    public init(_ uuid: UUIDv7) { rawValue = uuid.text }
    public init?(_ text: String) {
        guard UUIDv7.isWellFormed(text) else { return nil }
        rawValue = text
    }
}

/// Names one token; the token's secret is another thing and is never stored.
public struct TokenID: UniqueIdentifier {
    public let rawValue: String
    public init(_ uuid: UUIDv7) { rawValue = uuid.text }
    public init?(_ text: String) {
        guard UUIDv7.isWellFormed(text) else { return nil }
        rawValue = text
    }
}

/// Names one standing grant.
public struct GrantID: UniqueIdentifier {
    public let rawValue: String
    public init(_ uuid: UUIDv7) { rawValue = uuid.text }
    public init?(_ text: String) {
        guard UUIDv7.isWellFormed(text) else { return nil }
        rawValue = text
    }
}

/// Names one event of a tenant's audit log.
public struct EventID: UniqueIdentifier {
    public let rawValue: String
    public init(_ uuid: UUIDv7) { rawValue = uuid.text }
    public init?(_ text: String) {
        guard UUIDv7.isWellFormed(text) else { return nil }
        rawValue = text
    }
}

/// The name of a tenant: 1 to 63 of `a–z 0–9 -`, beginning with a letter or digit.
public struct TenantName: Identifier {
    public let rawValue: String
    public init?(_ text: String) {
        guard Slug.isWellFormed(text) else { return nil }
        rawValue = text
    }
}

/// The name of a group of members: 1 to 63 of `a–z 0–9 -`, beginning with a letter or digit.
public struct GroupName: Identifier {
    public let rawValue: String
    public init?(_ text: String) {
        guard Slug.isWellFormed(text) else { return nil }
        rawValue = text
    }
}

/// The name of a tool as its agent calls it: 1 to 200 bytes of any text, so show it with care.
public struct ToolName: Identifier {
    public let rawValue: String
    /// The longest name that is accepted, in bytes.
    public static let bytesMax = 200

    public init?(_ text: String) {
        guard (1...Self.bytesMax).contains(text.utf8.count) else { return nil }
        rawValue = text
    }

    public static func == (left: ToolName, right: ToolName) -> Bool {
        left.rawValue.utf8.elementsEqual(right.rawValue.utf8)
    }

    public func hash(into hasher: inout Hasher) {
        for byte in rawValue.utf8 { hasher.combine(byte) }
    }
}

/// The alphabet of names that stand in addresses and origins.
enum Slug {
    static let bytesMax = 63

    static func isWellFormed(_ text: String) -> Bool {
        guard (1...bytesMax).contains(text.utf8.count), !text.hasPrefix("-") else { return false }
        return text.utf8.allSatisfy {
            (97...122).contains($0) || (48...57).contains($0) || $0 == 45
        }
    }
}
