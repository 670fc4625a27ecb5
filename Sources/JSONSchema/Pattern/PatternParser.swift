/// Parses the syntax of `Pattern`.
///
/// Where Unicode mode is stricter than people are, as with `\-` or a bare `}`, and only one
/// meaning is possible, that meaning is taken.
struct PatternParser {
    private let scalars: [Unicode.Scalar]
    private var place = 0
    private var depth = 0

    init(_ text: String) {
        scalars = Array(text.unicodeScalars)
    }

    mutating func parse() throws(PatternError) -> PatternTree {
        guard scalars.count <= Pattern.lengthMax else {
            throw unsupported("is longer than \(Pattern.lengthMax) characters")
        }
        let tree = try choice()
        guard place == scalars.count else { throw malformed("closes a group that is not open") }
        return tree
    }

    private mutating func choice() throws(PatternError) -> PatternTree {
        var parts = [try sequence()]
        while take("|") {
            parts.append(try sequence())
        }
        return parts.count == 1 ? parts[0] : .choice(parts)
    }

    private mutating func sequence() throws(PatternError) -> PatternTree {
        var parts: [PatternTree] = []
        while let next = peek, next != "|", next != ")" {
            parts.append(try term())
        }
        return switch parts.count {
        case 0: .empty
        case 1: parts[0]
        default: .sequence(parts)
        }
    }

    private mutating func term() throws(PatternError) -> PatternTree {
        let start = place
        let atom = try atom()
        guard let (minimum, maximum) = try quantifier() else { return atom }
        if case .assertion = atom {
            throw PatternError(
                place: start, reason: "repeats something that has no length", isUnsupported: false)
        }
        _ = take("?")
        guard try quantifier() == nil else { throw malformed("has two quantifiers in a row") }
        return .repeated(atom, minimum: minimum, maximum: maximum)
    }

    private mutating func atom() throws(PatternError) -> PatternTree {
        guard let scalar = peek else { return .empty }
        switch scalar {
        case "^": return assertion(.start)
        case "$": return assertion(.end)
        case ".":
            place += 1
            return .scalar(.inLine)
        case "(": return try group()
        case "[": return .scalar(try scalarClass())
        case "\\": return try escape()
        case "*", "+", "?": throw malformed("has a quantifier with nothing to repeat")
        default:
            place += 1
            return .scalar(ScalarClass(scalar))
        }
    }

    private mutating func assertion(_ assertion: PatternAssertion) -> PatternTree {
        place += 1
        return .assertion(assertion)
    }

    private mutating func group() throws(PatternError) -> PatternTree {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Pattern.depthMax else {
            throw unsupported("nests groups deeper than \(Pattern.depthMax)")
        }
        place += 1
        if take("?") { try groupKind() }
        let tree = try choice()
        guard take(")") else { throw malformed("leaves a group open") }
        return tree
    }

    private mutating func groupKind() throws(PatternError) {
        if take(":") { return }
        let next = place + 1 < scalars.count ? scalars[place + 1] : nil
        guard take("<"), next != "=", next != "!" else {
            throw unsupported("uses look-around or flags, which are not supported")
        }
        while let scalar = peek, scalar != ">" {
            guard ScalarClass.word.contains(scalar) || scalar == "$" || !scalar.isASCII else {
                throw malformed("has a group with a malformed name")
            }
            place += 1
        }
        guard take(">") else { throw malformed("has a group with a malformed name") }
    }

    /// Reads a quantifier; a brace that begins none is a plain character.
    private mutating func quantifier() throws(PatternError) -> (Int, Int?)? {
        if take("*") { return (0, nil) }
        if take("+") { return (1, nil) }
        if take("?") { return (0, 1) }
        guard peek == "{" else { return nil }
        let start = place
        place += 1
        guard let minimum = number() else {
            place = start
            return nil
        }
        let hasComma = take(",")
        let maximum = hasComma ? number() : minimum
        guard take("}") else {
            place = start
            return nil
        }
        if let maximum, maximum < minimum { throw malformed("has a quantifier out of order") }
        return (minimum, maximum)
    }

    private mutating func number() -> Int? {
        let start = place
        var value = 0
        while let digit = peek?.value, (0x30...0x39).contains(digit) {
            value = min(value * 10 + Int(digit - 0x30), Pattern.instructionsMax + 1)
            place += 1
        }
        return place > start ? value : nil
    }
}

/// Classes and escapes.
extension PatternParser {
    private mutating func escape() throws(PatternError) -> PatternTree {
        place += 1
        switch peek {
        case "b": return assertion(.wordBoundary)
        case "B": return assertion(.noWordBoundary)
        case "k": throw unsupported("uses a back-reference, which is not supported")
        case let digit? where ("1"..."9").contains(digit):
            throw unsupported("uses a back-reference, which is not supported")
        default: return .scalar(try escapedClass().scalars)
        }
    }

    /// One escape after its backslash: a class, or a single scalar that may begin a range.
    private mutating func escapedClass() throws(PatternError) -> (
        scalars: ScalarClass, single: Unicode.Scalar?
    ) {
        guard let letter = peek else { throw malformed("ends in a backslash") }
        place += 1
        switch letter {
        case "d": return (.digit, nil)
        case "D": return (ScalarClass.digit.negated, nil)
        case "w": return (.word, nil)
        case "W": return (ScalarClass.word.negated, nil)
        case "s": return (.space, nil)
        case "S": return (ScalarClass.space.negated, nil)
        case "p": return (try property(isNegated: false), nil)
        case "P": return (try property(isNegated: true), nil)
        default:
            let scalar = try escapedScalar(letter)
            return (ScalarClass(scalar), scalar)
        }
    }

