/// A set of ASCII bytes.
struct ByteClass: Hashable, Sendable {
    private var low: UInt64 = 0
    private var high: UInt64 = 0

    /// Reads ranges and bytes, as in `a-zA-Z0-9_-`; a dash at the end is itself.
    init(_ ranges: String) {
        let bytes = Array(ranges.utf8)
        var place = 0
        while place < bytes.count {
            if place + 2 < bytes.count, bytes[place + 1] == UInt8(ascii: "-") {
                for byte in bytes[place]...max(bytes[place], bytes[place + 2]) { insert(byte) }
                place += 3
            } else {
                insert(bytes[place])
                place += 1
            }
        }
    }

    private mutating func insert(_ byte: UInt8) {
        if byte < 64 { low |= 1 << UInt64(byte) } else { high |= 1 << UInt64(byte & 63) }
    }

    @inline(__always)
    func contains(_ byte: UInt8) -> Bool {
        byte < 64 ? low >> UInt64(byte) & 1 == 1 : byte < 128 && high >> UInt64(byte & 63) & 1 == 1
    }

    static let digit = ByteClass("0-9")
    static let lowerHex = ByteClass("a-f0-9")
    static let anyHex = ByteClass("a-fA-F0-9")
    static let letter = ByteClass("a-zA-Z")
    static let lowerAlnum = ByteClass("a-z0-9")
    static let upperAlnum = ByteClass("A-Z0-9")
    static let alnum = ByteClass("a-zA-Z0-9")
    static let word = ByteClass("a-zA-Z0-9_-")
    static let dotted = ByteClass("a-zA-Z0-9_.=-")
    static let base64 = ByteClass("a-zA-Z0-9+/")
    static let anyBase64 = ByteClass("a-zA-Z0-9+/_=-")
    static let percent = ByteClass("a-zA-Z0-9%")
    static let wide = ByteClass("a-zA-Z0-9+/_=%~-")
    static let name = ByteClass("a-zA-Z0-9_.-")
}

extension UInt8 {
    @inline(__always) var isLower: Bool { self &- 0x61 < 26 }
    @inline(__always) var isUpper: Bool { self &- 0x41 < 26 }
    @inline(__always) var isLetter: Bool { (self | 0x20) &- 0x61 < 26 }
    @inline(__always) var isDigit: Bool { self &- 0x30 < 10 }
    @inline(__always) var isAlnum: Bool { isLetter || isDigit }
    @inline(__always) var isSpace: Bool { self <= 0x20 }
    @inline(__always) var isQuote: Bool { self == 0x22 || self == 0x27 || self == 0x60 }
    @inline(__always) var lowered: UInt8 { isUpper ? self | 0x20 : self }

    /// The value of a hexadecimal digit.
    var hexValue: UInt8? {
        switch self {
        case 0x30...0x39: self - 0x30
        case 0x41...0x46: self - 0x41 + 10
        case 0x61...0x66: self - 0x61 + 10
        default: nil
        }
    }
}

/// The work that a scan may still do; past it nothing is believed to be clean.
struct ScanBudget: Sendable {
    private(set) var steps: Int

    init(steps: Int) { self.steps = steps }

    struct Exhausted: Error {}

    mutating func spend(_ count: Int) throws(Exhausted) {
        steps -= count
        guard steps >= 0 else { throw Exhausted() }
    }
}
