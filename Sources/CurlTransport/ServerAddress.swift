/// Where a control plane is: `http://` or `https://`, a host, and perhaps a port and a path.
public struct ServerAddress: Hashable, Sendable, CustomStringConvertible {
    /// The address without a slash at its end.
    public let text: String

    /// Nil unless the text is such an address; a name or password in it is not taken.
    public init?(_ text: String) {
        guard let start = Self.schemeLength(text) else { return nil }
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return nil }
        let rest = text.dropFirst(start)
        let authority = rest.prefix { $0 != "/" }
        guard !authority.isEmpty, !rest.contains(where: { "?#@\\".contains($0) }) else {
            return nil
        }
        var kept = text
        while kept.hasSuffix("/") { kept.removeLast() }
        self.text = kept
    }

    /// The address as it was given.
    public var description: String { text }

    /// True when nobody on the way can read what is sent.
    public var isEncrypted: Bool { text.lowercased().hasPrefix("https://") }

    /// True when the server is on this machine.
    public var isThisMachine: Bool {
        let host: Substring
        if authority.hasPrefix("[") {
            host = authority.dropFirst().prefix { $0 != "]" }
        } else {
            host = authority.prefix { $0 != ":" }
        }
        return host == "localhost" || host == "::1" || Self.isLoopback(host)
    }

    /// What stands between the scheme and the path.
    private var authority: Substring {
        text.dropFirst(Self.schemeLength(text) ?? 0).prefix { $0 != "/" }
    }

    private static func schemeLength(_ text: String) -> Int? {
        ["https://", "http://"].first { text.lowercased().hasPrefix($0) }?.count
    }

    /// `127.` and three more numbers, so that `127.example.com` is not taken for it.
    private static func isLoopback(_ host: Substring) -> Bool {
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }
}
