/// An IPv4 or IPv6 address as its bytes; an IPv4 address inside IPv6 is taken as IPv4.
struct InternetAddress: Equatable {
    let bytes: [UInt8]

    /// Nil unless `text` is an address in its usual form; IPv4 numbers have no zeros in front.
    init?(_ text: String) {
        guard text.utf8.count <= 45 else { return nil }
        let found = text.utf8.contains(58) ? Self.sixteen(text) : Self.four(text)
        guard let found else { return nil }
        let isMapped =
            found.count == 16 && found[..<10].allSatisfy { $0 == 0 } && found[10] == 255
            && found[11] == 255
        bytes = isMapped ? Array(found[12...]) : found
    }

    private static func four(_ text: String) -> [UInt8]? {
        let parts = text.utf8.split(separator: 46, omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var bytes: [UInt8] = []
        for part in parts {
            guard (1...3).contains(part.count), part.allSatisfy({ $0 &- 48 < 10 }),
                part.count == 1 || part.first != 48,
                let byte = UInt8(String(decoding: Array(part), as: UTF8.self))
            else { return nil }
            bytes.append(byte)
        }
        return bytes
    }

    private static func sixteen(_ text: String) -> [UInt8]? {
        let words = text.utf8.split(separator: 58, omittingEmptySubsequences: false)
            .map { String(decoding: Array($0), as: UTF8.self) }
        guard words.count >= 3, words.count <= 9 else { return nil }
        var groups = words
        // Two empty words at an edge are one gap.
        if groups[0].isEmpty {
            guard groups[1].isEmpty else { return nil }
            groups.removeFirst()
        }
        if groups[groups.count - 1].isEmpty {
            guard groups.count >= 2, groups[groups.count - 2].isEmpty else { return nil }
            groups.removeLast()
        }
        let gaps = groups.filter(\.isEmpty).count
        guard gaps <= 1 else { return nil }
        var before: [UInt8] = []
        var after: [UInt8] = []
        var isAfter = false
        for (place, group) in groups.enumerated() {
            if group.isEmpty {
                isAfter = true
                continue
            }
            guard let own = bytes(of: group, isLast: place == groups.count - 1) else { return nil }
            if isAfter { after += own } else { before += own }
        }
        let missing = 16 - before.count - after.count
        guard gaps == 1 ? missing >= 2 : missing == 0 else { return nil }
        return before + [UInt8](repeating: 0, count: missing) + after
    }

    private static func bytes(of group: String, isLast: Bool) -> [UInt8]? {
        if isLast, group.utf8.contains(46) { return four(group) }
        guard (1...4).contains(group.utf8.count), !group.hasPrefix("+"), !group.hasPrefix("-"),
            let word = UInt16(group, radix: 16)
        else { return nil }
        return [UInt8(word >> 8), UInt8(word & 255)]
    }
}

/// A block of addresses, as in `10.0.0.0/8`; an address alone is a block of one.
struct AddressBlock {
    private let base: InternetAddress
    private let bits: Int

    init?(_ text: String) {
        let parts = text.utf8.split(separator: 47, omittingEmptySubsequences: false)
            .map { String(decoding: Array($0), as: UTF8.self) }
        guard parts.count <= 2, let base = InternetAddress(parts[0]) else { return nil }
        let most = base.bytes.count * 8
        var bits = most
        if parts.count == 2 {
            guard (1...3).contains(parts[1].utf8.count),
                parts[1].utf8.allSatisfy({ $0 &- 48 < 10 }), let count = Int(parts[1])
            else { return nil }
            // The length of a mapped address counts the 96 bits in front of it.
            bits = parts[0].utf8.contains(58) && most == 32 ? count - 96 : count
            guard (0...most).contains(bits) else { return nil }
        }
        self.base = base
        self.bits = bits
    }

    func contains(_ address: InternetAddress) -> Bool {
        guard address.bytes.count == base.bytes.count else { return false }
        for place in base.bytes.indices {
            let left = bits - place * 8
            guard left > 0 else { return true }
            let mask: UInt8 = left >= 8 ? 255 : ~(255 >> UInt8(left))
            guard address.bytes[place] & mask == base.bytes[place] & mask else { return false }
        }
        return true
    }
}
