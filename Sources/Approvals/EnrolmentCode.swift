import Cryptography

/// What an admin hands to a person so that they, and nobody who holds their token, get a second
/// factor; it counts once.
public struct EnrolmentCode: Hashable, Sendable {
    /// How many letters of base 32 it has: a hundred bits, which nobody guesses.
    public static let lettersCount = 20
    private static let groupCount = 5

    private let letters: [UInt8]

    /// Makes one of random bytes; nil when they are too few.
    public init?(random bytes: [UInt8]) {
        let text = Array(Base32.encode(bytes).utf8)
        guard text.count >= Self.lettersCount else { return nil }
        letters = Array(text.prefix(Self.lettersCount))
    }

    /// Reads one as a person types it: small letters, spaces and dashes do not matter.
    public init?(_ text: String) {
        var letters: [UInt8] = []
        for byte in text.utf8 where byte != UInt8(ascii: "-") && byte != UInt8(ascii: " ") {
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "2")...UInt8(ascii: "7"):
                letters.append(byte)
            case UInt8(ascii: "a")...UInt8(ascii: "z"): letters.append(byte - 0x20)
            case _: return nil
            }
        }
        guard letters.count == Self.lettersCount else { return nil }
        self.letters = letters
    }

    /// The code as it is handed on, in groups.
    public var text: String {
        var text: [UInt8] = []
        for (index, letter) in letters.enumerated() {
            if index > 0, index % Self.groupCount == 0 { text.append(UInt8(ascii: "-")) }
            text.append(letter)
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// What is kept of it.
    var digest: Digest { SHA256.hash(Array("countersign/enrolment/1\0".utf8) + letters) }
}

extension EnrolmentCode: CustomStringConvertible, CustomReflectable {
    /// Says that there is a code, and no more.
    public var description: String { "an enrolment code" }

    /// Shows nothing.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
