/// A UUID of version 7 (RFC 9562): 48 bits of Unix milliseconds, then 74 random bits.
public struct UUIDv7: Hashable, Sendable {
    /// The lower-case hyphenated form, 36 characters.
    public let text: String

    /// Builds the id of something that happens at `now`; ten bytes are drawn from `entropy`.
    public init(at now: Timestamp, from entropy: inout some Entropy) {
        let time = UInt64(max(0, now.milliseconds))
        var bytes = (0..<6).map { UInt8(truncatingIfNeeded: time >> UInt64(40 - 8 * $0)) }
        bytes += entropy.bytes(10)
        precondition(bytes.count == 16, "a source of entropy gives as many bytes as were asked for")
        bytes[6] = 0x70 | (bytes[6] & 0x0f)
        bytes[8] = 0x80 | (bytes[8] & 0x3f)
        text = Self.hyphenated(bytes)
    }

    /// The smallest text that the id of something at or after `instant` can have.
    public static func floor(at instant: Timestamp) -> String {
        let time = UInt64(max(0, instant.milliseconds))
        let bytes = (0..<6).map { UInt8(truncatingIfNeeded: time >> UInt64(40 - 8 * $0)) }
        return hyphenated(bytes + [0x70, 0, 0x80] + [UInt8](repeating: 0, count: 7))
    }

    /// True for 36 lower-case characters in the layout of version 7.
    public static func isWellFormed(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.count == 36, bytes[14] == 0x37, (0x38...0x62).contains(bytes[19]) else {
            return false
        }
        for (index, byte) in bytes.enumerated() {
            let isHyphen = index == 8 || index == 13 || index == 18 || index == 23
            let isHex = (48...57).contains(byte) || (97...102).contains(byte)
            guard isHyphen ? byte == 45 : isHex else { return false }
        }
        return [0x38, 0x39, 0x61, 0x62].contains(bytes[19])
    }

    private static func hyphenated(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var out: [UInt8] = []
        out.reserveCapacity(36)
        for (index, byte) in bytes.enumerated() {
            if [4, 6, 8, 10].contains(index) { out.append(45) }
            out.append(digits[Int(byte >> 4)])
            out.append(digits[Int(byte & 15)])
        }
        return String(decoding: out, as: UTF8.self)
    }
}

/// Where random bytes come from: the operating system in a program, a seed in a simulation.
public protocol Entropy {
    /// Draws exactly `count` bytes.
    mutating func bytes(_ count: Int) -> [UInt8]
}
