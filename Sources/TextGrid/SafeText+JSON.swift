extension SafeText {
    /// Makes JSON text harmless so that it still parses back to the same value.
    ///
    /// Inside strings a character that must not be shown becomes `\uXXXX`; every backslash escape
    /// is drawn as a mark. `json` must be JSON text, not the value of a string.
    public static func json(_ json: String) -> SafeText {
        var writer = JSONEscaper()
        for scalar in json.unicodeScalars { writer.append(scalar) }
        return writer.finish()
    }

    /// Like `json(_:)` for text printed over several lines, which stay lines.
    public static func jsonLines(_ json: String) -> [SafeText] {
        json.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            // A string of JSON holds no line feed, so every line starts outside of strings.
            var writer = JSONEscaper()
            for scalar in line { writer.append(scalar) }
            return writer.finish()
        }
    }
}

/// Escapes within JSON's own notation.
struct JSONEscaper {
    private var escaper = Escaper()
    private var isInString = false
    private var mark = ""
    private var digitsMissing = 0
    private var spaces = 0

    /// Takes the next scalar of the JSON text.
    mutating func append(_ scalar: Unicode.Scalar) {
        if !mark.isEmpty {
            continueMark(scalar)
        } else if isInString {
            appendInString(scalar)
        } else {
            appendOutside(scalar)
        }
    }

    /// The safe text.
    mutating func finish() -> SafeText {
        flushSpaces()
        if !mark.isEmpty { escaper.appendMark(mark) }
        return escaper.finish()
    }

    private mutating func appendOutside(_ scalar: Unicode.Scalar) {
        switch scalar {
        case "\"":
            isInString = true
            escaper.appendPlain(scalar)
        case " ": escaper.appendPlain(scalar)
        default: escaper.append(scalar)
        }
    }

    private mutating func appendInString(_ scalar: Unicode.Scalar) {
        if scalar == " " {
            spaces += 1
            return
        }
        flushSpaces()
        switch scalar {
        case "\"":
            isInString = false
            escaper.appendPlain(scalar)
        case "\\": mark = "\\"
        default: escaper.append(scalar) { Self.name(of: $0) }
        }
    }

    private mutating func continueMark(_ scalar: Unicode.Scalar) {
        guard scalar.isASCII, scalar.value >= 0x20, scalar.value < 0x7F else {
            // Not JSON; show what there is and judge the scalar by itself.
            escaper.appendMark(mark)
            mark = ""
            escaper.append(scalar)
            return
        }
        digitsMissing = mark == "\\" && scalar == "u" ? 4 : max(0, digitsMissing - 1)
        mark.unicodeScalars.append(scalar)
        guard digitsMissing == 0 else { return }
        escaper.appendMark(mark)
        mark = ""
    }

    private mutating func flushSpaces() {
        let isCounted = spaces >= Escaper.spacesCountedFrom
        for _ in 0..<spaces {
            if isCounted { escaper.appendMark("\\u0020") } else { escaper.appendPlain(" ") }
        }
        spaces = 0
    }

    /// `\uXXXX`, as a surrogate pair above U+FFFF.
    static func name(of scalar: Unicode.Scalar) -> String {
        scalar.utf16.map { unit in
            "\\u" + Escaper.hexadecimal(UInt32(unit), digits: 4).lowercased()
        }.joined()
    }
}
