// What looks random where nothing random is expected.
extension TextScan {
    mutating func findOpaque() {
        if case .identifier = key { return }
        let logins = loginPlaces
        var place = 0
        while place < bytes.count {
            guard Self.run.contains(bytes[place]) else {
                place += 1
                continue
            }
            let end = runEnd(Self.run, from: place, most: bytes.count)
            judge(place..<end, logins)
            place = end
        }
    }

    private static let run = ByteClass("a-zA-Z0-9_+=-")

    private mutating func judge(_ run: Range<Int>, _ logins: [Range<Int>]) {
        var run = run
        // `name=value`: the name tells what the value is, and is no part of it.
        while let split = nameEnd(in: run) {
            let name = KeyName(bytes[run.lowerBound..<split])
            run = split + 1..<run.upperBound
            if case .identifier = name { return }
            if case .hint = name, isKeyHere(run, [run]) {
                add(.opaque, "key", widened(run))
                return
            }
        }
        guard run.count >= 6, !isMostlyCovered(run) else { return }
        if !logins.isEmpty || key == .hint, isKeyHere(run, logins) {
            add(.opaque, "key", widened(run))
            return
        }
        guard run.count >= 12, !isInPath(run), !isPublic(run) else { return }
        let texture = Texture(bytes[run])
        if texture.isOpaque || isLongHex(texture, run) { add(.opaque, "key", widened(run)) }
    }

    private func nameEnd(in run: Range<Int>) -> Int? {
        guard let sign = bytes[run].firstIndex(of: UInt8(ascii: "=")), sign > run.lowerBound,
            sign + 1 < run.upperBound, sign - run.lowerBound <= 40,
            !Texture(bytes[run.lowerBound..<sign]).isMixed
        else { return nil }
        return sign
    }

    /// A key where the text or the name says that there is one.
    private func isKeyHere(_ run: Range<Int>, _ logins: [Range<Int>]) -> Bool {
        guard !isInPath(run) || key == .hint, !isInName(run) else { return false }
        let texture = Texture(bytes[run])
        if texture.letters == 0 {
            // A number is a code only near to the words that make it one.
            let isNear =
                key == .hint
                || logins.contains { word in
                    word.lowerBound - 24 <= run.upperBound && run.lowerBound <= word.upperBound + 24
                }
            return isNear && isNumberCode(run, texture) && !followsChecksumWord(run)
        }
        return run.count >= 8 && texture.isKeyLike && !isDate(run)
    }

    /// Five digits or more in one piece: a code, not a date or a part of a number.
    private func isNumberCode(_ run: Range<Int>, _ texture: Texture) -> Bool {
        guard texture.pieces == 1, texture.digits >= 5, texture.digits == run.count else {
            return false
        }
        let before = run.lowerBound > 0 ? bytes[run.lowerBound - 1] : 0x20
        let after = run.upperBound < bytes.count ? bytes[run.upperBound] : 0x20
        let joins = [UInt8(ascii: ":"), UInt8(ascii: "/"), UInt8(ascii: "#")]
        let isDecimal =
            after == UInt8(ascii: ".") && run.upperBound + 1 < bytes.count
            && bytes[run.upperBound + 1].isDigit
        return !joins.contains(before) && !isDecimal
    }

    /// Thirty-two hexadecimal digits or more that nothing calls a checksum.
    private func isLongHex(_ texture: Texture, _ run: Range<Int>) -> Bool {
        guard texture.isHex, texture.size >= 32, texture.size <= 256, texture.letters > 0,
            texture.digits > 0
        else { return false }
        guard texture.pieces == 1 || !isUUID(run), texture.pieceMax >= 32 else { return false }
        return !followsChecksumWord(run)
    }

    private func isUUID(_ run: Range<Int>) -> Bool {
        guard run.count == 36 else { return false }
        return [8, 13, 18, 23].allSatisfy { bytes[run.lowerBound + $0] == UInt8(ascii: "-") }
    }

    private func isDate(_ run: Range<Int>) -> Bool {
        let digits = runEnd(.digit, from: run.lowerBound, most: 8) - run.lowerBound
        guard digits == 8 || digits == 4, run.count > digits + 1 else { return false }
        let next = bytes[run.lowerBound + digits]
        let texture = Texture(bytes[run])
        return next == UInt8(ascii: digits == 8 ? "T" : "-") && texture.letters <= 2
    }

