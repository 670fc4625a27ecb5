// Personal data that carries its own checksum: accounts and cards.
extension TextScan {
    mutating func findAccounts() {
        var place = 0
        while place < bytes.count {
            guard bytes[place].isAlnum, isBoundary(before: place) else {
                place += 1
                continue
            }
            if bytes[place].isLetter, let end = accountEnd(from: place) {
                add(.iban, "IBAN", place..<end)
                place = end
            } else if bytes[place].isDigit, let end = cardEnd(from: place) {
                add(.card, "card number", place..<end)
                place = end
            } else {
                place += 1
            }
        }
    }

    /// The end of an account number that begins at `place`: country, two digits, and the length
    /// and the remainder that the country's numbers have. Spaces or dashes may group it.
    private func accountEnd(from place: Int) -> Int? {
        guard place + 14 < bytes.count, bytes[place + 1].isLetter, bytes[place + 2].isDigit,
            bytes[place + 3].isDigit || bytes[place + 3] == 0x20,
            let length = AccountNumber.length(of: bytes[place].lowered, bytes[place + 1].lowered)
        else { return nil }
        var signs: [UInt8] = []
        var end = place
        while end < bytes.count, signs.count < length {
            if bytes[end].isAlnum {
                signs.append(bytes[end])
            } else if bytes[end] != 0x20 && bytes[end] != UInt8(ascii: "-")
                || !bytes[end - 1].isAlnum
            {
                return nil
            }
            end += 1
        }
        guard signs.count == length, end == bytes.count || !bytes[end].isAlnum else { return nil }
        return AccountNumber.isValid(signs) ? end : nil
    }

    /// The end of a card number that begins at `place`, in one piece or in groups.
    private func cardEnd(from place: Int) -> Int? {
        var digits: [UInt8] = []
        var end = place
        var separators = 0
        while end < bytes.count, digits.count <= 19 {
            if bytes[end].isDigit {
                digits.append(bytes[end] - 0x30)
            } else if bytes[end] == 0x20 || bytes[end] == UInt8(ascii: "-"), end + 1 < bytes.count,
                bytes[end + 1].isDigit, digits.count >= 4, digits.count % 2 == 0
            {
                separators += 1
            } else {
                break
            }
            end += 1
        }
        let isWordEnd = end == bytes.count || !bytes[end].isAlnum && bytes[end] != UInt8(ascii: "_")
        let isDecimal =
            end + 1 < bytes.count && bytes[end] == UInt8(ascii: ".") && bytes[end + 1].isDigit
        guard isWordEnd, !isDecimal, separators <= 4, CardNumber.isValid(digits) else { return nil }
        return end
    }
}

/// International bank account numbers.
enum AccountNumber {
    /// How long the numbers of a country are.
    static func length(of first: UInt8, _ second: UInt8) -> Int? {
        lengths[Int(first - 0x61) * 26 + Int(second - 0x61)]
    }

    /// True when the number leaves one when divided by ninety-seven.
    static func isValid(_ signs: [UInt8]) -> Bool {
        var remainder = 0
        for sign in signs[4...] + signs[..<4] {
            if sign.isDigit {
                remainder = (remainder * 10 + Int(sign - 0x30)) % 97
            } else {
                remainder = (remainder * 100 + Int(sign.lowered - 0x61) + 10) % 97
            }
        }
        return remainder == 1
    }

    private static let lengths: [Int?] = {
        var lengths = [Int?](repeating: nil, count: 26 * 26)
        for (length, countries) in table {
            let letters = Array(countries.utf8)
            for place in stride(from: 0, to: letters.count - 1, by: 3) {
                lengths[Int(letters[place] - 0x41) * 26 + Int(letters[place + 1] - 0x41)] = length
            }
        }
        return lengths
    }()

    private static let table: [(Int, String)] = [
        (15, "NO"), (16, "BE"), (18, "DK FI FO GL NL SD FK"), (19, "MK SI"),
        (20, "AT BA EE KZ LT LU XK MN"), (21, "CH HR LI LV"),
        (22, "BG BH CR DE GB GE IE ME RS VA"), (23, "AE GI IL IQ OM TL SO"),
        (24, "AD CZ ES MD PK RO SA SE SK TN VG DZ"), (25, "PT ST LY"), (26, "IS TR"),
        (27, "FR GR IT MC MR SM BI DJ"), (28, "AL AZ BY CY DO GT HU LB NI PL SV"),
        (29, "BR EG PS QA UA"), (30, "JO KW MU YE"), (31, "MT SC"), (32, "LC"), (33, "RU"),
    ]
}

/// Payment card numbers.
enum CardNumber {
    /// True for the begin and length that a known maker of cards uses, and a right check digit.
    static func isValid(_ digits: [UInt8]) -> Bool {
        guard (13...19).contains(digits.count), hasKnownBegin(digits) else { return false }
        guard digits.contains(where: { $0 != digits[0] }) else { return false }
        var sum = 0
        for (place, digit) in digits.reversed().enumerated() {
            let double = place % 2 == 1 ? Int(digit) * 2 : Int(digit)
            sum += double > 9 ? double - 9 : double
        }
        return sum % 10 == 0
    }

    private static func hasKnownBegin(_ digits: [UInt8]) -> Bool {
        let six = digits.prefix(6).reduce(0) { $0 * 10 + Int($1) }
        switch digits.count {
        case 13: return six / 100_000 == 4
        case 14: return (300...305).contains(six / 1_000) || [36, 38, 39].contains(six / 10_000)
        case 15: return [34, 37].contains(six / 10_000)
        case 16:
            return six / 100_000 == 4 || (51...55).contains(six / 10_000)
                || (222_100...272_099).contains(six) || six / 100 == 6_011
                || (644...649).contains(six / 1_000) || [65, 62, 50].contains(six / 10_000)
                || (56...58).contains(six / 10_000) || (3_528...3_589).contains(six / 100)
                || [60, 63, 67].contains(six / 10_000)
        default: return [62, 67].contains(six / 10_000)
        }
    }
}
