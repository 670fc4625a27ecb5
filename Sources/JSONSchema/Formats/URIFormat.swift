/// URIs and references to them, RFC 3986, and the same beyond ASCII, RFC 3987.
enum URIFormat {
    static func isURI(_ bytes: [UInt8], isReference: Bool, allowsUnicode: Bool) -> Bool {
        guard hasAllowedBytes(bytes, allowsUnicode) else { return false }
        let (front, fragment) = cut(bytes[...], at: "#")
        guard fragment.map({ !$0.contains(UInt8(ascii: "#")) }) ?? true else { return false }
        let (path, query) = cut(front, at: "?")
        guard !hasBracket(query), !hasBracket(fragment) else { return false }
        guard let scheme = schemeEnd(path) else {
            return isReference && isRelative(path)
        }
        return isHierarchy(path[(scheme + 1)...])
    }

    private static let marks = Array("-._~:/?#[]@!$&'()*+,;=%".utf8)

    private static func hasAllowedBytes(_ bytes: [UInt8], _ allowsUnicode: Bool) -> Bool {
        for (place, byte) in bytes.enumerated() {
            guard byte.isLetter || byte.isDigit || marks.contains(byte) || byte >= 0x80 else {
                return false
            }
            if byte >= 0x80, !allowsUnicode { return false }
            if byte == UInt8(ascii: "%") {
                let digits = bytes.dropFirst(place + 1).prefix(2)
                guard digits.count == 2, digits.allSatisfy(\.isHexadecimalDigit) else {
                    return false
                }
            }
        }
        return true
    }

    private static func cut(
        _ bytes: ArraySlice<UInt8>, at mark: Unicode.Scalar
    ) -> (ArraySlice<UInt8>, ArraySlice<UInt8>?) {
        guard let place = bytes.firstIndex(of: UInt8(ascii: mark)) else { return (bytes, nil) }
        return (bytes[..<place], bytes[(place + 1)...])
    }

    private static func hasBracket(_ bytes: ArraySlice<UInt8>?) -> Bool {
        bytes?.contains { $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: "]") } ?? false
    }

    /// The place of the colon after a scheme.
    private static func schemeEnd(_ path: ArraySlice<UInt8>) -> Int? {
        guard let colon = path.firstIndex(of: UInt8(ascii: ":")), let first = path.first,
            first.isLetter
        else { return nil }
        let others = Array("+-.".utf8)
        let isScheme = path[..<colon].allSatisfy {
            $0.isLetter || $0.isDigit || others.contains($0)
        }
        return isScheme ? colon : nil
    }

    /// A relative reference must not look as if it had a scheme.
    private static func isRelative(_ path: ArraySlice<UInt8>) -> Bool {
        let first = path.prefix { $0 != UInt8(ascii: "/") }
        return !first.contains(UInt8(ascii: ":")) && isHierarchy(path)
    }

    private static func isHierarchy(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard bytes.starts(with: "//".utf8) else { return !hasBracket(bytes) }
        let rest = bytes.dropFirst(2)
        let authority = rest.prefix { $0 != UInt8(ascii: "/") }
        return isAuthority(authority) && !hasBracket(rest[authority.endIndex...])
    }

    private static func isAuthority(_ bytes: ArraySlice<UInt8>) -> Bool {
        var host = bytes
        if let at = bytes.firstIndex(of: UInt8(ascii: "@")) {
            guard !hasBracket(bytes[..<at]) else { return false }
            host = bytes[(at + 1)...]
            guard !host.contains(UInt8(ascii: "@")) else { return false }
        }
        if host.first == UInt8(ascii: "[") {
            guard let end = host.firstIndex(of: UInt8(ascii: "]")) else { return false }
            let address = Array(host[(host.startIndex + 1)..<end])
            return isLiteral(address) && isPort(host[(end + 1)...])
        }
        guard !hasBracket(host) else { return false }
        let name = host.prefix { $0 != UInt8(ascii: ":") }
        return isPort(host[name.endIndex...])
    }

    private static func isLiteral(_ address: [UInt8]) -> Bool {
        guard let version = address.first, version | 0x20 == UInt8(ascii: "v") else {
            return AddressFormat.isIPv6(address)
        }
        let (digits, rest) = cut(address[1...], at: ".")
        return !digits.isEmpty && digits.allSatisfy(\.isHexadecimalDigit)
            && rest.map { !$0.isEmpty && !$0.contains(UInt8(ascii: "%")) } ?? false
    }

    private static func isPort(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.isEmpty || bytes.first == UInt8(ascii: ":") && bytes.dropFirst().allSatisfy(\.isDigit)
    }
}