    private mutating func escapedScalar(
        _ letter: Unicode.Scalar
    ) throws(PatternError) -> Unicode.Scalar {
        switch letter {
        case "t": return "\t"
        case "n": return "\n"
        case "r": return "\r"
        case "v": return "\u{0B}"
        case "f": return "\u{0C}"
        case "0":
            if let next = peek, ("0"..."9").contains(next) {
                throw malformed("has an octal escape")
            }
            return "\0"
        case "c":
            guard let control = peek, control.isASCIILetter else {
                throw malformed("has a malformed control escape")
            }
            place += 1
            return Unicode.Scalar(UInt8(control.value & 0x1F))
        case "x": return try scalar(hexadecimal(2))
        case "u": return try unicodeEscape()
        default:
            guard letter.isASCII, !ScalarClass.word.contains(letter) || letter == "_" else {
                throw unsupported("has an escape that is not supported")
            }
            return letter
        }
    }

    /// `\uXXXX`, two of them for one scalar, or `\u{…}`.
    private mutating func unicodeEscape() throws(PatternError) -> Unicode.Scalar {
        if take("{") {
            let value = try hexadecimal(nil)
            guard take("}") else { throw malformed("has a malformed Unicode escape") }
            return try scalar(value)
        }
        let first = try hexadecimal(4)
        guard (0xD800...0xDBFF).contains(first), take("\\"), take("u") else {
            return try scalar(first)
        }
        let second = try hexadecimal(4)
        guard (0xDC00...0xDFFF).contains(second) else {
            throw malformed("has one half of a surrogate pair alone")
        }
        return try scalar(0x10000 + (first & 0x3FF) << 10 + second & 0x3FF)
    }

    private mutating func hexadecimal(_ count: Int?) throws(PatternError) -> UInt32 {
        var value: UInt32 = 0
        var digits = 0
        while digits < count ?? 6, let digit = peek?.hexadecimalValue {
            value = value << 4 | digit
            digits += 1
            place += 1
        }
        guard digits > 0, count == nil || digits == count else {
            throw malformed("has a malformed hexadecimal escape")
        }
        return value
    }

    private func scalar(_ value: UInt32) throws(PatternError) -> Unicode.Scalar {
        guard let scalar = Unicode.Scalar(value) else {
            throw malformed("has an escape that is no character")
        }
        return scalar
    }

    private mutating func property(isNegated: Bool) throws(PatternError) -> ScalarClass {
        guard take("{") else { throw malformed("has a malformed property escape") }
        var name = String.UnicodeScalarView()
        while let scalar = peek, scalar != "}" {
            name.append(scalar)
            place += 1
        }
        guard take("}") else { throw malformed("has a malformed property escape") }
        guard let property = UnicodeProperty(name: String(name)) else {
            throw unsupported("names a Unicode property that is not supported")
        }
        return ScalarClass(property, isNegated: isNegated)
    }

    private mutating func scalarClass() throws(PatternError) -> ScalarClass {
        place += 1
        let isNegated = take("^")
        var scalars = ScalarClass()
        while let next = peek, next != "]" {
            let first = try classMember()
            guard peek == "-", place + 1 < self.scalars.count, self.scalars[place + 1] != "]",
                let low = first.single
            else {
                scalars.formUnion(first.scalars)
                continue
            }
            place += 1
            let last = try classMember()
            guard let high = last.single else {
                scalars.formUnion(first.scalars)
                scalars.formUnion(ScalarClass("-"))
                scalars.formUnion(last.scalars)
                continue
            }
            guard low <= high else { throw malformed("has a range out of order") }
            scalars.formUnion(ScalarClass(low.value...high.value))
        }
        guard take("]") else { throw malformed("leaves a class open") }
        return isNegated ? scalars.merged.negated : scalars.merged
    }

    private mutating func classMember() throws(PatternError) -> (
        scalars: ScalarClass, single: Unicode.Scalar?
    ) {
        guard let scalar = peek else { throw malformed("leaves a class open") }
        place += 1
        guard scalar == "\\" else { return (ScalarClass(scalar), scalar) }
        guard take("b") else { return try escapedClass() }
        return (ScalarClass("\u{08}"), "\u{08}")
    }

    private var peek: Unicode.Scalar? {
        place < scalars.count ? scalars[place] : nil
    }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard peek == scalar else { return false }
        place += 1
        return true
    }

    private func malformed(_ reason: String) -> PatternError {
        PatternError(place: min(place, scalars.count), reason: reason, isUnsupported: false)
    }

    private func unsupported(_ reason: String) -> PatternError {
        PatternError(place: min(place, scalars.count), reason: reason, isUnsupported: true)
    }
}

extension Unicode.Scalar {
    fileprivate var isASCIILetter: Bool {
        ("a"..."z").contains(self) || ("A"..."Z").contains(self)
    }

    fileprivate var hexadecimalValue: UInt32? {
        switch self {
        case "0"..."9": value - 0x30
        case "a"..."f": value - 0x61 + 10
        case "A"..."F": value - 0x41 + 10
        default: nil
        }
    }
}
