// What says by its structure that it is secret.
extension TextScan {
    /// From `-----BEGIN … PRIVATE KEY` to its end, or to the end of the text.
    mutating func findPrivateKeys() {
        var place = 0
        while let start = find("-----begin", from: place) {
            let head = min(bytes.count, start + 140)
            guard let name = find("private key", from: start, upTo: head) else {
                place = start + 10
                continue
            }
            var end = bytes.count
            if let tail = find("-----end", from: name), let close = find("key", from: tail) {
                end = closing(after: close)
            } else if let tail = lastKeyMark(after: name + 16) {
                end = tail
            }
            add(.privateKey, "private key", start..<end)
            place = end
        }
    }

    private func closing(after place: Int) -> Int {
        guard let dashes = find("-----", from: place, upTo: min(bytes.count, place + 24)) else {
            return bytes.count
        }
        return dashes + 5
    }

    private func lastKeyMark(after place: Int) -> Int? {
        guard let mark = find("key", from: place) else { return nil }
        let end = closing(after: mark)
        return end < bytes.count ? end : nil
    }

    /// Where `word` (in small letters) stands next, in letters of any case.
    func find(_ word: String, from start: Int, upTo end: Int? = nil) -> Int? {
        let wanted = Array(word.utf8)
        let last = (end ?? bytes.count) - wanted.count
        guard start <= last, let first = wanted.first else { return nil }
        var place = start
        while place <= last {
            if bytes[place].lowered == first, matches(wanted, at: place) { return place }
            place += 1
        }
        return nil
    }

    private func matches(_ wanted: [UInt8], at place: Int) -> Bool {
        for offset in wanted.indices where bytes[place + offset].lowered != wanted[offset] {
            return false
        }
        return true
    }

    /// `scheme://user:password@host`, and a key alone before the `@`.
    mutating func findUserinfo() {
        var place = 0
        while let scheme = find("://", from: place) {
            let start = scheme + 3
            var colon: Int?
            var end = start
            while end < bytes.count, !Self.endsAuthority.contains(bytes[end]),
                bytes[end] != UInt8(ascii: "@")
            {
                if bytes[end] == UInt8(ascii: ":"), colon == nil { colon = end }
                end += 1
            }
            place = max(end, start)
            guard end < bytes.count, bytes[end] == UInt8(ascii: "@") else { continue }
            // A password may hold an `@` of its own: the last one before the path counts.
            var last = end
            while end < bytes.count, !Self.endsAuthority.contains(bytes[end]) {
                if bytes[end] == UInt8(ascii: "@") { last = end }
                end += 1
            }
            place = end
            if let colon, colon + 1 < last {
                let value = colon + 1..<last
                if !isReference(value) { add(.userinfo, "password in an address", value) }
            } else if colon == nil, Texture(bytes[start..<last]).isKeyLike {
                add(.userinfo, "key in an address", start..<last)
            }
        }
    }

    private static let endsAuthority = ByteClass("/?# \"'`<>\\\n\r\t")

    /// `Bearer …`, `Basic …` and their like, wherever they stand.
    mutating func findBearers() {
        for scheme in ["bearer ", "basic ", "token ", "apikey ", "api-key ", "sso-key "] {
            var place = 0
            while let start = find(scheme, from: place) {
                let value = start + scheme.utf8.count
                let end = valueEnd(from: value)
                place = max(end, value)
                guard isBoundary(before: start), !isReference(value..<end) else { continue }
                let isLong = end - value >= 8 && scheme != "token " && scheme != "basic "
                let texture = Texture(bytes[value..<end])
                if isLong && texture.digits > 0 || texture.size >= 8 && texture.isKeyLike {
                    add(.header, "authorization", value..<end)
                }
            }
        }
    }

    /// `curl -u name:password`.
    mutating func findCurlUsers() {
        guard find("curl", from: 0) != nil else { return }
        for flag in [" -u", " --user"] {
            var place = 0
            while let start = find(flag, from: place) {
                place = start + flag.utf8.count
                while place < bytes.count, Self.beforeUser.contains(bytes[place]) { place += 1 }
                let end = valueEnd(from: place)
                guard let colon = bytes[place..<max(place, end)].firstIndex(of: UInt8(ascii: ":")),
                    colon + 1 < end, !isReference(colon + 1..<end)
                else { continue }
                add(.assignment, "password", colon + 1..<end)
            }
        }
    }

    private static let beforeUser = ByteClass(" =\"'")

    /// The end of a value without quotes: at a space, a quote, or a sign that ends a value.
    func valueEnd(from start: Int) -> Int {
        if let end = referenceEnd(from: start) { return end }
        var end = start
        while end < bytes.count, !Self.endsValue.contains(bytes[end]), !bytes[end].isSpace {
            end += 1
        }
        return end
    }

    private static let endsValue = ByteClass(",;&\"'`<>)}]")

    /// The end of `${NAME}`, `{{ name }}`, `$(command)` or of a mark of ours; nil for others.
    private func referenceEnd(from start: Int) -> Int? {
        for (open, close) in Self.references where bytes[start...].starts(with: open) {
            var end = start + open.count
            while end - start < 200, end < bytes.count {
                if bytes[end...].starts(with: close) { return end + close.count }
                end += 1
            }
        }
        return nil
    }

    private static let references: [([UInt8], [UInt8])] = [
        ("${", "}"), ("{{", "}}"), ("$(", ")"), ("‹", "›"), ("▒▒▒", ""),
    ].map { (Array($0.utf8), Array($1.utf8)) }

    /// True for what only names a secret kept elsewhere: `${NAME}`, `{{ name }}`, `***`, a mark.
    func isReference(_ span: Range<Int>) -> Bool {
        let value = bytes[span]
        if value.allSatisfy({ $0 == UInt8(ascii: "*") }) { return true }
        return referenceEnd(from: span.lowerBound) != nil
    }
}
