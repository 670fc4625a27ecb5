public import JSONTree

/// What sort of thing was found; the raw values are the words that policies read.
public enum FindingKind: String, Hashable, Sendable, CaseIterable {
    /// A pattern of pointers named the place.
    case pattern
    /// The tool's schema marked the place with `x-sensitive`.
    case schema
    /// The member's name says that it holds a secret.
    case named
    /// A text in the form of some provider's keys.
    case providerKey = "provider_key"
    case privateKey = "private_key"
    case jsonWebToken = "jwt"
    /// The value of an `Authorization`, `Cookie` or similar header.
    case header
    /// The password inside of an address.
    case userinfo
    /// What follows the name of a secret in a text: `password=…`, `--token …`.
    case assignment
    case iban
    case card
    /// A text that looks random in a place where no identifier is expected.
    case opaque
    /// Something that could not be looked through, and is hidden for that.
    case unscanned
}

/// One secret that was found, without the secret.
public struct Finding: Hashable, Sendable {
    /// The value that holds it.
    public let pointer: JSONPointer
    /// The bytes of the text that it takes; nil when the value as a whole is hidden.
    public let span: Range<Int>?
    /// What sort of thing it is.
    public let kind: FindingKind
    /// What it is called on a screen: our own words, nothing of the value.
    public let label: String
    /// How many characters it has; 0 for anything but texts and numbers.
    public let length: Int

    /// Puts a finding together.
    public init(
        pointer: JSONPointer, span: Range<Int>?, kind: FindingKind, label: String, length: Int
    ) {
        self.pointer = pointer
        self.span = span
        self.kind = kind
        self.label = label
        self.length = length
    }
}

/// One secret in a text.
public struct TextFinding: Hashable, Sendable {
    /// The bytes that it takes.
    public var span: Range<Int>
    /// What sort of thing it is.
    public var kind: FindingKind
    /// What it is called on a screen.
    public var label: String

    /// Puts a finding together.
    public init(span: Range<Int>, kind: FindingKind, label: String) {
        self.span = span
        self.kind = kind
        self.label = label
    }
}

/// How a secret is shown: what it is and how long, never a part or a hash of it.
public enum FindingMark {
    /// `‹IBAN · 22›`, or `‹password›` where a length would say nothing.
    public static func text(_ label: String, length: Int) -> String {
        length > 0 ? "‹\(label) · \(length)›" : "‹\(label)›"
    }

    /// The text with a mark in the place of each span; the spans are in order and apart.
    public static func masked(_ text: String, _ findings: [TextFinding]) -> String {
        guard !findings.isEmpty else { return text }
        let bytes = Array(text.utf8)
        var out: [UInt8] = []
        var place = 0
        for finding in findings {
            let span = finding.span.clamped(to: place..<bytes.count)
            out += bytes[place..<span.lowerBound]
            out += self.text(finding.label, length: scalars(bytes[span])).utf8
            place = span.upperBound
        }
        out += bytes[place...]
        return String(decoding: out, as: UTF8.self)
    }

    /// How many characters those bytes are.
    static func scalars(_ bytes: ArraySlice<UInt8>) -> Int {
        bytes.reduce(0) { $1 & 0xC0 == 0x80 ? $0 : $0 + 1 }
    }
}
