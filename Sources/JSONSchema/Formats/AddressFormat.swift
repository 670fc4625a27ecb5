/// The formats of hosts and mailboxes.
enum AddressFormat {
    /// RFC 1123: labels of letters, digits and inner hyphens, 63 bytes each and 253 together.
    static func isHostname(_ bytes: [UInt8]) -> Bool {
        guard (1...253).contains(bytes.count) else { return false }
        return bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
            .allSatisfy { label in
                (1...63).contains(label.count) && label.first != UInt8(ascii: "-")
                    && label.last != UInt8(ascii: "-")
                    && label.allSatisfy { $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "-") }
            }
    }

    /// Four numbers up to 255, without zeros in front.
    static func isIPv4(_ bytes: [UInt8]) -> Bool {
        let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return parts.count == 4
            && parts.allSatisfy { part in
                (1...3).contains(part.count) && part.allSatisfy(\.isDigit)
                    && (part.count == 1 || part.first != UInt8(ascii: "0"))
                    && part.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) } <= 255
            }
    }

    /// RFC 4291, without a zone.
    static func isIPv6(_ bytes: [UInt8]) -> Bool {
        guard bytes.count <= 45 else { return false }
        let colon = UInt8(ascii: ":")
        let gaps = bytes.indices.dropLast().filter { bytes[$0] == colon && bytes[$0 + 1] == colon }
        guard let gap = gaps.first else { return groups(bytes[...], endsAddress: true) == 8 }
        guard gaps.count == 1, let left = groups(bytes[..<gap], endsAddress: false),
            let right = groups(bytes[(gap + 2)...], endsAddress: true)
        else { return false }
        return left + right <= 7
    }

    /// How many groups of 16 bits these are; an IPv4 address at the end stands for two.
    private static func groups(_ bytes: ArraySlice<UInt8>, endsAddress: Bool) -> Int? {
        guard !bytes.isEmpty else { return 0 }
        let parts = bytes.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        var count = 0
        for (place, part) in parts.enumerated() {
            if (1...4).contains(part.count), part.allSatisfy(\.isHexadecimalDigit) {
                count += 1
            } else if endsAddress, place == parts.count - 1, isIPv4(Array(part)) {
                count += 2
            } else {
                return nil
            }
        }
        return count
    }

    /// RFC 5321: a dotted or quoted name, and a host or an address in brackets.
    static func isEmail(_ bytes: [UInt8], allowsUnicode: Bool) -> Bool {
        guard let at = bytes.lastIndex(of: UInt8(ascii: "@")), at <= 64 || allowsUnicode else {
            return false
        }
        let name = bytes[..<at]
        let host = Array(bytes[(at + 1)...])
        let isName =
            name.first == UInt8(ascii: "\"")
            ? isQuoted(name, allowsUnicode) : isDotted(name, allowsUnicode)
        return isName && (isMailHost(host) || allowsUnicode && isUnicodeHost(host))
    }

    private static let nameMarks = Array("!#$%&'*+-/=?^_`{|}~".utf8)

    private static func isDotted(_ name: ArraySlice<UInt8>, _ allowsUnicode: Bool) -> Bool {
        name.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
            .allSatisfy { part in
                !part.isEmpty
                    && part.allSatisfy { byte in
                        byte.isLetter || byte.isDigit || nameMarks.contains(byte)
                            || allowsUnicode && byte >= 0x80
                    }
            }
    }

    private static func isQuoted(_ name: ArraySlice<UInt8>, _ allowsUnicode: Bool) -> Bool {
        guard name.count >= 2, name.last == UInt8(ascii: "\"") else { return false }
        var isEscaped = false
        for byte in name.dropFirst().dropLast() {
            guard (0x20..<0x7F).contains(byte) || allowsUnicode && byte >= 0x80 else {
                return false
            }
            if isEscaped {
                isEscaped = false
            } else if byte == UInt8(ascii: "\"") {
                return false
            } else {
                isEscaped = byte == UInt8(ascii: "\\")
            }
        }
        return !isEscaped
    }

    private static func isMailHost(_ host: [UInt8]) -> Bool {
        guard host.first == UInt8(ascii: "["), host.last == UInt8(ascii: "]") else {
            return isHostname(host)
        }
        let address = Array(host.dropFirst().dropLast())
        let prefix = Array("IPv6:".utf8)
        return address.starts(with: prefix)
            ? isIPv6(Array(address.dropFirst(prefix.count))) : isIPv4(address)
    }

    private static func isUnicodeHost(_ host: [UInt8]) -> Bool {
        isHostname(host.map { $0 >= 0x80 ? UInt8(ascii: "a") : $0 })
    }
}
