/// Amounts of money as texts, such as `1840.00`.
enum MoneyText {
    /// The amount in the smallest unit of its currency; nil unless it is written in that currency.
    ///
    /// Taken are digits, or digits in threes between commas, then a point and no more digits than
    /// the currency has; in front or behind may stand the code of the currency and nothing else.
    static func minorUnits(_ text: String, _ currency: String) -> Int64? {
        guard let places = places[currency] else { return nil }
        var words = text.utf8.split(separator: 32, omittingEmptySubsequences: false)
            .map { String(decoding: Array($0), as: UTF8.self) }
        if words.count == 2 {
            if words[0] == currency {
                words.removeFirst()
            } else if words[1] == currency {
                words.removeLast()
            }
        }
        guard words.count == 1 else { return nil }
        return amount(words[0], places)
    }

    private static func amount(_ text: String, _ places: Int) -> Int64? {
        var reader = DigitReader(text)
        let isNegative = reader.take("-")
        guard var digits = whole(&reader) else { return nil }
        var written = 0
        if reader.take(".") {
            guard places > 0, let fraction = reader.digits(1...places) else { return nil }
            digits += fraction
            written = fraction.utf8.count
        }
        guard reader.isAtEnd else { return nil }
        digits += String(repeating: "0", count: places - written)
        return Int64((isNegative ? "-" : "") + digits)
    }

    /// Digits, or one to three digits and groups of three after commas.
    private static func whole(_ reader: inout DigitReader) -> String? {
        guard var digits = reader.digits(1...18) else { return nil }
        let isGrouped = digits.utf8.count <= 3
        while isGrouped, reader.take(",") {
            guard digits.utf8.count <= 15, let group = reader.digits(3...3) else { return nil }
            digits += group
        }
        return digits
    }

    /// How many digits after the point each currency has.
    private static let places: [String: Int] = {
        var places: [String: Int] = [:]
        let two =
            "AED ARS AUD BGN BRL CAD CHF CNY COP CZK DKK EGP EUR GBP HKD HUF IDR ILS INR MAD MXN "
            + "MYR NGN NOK NZD PEN PHP PLN QAR RON RSD SAR SEK SGD THB TRY TWD UAH USD ZAR"
        for code in two.split(separator: " ") { places[String(code)] = 2 }
        for code in ["CLP", "ISK", "JPY", "KRW", "UGX", "VND"] { places[code] = 0 }
        for code in ["BHD", "JOD", "KWD", "OMR", "TND"] { places[code] = 3 }
        return places
    }()
}

/// Spans of time as texts: `15m`, `24h`, `7d`, or `PT15M`, `P30D`, `P1DT12H`.
enum DurationText {
    /// The seconds; nil for another form, and for months and years, which differ in length.
    static func seconds(_ text: String) -> Double? {
        var reader = DigitReader(text)
        guard reader.take("P") else { return short(&reader) }
        var total = 0.0
        var isTime = false
        var units: [(Unicode.Scalar, Double)] = [("W", 604_800), ("D", 86_400)]
        var isAnyRead = false
        while !reader.isAtEnd {
            if !isTime, reader.take("T") {
                isTime = true
                isAnyRead = false
                units = [("H", 3_600), ("M", 60), ("S", 1)]
                continue
            }
            guard let count = reader.digits(1...9).flatMap({ Double($0) }),
                let place = units.firstIndex(where: { reader.take($0.0) })
            else { return nil }
            total += count * units[place].1
            units.removeSubrange(...place)
            isAnyRead = true
        }
        return isAnyRead ? total : nil
    }

    private static func short(_ reader: inout DigitReader) -> Double? {
        guard let count = reader.digits(1...9).flatMap({ Double($0) }) else { return nil }
        let units: [(Unicode.Scalar, Double)] = [
            ("s", 1), ("m", 60), ("h", 3_600), ("d", 86_400), ("w", 604_800),
        ]
        guard let unit = units.first(where: { reader.take($0.0) }), reader.isAtEnd else {
            return nil
        }
        return count * unit.1
    }
}
