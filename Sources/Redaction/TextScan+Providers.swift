// Keys in the forms that their makers document.
extension TextScan {
    mutating func findProviderKeys() throws(ScanBudget.Exhausted) {
        guard bytes.count > 8 else { return }
        var place = 0
        while place + 8 < bytes.count {
            guard let shapes = TokenIndex.known.candidates(bytes[place], bytes[place + 1]) else {
                place += 1
                continue
            }
            let isWordStart = isBoundary(before: place)
            var end: Int?
            var label = ""
            for shape in shapes where isWordStart || shape.rules.contains(.anywhere) {
                try budget.spend(1)
                guard let match = shape.end(of: bytes, from: place) else { continue }
                try budget.spend(match - place)
                end = match
                label = shape.label
                break
            }
            if let end {
                let wordEnd = wordEnd(from: end)
                let kind: FindingKind = label == "JSON Web Token" ? .jsonWebToken : .providerKey
                add(kind, label, place..<wordEnd)
                place = wordEnd
            } else {
                place += 1
            }
        }
    }

    /// Forms that have no fixed begin: their sign stands in the middle.
    mutating func findShapesAround() throws(ScanBudget.Exhausted) {
        for place in bytes.indices {
            switch bytes[place] {
            case UInt8(ascii: ":"): findTelegram(at: place)
            case UInt8(ascii: "|"), UInt8(ascii: "%"): findFacebook(at: place)
            case UInt8(ascii: "~"): findAzure(at: place)
            case UInt8(ascii: "_"): findEnding("_mmk", at: place, "MaxMind key", sizeMin: 30)
            case UInt8(ascii: "-"):
                findTwitter(at: place)
                findMailchimp(at: place)
            case UInt8(ascii: "."):
                findMiddle(".atlasv1.", at: place, "Terraform token")
                findDiscord(at: place)
            default: break
            }
        }
    }

    /// Digits, a colon, an A and 34 or more of a word: a bot of Telegram.
    private mutating func findTelegram(at place: Int) {
        let digits = runBack(.digit, before: place, most: 17)
        guard (5...16).contains(digits), place + 1 < bytes.count,
            bytes[place + 1] == UInt8(ascii: "A")
        else { return }
        let end = runEnd(.word, from: place + 1, most: 64)
        if end - place >= 34 { add(.providerKey, "Telegram token", place - digits..<end) }
    }

    /// Digits of an app, a bar (or its percent form) and 27 or more of a word.
    private mutating func findFacebook(at place: Int) {
        let digits = runBack(.digit, before: place, most: 18)
        guard (15...17).contains(digits) else { return }
        let end = runEnd(.word, from: place + 1, most: 64)
        if end - place > 27 { add(.providerKey, "Facebook token", place - digits..<end) }
    }

    /// Digits of an account, a dash and 20 or more letters and digits.
    private mutating func findTwitter(at place: Int) {
        let digits = runBack(.digit, before: place, most: 26)
        guard (15...25).contains(digits) else { return }
        let end = runEnd(.alnum, from: place + 1, most: 64)
        guard end - place > 20, Texture(bytes[place + 1..<end]).isKeyLike else { return }
        add(.providerKey, "Twitter token", place - digits..<end)
    }

    /// Thirty-two hexadecimal digits and the name of a data centre.
    private mutating func findMailchimp(at place: Int) {
        let digits = runBack(.lowerHex, before: place, most: 33)
        guard digits == 32, bytes[place...].starts(with: "-us".utf8) else { return }
        let end = runEnd(.digit, from: place + 3, most: 3)
        if end > place + 3 { add(.providerKey, "Mailchimp key", place - digits..<end) }
    }

    /// Three signs, a digit, `Q~` and 31 or more: a secret of an Azure application.
    private mutating func findAzure(at place: Int) {
        guard place >= 5, bytes[place - 1] == UInt8(ascii: "Q"), bytes[place - 2].isDigit else {
            return
        }
        let end = wordEnd(from: place + 1)
        if end - place >= 31 { add(.providerKey, "Azure secret", place - 5..<end) }
    }

    private mutating func findEnding(
        _ ending: String, at place: Int, _ label: String, sizeMin: Int
    ) {
        guard bytes[place...].starts(with: ending.utf8) else { return }
        let size = runBack(.word, before: place, most: 64)
        if size >= sizeMin { add(.providerKey, label, place - size..<place + ending.utf8.count) }
    }

    private mutating func findMiddle(_ middle: String, at place: Int, _ label: String) {
        guard bytes[place...].starts(with: middle.utf8) else { return }
        let size = runBack(.alnum, before: place, most: 32)
        let end = wordEnd(from: place + middle.utf8.count)
        if size >= 10, end - place >= 40 { add(.providerKey, label, place - size..<end) }
    }

    /// The number of an account in base64, six or seven of a word, and 27 or more: a Discord bot.
    private mutating func findDiscord(at place: Int) {
        let size = runBack(.word, before: place, most: 40)
        guard (23...28).contains(size),
            [UInt8(ascii: "M"), UInt8(ascii: "N"), UInt8(ascii: "O")]
                .contains(bytes[place - size])
        else { return }
        let middle = runEnd(.word, from: place + 1, most: 10)
        guard (6...7).contains(middle - place - 1), middle < bytes.count,
            bytes[middle] == UInt8(ascii: ".")
        else { return }
        let end = runEnd(.word, from: middle + 1, most: 64)
        if end - middle > 27 { add(.providerKey, "Discord token", place - size..<end) }
    }

    /// How many bytes of `alphabet` stand before `place`, at most `most`.
    func runBack(_ alphabet: ByteClass, before place: Int, most: Int) -> Int {
        var count = 0
        while count < most, place - count > 0, alphabet.contains(bytes[place - count - 1]) {
            count += 1
        }
        return count
    }

    /// The end of the run of `alphabet` from `place`, at most `most` long.
    func runEnd(_ alphabet: ByteClass, from place: Int, most: Int) -> Int {
        var end = place
        while end < bytes.count, end - place < most, alphabet.contains(bytes[end]) { end += 1 }
        return end
    }
}
