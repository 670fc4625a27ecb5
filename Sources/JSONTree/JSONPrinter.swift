/// Writes values as JSON bytes.
struct JSONPrinter {
    let style: JSONStyle
    var bytes: [UInt8] = []

    init(_ style: JSONStyle) {
        self.style = style
    }

    mutating func put(_ value: JSONValue, depth: Int = 0) {
        switch value {
        case .null: put("null")
        case .bool(let value): put(value ? "true" : "false")
        case .number(let number): put(number.text)
        case .string(let text): putQuoted(text)
        case .array(let elements): putArray(elements, depth: depth)
        case .object(let object): putObject(object, depth: depth)
        }
    }

    mutating func put(_ text: String) {
        bytes.append(contentsOf: text.utf8)
    }

    private mutating func putArray(_ elements: [JSONValue], depth: Int) {
        guard !elements.isEmpty else { return put("[]") }
        bytes.append(UInt8(ascii: "["))
        for (place, element) in elements.enumerated() {
            if place > 0 { bytes.append(UInt8(ascii: ",")) }
            breakLine(depth + 1)
            put(element, depth: depth + 1)
        }
        breakLine(depth)
        bytes.append(UInt8(ascii: "]"))
    }

    private mutating func putObject(_ object: JSONObject, depth: Int) {
        guard !object.isEmpty else { return put("{}") }
        bytes.append(UInt8(ascii: "{"))
        for (place, member) in object.members.enumerated() {
            if place > 0 { bytes.append(UInt8(ascii: ",")) }
            breakLine(depth + 1)
            putQuoted(member.name)
            put(style.indent == nil ? ":" : ": ")
            put(member.value, depth: depth + 1)
        }
        breakLine(depth)
        bytes.append(UInt8(ascii: "}"))
    }

    private mutating func breakLine(_ depth: Int) {
        guard let indent = style.indent else { return }
        bytes.append(UInt8(ascii: "\n"))
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: indent * depth))
    }

    mutating func putQuoted(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        if style.escapesInvisible {
            for scalar in text.unicodeScalars {
                putInert(scalar)
            }
        } else {
            putEscaped(text)
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// Escapes what JSON demands, copying the stretches between in one piece.
    private mutating func putEscaped(_ text: String) {
        let content = text.utf8Span.span
        var start = 0
        for place in content.indices {
            let byte = content[place]
            guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else {
                continue
            }
            append(content, start..<place)
            putEscape(byte)
            start = place + 1
        }
        append(content, start..<content.count)
    }

    private mutating func append(_ content: Span<UInt8>, _ range: Range<Int>) {
        content.extracting(range).withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
    }

    /// The escapes of RFC 8785, which are the shortest there are.
    private mutating func putEscape(_ byte: UInt8) {
        switch byte {
        case 0x08: put("\\b")
        case 0x09: put("\\t")
        case 0x0A: put("\\n")
        case 0x0C: put("\\f")
        case 0x0D: put("\\r")
        case UInt8(ascii: "\""): put("\\\"")
        case UInt8(ascii: "\\"): put("\\\\")
        default: putCodeUnit(UInt16(byte))
        }
    }

    private mutating func putCodeUnit(_ unit: UInt16) {
        put("\\u")
        for shift in [12, 8, 4, 0] {
            let digit = UInt8(truncatingIfNeeded: unit >> shift & 0xF)
            bytes.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
        }
    }

    private mutating func putInert(_ scalar: Unicode.Scalar) {
        if scalar.isASCII, scalar.value != 0x7F {
            let byte = UInt8(truncatingIfNeeded: scalar.value)
            let isPlain = byte >= 0x20 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
            if isPlain { bytes.append(byte) } else { putEscape(byte) }
        } else if scalar.isVisible {
            bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        } else {
            for unit in String(scalar).utf16 {
                putCodeUnit(unit)
            }
        }
    }
}

extension Unicode.Scalar {
    /// Whether a terminal shows something for this scalar and is not otherwise moved by it.
    fileprivate var isVisible: Bool {
        switch properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
            .paragraphSeparator:
            false
        default:
            !properties.isDefaultIgnorableCodePoint
        }
    }
}

extension JSONValue {
    /// This value as JSON text, order and numbers as written.
    public func text(_ style: JSONStyle = .compact) -> String {
        String(decoding: bytes(style), as: UTF8.self)
    }

    /// This value as JSON bytes, order and numbers as written.
    public func bytes(_ style: JSONStyle = .compact) -> [UInt8] {
        var printer = JSONPrinter(style)
        printer.put(self)
        return printer.bytes
    }
}
