/// How numbers are written in a canonical form.
public enum CanonicalNumbers: Hashable, Sendable {
    /// No two different values share a form: integer literals beyond ±(2^53−1) keep their digits,
    /// and a decimal that no double holds as written is refused.
    case exact
    /// RFC 8785 to the letter: every number is first rounded to a double.
    case rounded
}

/// Why a value has no canonical form.
public struct CanonicalFormError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The number that has none.
    public let pointer: JSONPointer
    /// A sentence fragment that quotes no value.
    public let reason: String

    /// The place and the reason in one line.
    public var description: String {
        "at \"\(pointer)\": \(reason)"
    }
}

extension JSONValue {
    /// The RFC 8785 bytes of this value, over which digests are taken.
    ///
    /// Names are sorted by UTF-16 code units, strings and numbers take their ECMAScript form.
    /// The texts `1`, `1.0` and `1e0` are one value and have one form, `1`: a digest speaks of what
    /// will run, not of how it was spelt. In the exact form the spelling matters in one case only:
    /// the integer literal of a number of 10^21 or more keeps its digits, while the same value with
    /// an exponent is written with one; they are the same value under two digests, never two values
    /// under one.
    public func canonicalBytes(
        _ numbers: CanonicalNumbers = .exact
    ) throws(CanonicalFormError) -> [UInt8] {
        var writer = CanonicalWriter(numbers: numbers)
        do {
            try writer.put(self)
        } catch {
            throw CanonicalFormError(
                pointer: JSONPointer(tokens: error.path.reversed()), reason: error.reason)
        }
        return writer.printer.bytes
    }
}

/// Writes the canonical form.
private struct CanonicalWriter {
    /// What has no form, and the tokens to it, innermost first.
    struct Refusal: Error {
        var path: [String] = []
        let reason: String

        func inside(_ token: String) -> Refusal {
            Refusal(path: path + [token], reason: reason)
        }
    }

    let numbers: CanonicalNumbers
    var printer = JSONPrinter(.compact)

    mutating func put(_ value: JSONValue) throws(Refusal) {
        switch value {
        case .null, .bool, .string: printer.put(value)
        case .number(let number): printer.put(try form(number))
        case .array(let elements): try put(elements)
        case .object(let object): try put(object)
        }
    }

    private mutating func put(_ elements: [JSONValue]) throws(Refusal) {
        printer.put("[")
        for (place, element) in elements.enumerated() {
            if place > 0 { printer.put(",") }
            do { try put(element) } catch { throw error.inside(String(place)) }
        }
        printer.put("]")
    }

    private mutating func put(_ object: JSONObject) throws(Refusal) {
        printer.put("{")
        let sorted = object.members.sorted { $0.name.precedesInUTF16($1.name) }
        for (place, member) in sorted.enumerated() {
            if place > 0 { printer.put(",") }
            printer.putQuoted(member.name)
            printer.put(":")
            do { try put(member.value) } catch { throw error.inside(member.name) }
        }
        printer.put("}")
    }

    private func form(_ number: JSONNumber) throws(Refusal) -> String {
        if numbers == .exact, number.isIntegerLiteral {
            return number.text == "-0" ? "0" : number.text
        }
        let double = number.double
        guard let form = ECMAScriptNumber.text(double) else {
            throw Refusal(reason: "the number is larger than any double")
        }
        if numbers == .exact, ExactDecimal(grammatical: form.utf8) != number.exact {
            throw Refusal(
                reason: "the number has more digits than a double holds; send it as a string")
        }
        return form
    }
}

extension String {
    /// Whether this sorts before `other` by UTF-16 code units.
    ///
    /// UTF-8 bytes sort by scalar, which differs in one way: scalars past U+FFFF, whose first byte
    /// is 0xF0 or more, come before U+E000 to U+FFFF, whose first byte is 0xEE or 0xEF.
    fileprivate func precedesInUTF16(_ other: String) -> Bool {
        func weight(_ byte: UInt8) -> UInt8 {
            byte >= 0xF0 ? byte - 2 : byte >= 0xEE ? byte + 0x10 : byte
        }
        let left = utf8Span.span
        let right = other.utf8Span.span
        let shared = Swift.min(left.count, right.count)
        for place in 0..<shared where left[place] != right[place] {
            return weight(left[place]) < weight(right[place])
        }
        return left.count < right.count
    }
}
