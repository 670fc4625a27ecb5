import JSONTree

// Texts inside of texts: percent-encoding, base64, JSON.
extension TextScan {
    mutating func findWrapped() throws(ScanBudget.Exhausted) {
        guard depth < Self.depthMax else { return }
        try findInJSON()
        try findInPercent()
        try findInBase64()
    }

    /// A text that is a JSON document is looked through as one; what it hides, it hides whole.
    private mutating func findInJSON() throws(ScanBudget.Exhausted) {
        guard let first = bytes.first(where: { !$0.isSpace }),
            [UInt8(ascii: "{"), UInt8(ascii: "[")].contains(first)
        else { return }
        try budget.spend(bytes.count * 2)
        let value: JSONValue
        do {
            value = try JSONValue(parsing: bytes)
        } catch {
            return
        }
        var walk = TreeScan(budget: budget, depth: depth + 1)
        try walk.visit(value, at: .root, named: .plain)
        budget = walk.budget
        guard let finding = walk.found.first(where: { $0.kind != .opaque }) ?? walk.found.first
        else { return }
        // Where the text layers saw as much, their spans say more than "all of it"; an escape may
        // hide a name or an end from them.
        let sawAll = found.count >= walk.found.count && !bytes.contains(UInt8(ascii: "\\"))
        if !sawAll { hideAll(as: finding.kind, finding.label) }
    }

    private mutating func findInPercent() throws(ScanBudget.Exhausted) {
        guard bytes.contains(UInt8(ascii: "%")) else { return }
        var decoded: [UInt8] = []
        var places: [Int] = []
        var place = 0
        while place < bytes.count {
            places.append(place)
            if bytes[place] == UInt8(ascii: "%"), place + 2 < bytes.count,
                let high = bytes[place + 1].hexValue, let low = bytes[place + 2].hexValue
            {
                decoded.append(high << 4 | low)
                place += 3
            } else {
                decoded.append(bytes[place])
                place += 1
            }
        }
        guard decoded.count < bytes.count else { return }
        places.append(bytes.count)
        for finding in try unwrapped(decoded) {
            let span = places[finding.span.lowerBound]..<places[finding.span.upperBound]
            if !isCovered(span) { add(finding.kind, finding.label, span) }
        }
    }

    private mutating func findInBase64() throws(ScanBudget.Exhausted) {
        var place = 0
        while place < bytes.count {
            guard Self.base64.contains(bytes[place]) else {
                place += 1
                continue
            }
            let end = runEnd(Self.base64, from: place, most: bytes.count)
            let word = place..<end
            place = end
            guard word.count >= 16, !isCovered(word) else { continue }
            for word in [word] + pieces(of: word) {
                try budget.spend(word.count)
                guard let text = decodedText(word) else { continue }
                let inner = try unwrapped(text).first { $0.kind != .opaque }
                if let inner { add(inner.kind, inner.label, word) }
            }
        }
    }

    private static let base64 = ByteClass("a-zA-Z0-9+/_=-")

    /// After `name=` and after a slash base64 may begin as well.
    private func pieces(of word: Range<Int>) -> [Range<Int>] {
        let signs = bytes[word].indices.dropLast(8).filter {
            bytes[$0] == UInt8(ascii: "=") || bytes[$0] == UInt8(ascii: "/")
        }
        return signs.prefix(8).map { $0 + 1..<word.upperBound }.filter { $0.count >= 16 }
    }

    /// What the word says in base64; nil when that is no text.
    private mutating func decodedText(_ word: Range<Int>) -> [UInt8]? {
        var text: [UInt8] = []
        text.reserveCapacity(word.count * 3 / 4)
        var bits: UInt32 = 0
        var count = 0
        for byte in bytes[word] {
            guard let value = Self.value(of: byte) else {
                if byte == UInt8(ascii: "=") { break }
                return nil
            }
            bits = bits << 6 | UInt32(value)
            count += 6
            guard count >= 8 else { continue }
            count -= 8
            let next = UInt8(truncatingIfNeeded: bits >> UInt32(count))
            // Binary data shows itself soon; a text has no such bytes.
            if next < 0x20, next != 0x0A, next != 0x0D, next != 0x09 { return nil }
            text.append(next)
        }
        return text.count >= 8 && String(validating: text, as: UTF8.self) != nil ? text : nil
    }

    private static func value(of byte: UInt8) -> UInt8? {
        switch byte {
        case 0x41...0x5A: byte - 0x41
        case 0x61...0x7A: byte - 0x61 + 26
        case 0x30...0x39: byte - 0x30 + 52
        case UInt8(ascii: "+"), UInt8(ascii: "-"): 62
        case UInt8(ascii: "/"), UInt8(ascii: "_"): 63
        default: nil
        }
    }

    private mutating func unwrapped(
        _ text: [UInt8]
    ) throws(ScanBudget.Exhausted) -> [TextFinding] {
        var inner = TextScan(text, key: key, depth: depth + 1, budget: budget)
        try inner.run()
        budget = inner.budget
        return inner.found
    }
}
