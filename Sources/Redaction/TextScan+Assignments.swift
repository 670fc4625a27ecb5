// Names of secrets in a text, and what follows them: `password=…`, `"token": "…"`, `--secret …`.
extension TextScan {
    mutating func findAssignments() {
        var place = 0
        while place < bytes.count {
            guard ByteClass.name.contains(bytes[place]) else {
                place += 1
                continue
            }
            let end = runEnd(.name, from: place, most: bytes.count)
            let next = assignment(named: place..<end)
            place = max(end, next ?? end)
        }
    }

    /// Finds the value that the name at `name` is given; the end of what was taken.
    private mutating func assignment(named name: Range<Int>) -> Int? {
        guard name.count >= 2, name.count <= 128, let start = valueStart(after: name) else {
            return nil
        }
        let quote = enclosingQuote(of: name)
        switch KeyName(bytes[name]) {
        case .secret(let label): return secret(label, at: start, in: quote)
        case .token(let label):
            let isHeader = ["authorization", "cookie"].contains(label)
            return isHeader
                ? header(label, at: start, in: quote) : token(label, at: start, in: quote)
        case .hint, .identifier, .plain: return nil
        }
    }

    /// Where a value begins after a name and `=`, `:`, `=>`, `>` or, after a flag, a space.
    private func valueStart(after name: Range<Int>) -> Int? {
        var place = name.upperBound
        if place < bytes.count, bytes[place].isQuote || bytes[place] == UInt8(ascii: "]") {
            place += 1
        }
        if place < bytes.count, bytes[place] == UInt8(ascii: "\\") { place += 1 }
        if place < bytes.count, bytes[place].isQuote { place += 1 }
        let isFlag = bytes[name.lowerBound] == UInt8(ascii: "-")
        let gap = skipSpaces(from: place, most: 3)
        guard gap < bytes.count else { return nil }
        var after = gap
        while after < bytes.count, after - gap < 3, Self.assigns.contains(bytes[after]) {
            after += 1
        }
        if after == gap {
            if isFlag, gap > place { return gap }
            return isWord(at: name) && gap > place ? afterCopula(at: gap) : nil
        }
        return skipSpaces(from: after, most: 5)
    }

    private static let assigns = ByteClass("=:>")

    private func isWord(at name: Range<Int>) -> Bool { bytes[name].allSatisfy(\.isAlnum) }

    /// `password is …`, `Passwort lautet …`, `name="password" value="…"`.
    private func afterCopula(at place: Int) -> Int? {
        for word in ["is ", "ist ", "lautet ", "was ", "value=", "to "] {
            let end = place + word.utf8.count
            if end < bytes.count, find(word, from: place, upTo: end) == place { return end }
        }
        return nil
    }

    private func skipSpaces(from start: Int, most: Int) -> Int {
        var place = start
        while place < bytes.count, place - start < most, bytes[place] == 0x20 || bytes[place] == 9 {
            place += 1
        }
        return place
    }

    /// The quote that was opened right before the name and so ends the value.
    private func enclosingQuote(of name: Range<Int>) -> UInt8? {
        guard name.lowerBound > 0, bytes[name.lowerBound - 1].isQuote else { return nil }
        let end = name.upperBound
        let isClosed = end < bytes.count && bytes[end] == bytes[name.lowerBound - 1]
        return isClosed ? nil : bytes[name.lowerBound - 1]
    }

    /// The value from `start`, within its own quotes or within those around the whole.
    private func value(at start: Int, in quote: UInt8?) -> Range<Int> {
        var start = start
        if start < bytes.count, bytes[start] == UInt8(ascii: "\\") { start += 1 }
        if start < bytes.count, bytes[start].isQuote {
            let end = firstIndex(of: bytes[start], from: start + 1)
            return start + 1..<max(start + 1, end)
        }
        let end = valueEnd(from: start)
        if let quote { return start..<max(start, min(end, firstIndex(of: quote, from: start))) }
        return start..<end
    }

    private func firstIndex(of byte: UInt8, from start: Int) -> Int {
        var place = start
        while place < bytes.count, bytes[place] != byte, bytes[place] != 0x0A { place += 1 }
        return min(place, bytes.count)
    }

    private mutating func secret(_ label: String, at start: Int, in quote: UInt8?) -> Int? {
        let span = value(at: start, in: quote)
        guard span.count >= 3, !isReference(span), !Self.isOrdinary(bytes[span]) else {
            return nil
        }
        // A PIN or a code is made of digits; as a word of prose it is followed by anything.
        if ["PIN", "code", "card code", "number"].contains(label),
            !bytes[span].contains(where: \.isDigit)
        {
            return nil
        }
        add(.assignment, label, span)
        return span.upperBound
    }

    private mutating func token(_ label: String, at start: Int, in quote: UInt8?) -> Int? {
        let span = value(at: start, in: quote)
        let texture = Texture(bytes[span])
        let isKey = texture.isKeyLike || texture.size >= 12 && texture.digits > 0
        guard span.count >= 8, isKey, !isReference(span) else { return nil }
        add(.assignment, label, span)
        return span.upperBound
    }

    /// All of a header's value but the scheme: to the quote around it, else one word.
    private mutating func header(_ label: String, at start: Int, in quote: UInt8?) -> Int? {
        var start = start
        var isSure = quote != nil
        if label == "authorization" {
            let scheme = runEnd(.letter, from: start, most: 16)
            if scheme > start, scheme < bytes.count, bytes[scheme] == 0x20 {
                start = skipSpaces(from: scheme, most: 3)
            }
        }
        guard start < bytes.count else { return nil }
        var span = value(at: start, in: quote)
        if let quote {
            span = start..<max(start, firstIndex(of: quote, from: start))
        } else if label == "cookie" {
            span = start..<max(start, firstIndex(of: 0x0A, from: start))
        }
        let texture = Texture(bytes[span])
        isSure = isSure || texture.digits > 0 || texture.size >= 16
        guard span.count >= 6, isSure, !isReference(span), !Self.isOrdinary(bytes[span]) else {
            return nil
        }
        add(.header, label, span)
        return span.upperBound
    }

    /// Words that follow the name of a secret in prose and in settings without being one.
    private static func isOrdinary(_ value: ArraySlice<UInt8>) -> Bool {
        guard value.count <= 12 else { return false }
        return ordinary.contains(String(decoding: value.map(\.lowered), as: UTF8.self))
    }

    private static let ordinary: Set<String> = [
        "true", "false", "null", "none", "nil", "required", "optional", "string", "must", "should",
        "will", "was", "has", "the", "not", "and", "for", "your", "changed", "reset", "expired",
        "wrong", "invalid", "missing", "unknown", "hidden", "redacted", "changeme", "yes", "no",
        "token", "bearer", "header", "text", "empty", "unset", "new", "old", "sent", "stored",
        "rotated", "needed", "set",
    ]
}