    /// Part of an address's or a file's path: an identifier there is none of our business.
    private func isInPath(_ run: Range<Int>) -> Bool {
        var start = run.lowerBound
        while start > 0, ByteClass.wide.contains(bytes[start - 1]) || bytes[start - 1] == 0x2E {
            start -= 1
            if run.lowerBound - start > 256 { return true }
        }
        let word = bytes[start..<run.lowerBound]
        guard word.contains(UInt8(ascii: "/")) else { return false }
        if start == 0 || !Self.opensQuery.contains(bytes[start - 1]) {
            // Base64 has slashes as well; a path has them at its begin or between plain names.
            let pieces = word.split(separator: UInt8(ascii: "/"))
            return word.first == UInt8(ascii: "/") || word.first == UInt8(ascii: ".")
                || start > 0 && [UInt8(ascii: ":"), UInt8(ascii: "@")].contains(bytes[start - 1])
                || pieces.allSatisfy { !Texture($0).isMixed }
        }
        return false
    }

    private static let opensQuery = ByteClass("?&#;")

    /// Part of a host's name, an address of mail, or a file's name.
    private func isInName(_ run: Range<Int>) -> Bool {
        let after = run.upperBound < bytes.count ? bytes[run.upperBound] : 0x20
        let before = run.lowerBound > 0 ? bytes[run.lowerBound - 1] : 0x20
        if after == UInt8(ascii: "@") || before == UInt8(ascii: "@") { return true }
        guard after == UInt8(ascii: "."), run.upperBound + 1 < bytes.count else { return false }
        return bytes[run.upperBound + 1].isLower
    }

    /// Identifiers whose makers give them a begin of their own, and those of instants.
    private func isPublic(_ run: Range<Int>) -> Bool {
        let word = bytes[run]
        if isDate(run) || isUUID(run) { return true }
        if word.first == UInt8(ascii: "0"), run.count == 26, word.allSatisfy({ !$0.isLower }) {
            return true
        }
        guard let sign = word.firstIndex(where: { !$0.isAlnum }), sign - run.lowerBound <= 8
        else { return false }
        let begin = String(decoding: word[..<sign], as: UTF8.self)
        return Self.publicBegins.contains(begin)
    }

    private static let publicBegins: Set<String> = [
        "ch", "cus", "pi", "pm", "sub", "in", "ii", "req", "evt", "price", "prod", "acct", "re",
        "txn", "po", "cs", "si", "seti", "src", "card", "ba", "dp", "du", "inv", "usr", "org",
        "msg", "run", "thread", "call", "chatcmpl", "file", "batch", "asst", "resp", "vs", "i",
        "vpc", "sg", "subnet", "ami", "vol", "eni", "rtb", "igw", "nat", "snap", "lt", "apr",
        "sha256", "sha384", "sha512", "toolu", "ord", "order", "user", "job", "task", "proj",
    ]

    private func followsChecksumWord(_ run: Range<Int>) -> Bool {
        var end = run.lowerBound
        while end > 0, run.lowerBound - end < 4, !bytes[end - 1].isAlnum { end -= 1 }
        let size = runBack(.alnum, before: end, most: 16)
        let word = String(decoding: bytes[end - size..<end].map(\.lowered), as: UTF8.self)
        return Self.checksumWords.contains(word)
    }

    private static let checksumWords: Set<String> = [
        "commit", "commits", "sha", "sha1", "sha256", "sha512", "md5", "hash", "digest",
        "checksum", "etag", "revision", "rev", "checkout", "reset", "revert", "pick", "merge",
        "tree", "blob", "id", "fingerprint", "head", "version", "show", "tag", "image", "hard",
        "layer", "object", "parent", "base", "onto", "from", "trace", "order", "invoice",
        "ticket", "case", "account", "customer", "number", "refund", "charge",
    ]

    /// Where the text is about getting in somewhere.
    private var loginPlaces: [Range<Int>] {
        guard bytes.count <= 4_096 else { return [] }
        return Self.loginWords.compactMap { word in
            guard let place = find(word, from: 0), isBoundary(before: place) else { return nil }
            return place..<place + word.utf8.count
        }
    }

    private static let loginWords = [
        "log in", "login", "sign in", "signin", "log on", "logon", "password", "passwort",
        "passcode", "credential", "api key", "api-key", "access key", "secret key", "anmelde",
        "authenticate with", "one-time", "my key", "the key", "this key", "token:", "the token",
        "this token", "secret:",
    ]

    /// The whole word around a run, so that no end of a key is left to be read.
    private func widened(_ run: Range<Int>) -> Range<Int> {
        var end = wordEnd(from: run.upperBound)
        if end < run.upperBound { end = run.upperBound }
        var start = run.lowerBound
        while start > 0 {
            while start > 0, Self.before.contains(bytes[start - 1]) { start -= 1 }
            guard start > 8, bytes[start - 1] == UInt8(ascii: "=") else { break }
            let size = runBack(Self.before, before: start - 1, most: 64)
            let word = bytes[start - 1 - size..<start - 1]
            guard size >= 8, Texture(word).isMixed else { break }
            start -= size + 1
        }
        return start..<end
    }

    private static let before = ByteClass("a-zA-Z0-9+/_-")
}
