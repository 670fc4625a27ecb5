/// Why the bytes of a zone file were not taken.
public enum ZoneRefusal: Error, Hashable, Sendable {
    /// Not a TZif file, or cut off.
    case malformed
    /// Of version 1, which ends in 2038.
    case tooOld
    /// It counts leap seconds; instants here do not.
    case leapSeconds
    /// The rule in its last line is none that we can follow.
    case rule(String)
}

/// The contents of a TZif file (RFC 8536, RFC 9636), version 2 or later.
struct ZoneFile {
    let transitions: [Int]
    /// The offset from each transition on.
    let offsets: [Int]
    /// What holds before the first transition.
    let firstOffset: Int
    let rule: PosixRule?

    init(_ bytes: [UInt8]) throws(ZoneRefusal) {
        var reader = ByteReader(bytes)
        let old = try Header(&reader)
        guard old.version >= 50 else { throw .tooOld }
        try reader.skip(old.bodyBytes(timeBytes: 4))
        let header = try Header(&reader)
        guard header.leapCount == 0 else { throw .leapSeconds }
        guard header.typeCount > 0 else { throw .malformed }
        var times: [Int] = []
        for _ in 0..<header.timeCount { times.append(try reader.signed(bytes: 8)) }
        var kinds: [Int] = []
        for _ in 0..<header.timeCount { kinds.append(try reader.byte()) }
        var types: [Int] = []
        for _ in 0..<header.typeCount {
            types.append(try reader.signed(bytes: 4))
            try reader.skip(2)
        }
        try reader.skip(header.charCount + header.standardCount + header.universalCount)
        guard kinds.allSatisfy({ $0 < types.count }) else { throw .malformed }
        guard zip(times, times.dropFirst()).allSatisfy({ $0 < $1 }) else { throw .malformed }
        transitions = times
        offsets = kinds.map { types[$0] }
        firstOffset = types[0]
        rule = try Self.rule(try reader.lastLine())
    }

    private static func rule(_ text: String) throws(ZoneRefusal) -> PosixRule? {
        guard !text.isEmpty else { return nil }
        guard let rule = PosixRule(text) else { throw .rule(text) }
        return rule
    }

    /// The six counts that stand before a body.
    private struct Header {
        let version: Int
        let universalCount: Int
        let standardCount: Int
        let leapCount: Int
        let timeCount: Int
        let typeCount: Int
        let charCount: Int

        /// More than any zone has; a header that says more is damaged.
        static let countMax = 100_000

        init(_ reader: inout ByteReader) throws(ZoneRefusal) {
            for byte in "TZif".utf8 where try reader.byte() != Int(byte) { throw .malformed }
            version = try reader.byte()
            try reader.skip(15)
            var counts: [Int] = []
            for _ in 0..<6 { counts.append(try reader.signed(bytes: 4)) }
            guard counts.allSatisfy((0...Self.countMax).contains) else { throw .malformed }
            (universalCount, standardCount, leapCount) = (counts[0], counts[1], counts[2])
            (timeCount, typeCount, charCount) = (counts[3], counts[4], counts[5])
        }

        func bodyBytes(timeBytes: Int) -> Int {
            timeCount * (timeBytes + 1) + typeCount * 6 + charCount
                + leapCount * (timeBytes + 4) + standardCount + universalCount
        }
    }

    /// Big-endian numbers, one after the other.
    private struct ByteReader {
        private let bytes: [UInt8]
        private var index = 0

        init(_ bytes: [UInt8]) { self.bytes = bytes }

        mutating func skip(_ count: Int) throws(ZoneRefusal) {
            guard count <= bytes.count - index else { throw .malformed }
            index += count
        }

        mutating func byte() throws(ZoneRefusal) -> Int {
            guard index < bytes.count else { throw .malformed }
            index += 1
            return Int(bytes[index - 1])
        }

        mutating func signed(bytes count: Int) throws(ZoneRefusal) -> Int {
            var value: UInt64 = 0
            for _ in 0..<count { value = value << 8 | UInt64(try byte()) }
            return count == 4
                ? Int(Int32(truncatingIfNeeded: value)) : Int(Int64(truncatingIfNeeded: value))
        }

        /// What stands between the last two line ends.
        mutating func lastLine() throws(ZoneRefusal) -> String {
            guard try byte() == 10 else { throw .malformed }
            let rest = bytes[index...]
            guard let end = rest.firstIndex(of: 10) else { throw .malformed }
            return String(decoding: rest[..<end], as: UTF8.self)
        }
    }
}
