import JSONTree

/// The name of a host: labels of ASCII letters, digits, hyphens and underscores, in lower case.
///
/// Names beyond ASCII are not taken: two of them can look alike, and their ASCII form says which.
struct HostName {
    let text: String

    /// Nil unless `written` is a host name; one dot at its end does not count.
    init?(_ written: String) {
        var bytes = written.utf8.map { $0 &- 65 < 26 ? $0 + 32 : $0 }
        if bytes.last == UInt8(ascii: ".") { bytes.removeLast() }
        guard !bytes.isEmpty, bytes.count <= 253 else { return nil }
        for label in bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false) {
            guard (1...63).contains(label.count), label.first != 45, label.last != 45,
                label.allSatisfy({ $0 &- 97 < 26 || $0 &- 48 < 10 || $0 == 45 || $0 == 95 })
            else { return nil }
        }
        text = String(decoding: bytes, as: UTF8.self)
    }

    /// Whether this is the domain `written` or a name inside it.
    func isWithin(_ written: String) -> Bool {
        guard let domain = HostName(written) else { return false }
        return text.hasSameBytes(as: domain.text) || text.hasSuffix("." + domain.text)
    }

    /// The domain of a bare e-mail address.
    static func ofEmail(_ text: String) -> String? {
        let parts = text.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        guard parts.count == 2, (1...64).contains(parts[0].count),
            parts[0].allSatisfy({ $0 > 32 && $0 < 127 && !Self.refusedInAddress.contains($0) })
        else { return nil }
        return HostName(String(decoding: Array(parts[1]), as: UTF8.self))?.text
    }

    /// Quotation marks, brackets, commas, colons, semicolons and backslashes.
    private static let refusedInAddress: Set<UInt8> = [34, 40, 41, 44, 58, 59, 60, 62, 91, 92, 93]

    /// The host of an absolute URL; an IPv6 address without its brackets.
    static func ofURL(_ text: String) -> String? {
        let bytes = Array(text.utf8)
        // A backslash, a blank or a control is read differently by different programs.
        guard bytes.allSatisfy({ $0 > 32 && $0 < 127 && $0 != UInt8(ascii: "\\") }),
            let colon = bytes.firstIndex(of: UInt8(ascii: ":")), colon > 0,
            bytes[..<colon].allSatisfy({ isSchemeByte($0) }), bytes.count > colon + 3,
            bytes[colon + 1] == 47, bytes[colon + 2] == 47
        else { return nil }
        let ends: Set<UInt8> = [47, 63, 35]
        var authority = Array(bytes[(colon + 3)...].prefix { !ends.contains($0) })
        if let at = authority.lastIndex(of: UInt8(ascii: "@")) {
            guard authority.firstIndex(of: UInt8(ascii: "@")) == at else { return nil }
            authority.removeSubrange(...at)
        }
        return host(authority)
    }

    private static func isSchemeByte(_ byte: UInt8) -> Bool {
        byte | 32 &- 97 < 26 || byte &- 48 < 10 || [43, 45, 46].contains(byte)
    }

    private static func host(_ authority: [UInt8]) -> String? {
        if authority.first == UInt8(ascii: "[") {
            guard let end = authority.firstIndex(of: UInt8(ascii: "]")),
                isPort(authority[(end + 1)...])
            else { return nil }
            let inner = String(decoding: authority[1..<end], as: UTF8.self)
            return InternetAddress(inner).map { _ in inner }
        }
        let name = authority.prefix { $0 != UInt8(ascii: ":") }
        guard isPort(authority[name.count...]) else { return nil }
        return HostName(String(decoding: name, as: UTF8.self))?.text
    }

    /// Nothing, or a colon and digits.
    private static func isPort(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard let first = bytes.first else { return true }
        return first == 58 && bytes.count <= 6 && bytes.dropFirst().allSatisfy { $0 &- 48 < 10 }
    }
}
