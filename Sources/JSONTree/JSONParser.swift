/// A strict RFC 8259 parser over bytes: one pass, bounded depth, every refusal with its place.
struct JSONParser {
    /// What went wrong, before line and column are known.
    struct Refusal: Error {
        let offset: Int
        let reason: String
    }

    let bytes: [UInt8]
    let depthMax: Int
    var offset = 0
    /// Whether all that was read so far is its own canonical form in an obvious way: no space, no
    /// escape, names of ASCII in their order, integers only. False says nothing.
    var isPlain = true

    static func parse(
        _ bytes: [UInt8], limits: JSONLimits
    ) throws(JSONSyntaxError) -> (value: JSONValue, isPlain: Bool) {
        guard bytes.count <= limits.bytesMax else {
            throw JSONSyntaxError(
                in: bytes, at: limits.bytesMax,
                "the document is longer than \(limits.bytesMax) bytes")
        }
        var parser = JSONParser(bytes: bytes, depthMax: limits.depthMax)
        do {
            let value = try parser.document()
            return (value, parser.isPlain)
        } catch {
            throw JSONSyntaxError(in: bytes, at: error.offset, error.reason)
        }
    }

    private mutating func document() throws(Refusal) -> JSONValue {
        let value = try value(depth: 0)
        skipSpace()
        guard offset == bytes.count else { throw refusal("the document goes on after its value") }
        return value
    }

    mutating func value(depth: Int) throws(Refusal) -> JSONValue {
        skipSpace()
        guard offset < bytes.count else {
            throw refusal("the document ends where a value was expected")
        }
        switch bytes[offset] {
        case UInt8(ascii: "{"): return try object(depth: depth + 1)
        case UInt8(ascii: "["): return try array(depth: depth + 1)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try number())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: throw refusal("a value was expected")
        }
    }

    private mutating func array(depth: Int) throws(Refusal) -> JSONValue {
        try enter(depth)
        var elements: [JSONValue] = []
        skipSpace()
        if take(UInt8(ascii: "]")) { return .array([]) }
        while true {
            elements.append(try value(depth: depth))
            skipSpace()
            if take(UInt8(ascii: ",")) { continue }
            if take(UInt8(ascii: "]")) { return .array(elements) }
            throw refusal("a comma or a closing square bracket was expected")
        }
    }

    private mutating func object(depth: Int) throws(Refusal) -> JSONValue {
        try enter(depth)
        var object = JSONObject()
        skipSpace()
        if take(UInt8(ascii: "}")) { return .object(object) }
        var isSorted = true
        while true {
            try member(into: &object, isSorted: &isSorted, depth: depth)
            skipSpace()
            if take(UInt8(ascii: ",")) { continue }
            if take(UInt8(ascii: "}")) { return .object(object) }
            throw refusal("a comma or a closing curly bracket was expected")
        }
    }

    private mutating func member(
        into object: inout JSONObject, isSorted: inout Bool, depth: Int
    ) throws(Refusal) {
        skipSpace()
        let start = offset
        guard offset < bytes.count, bytes[offset] == UInt8(ascii: "\"") else {
            throw refusal("a member name in double quotes was expected")
        }
        let name = try string()
        skipSpace()
        guard take(UInt8(ascii: ":")) else { throw refusal("a colon was expected") }
        let member = JSONObject.Member(name: name, value: try value(depth: depth))
        if let last = object.members.last, !last.name.precedesAsASCII(name) { isSorted = false }
        isPlain = isPlain && isSorted
        guard isSorted ? object.appendNew(member) : object.appendIfNew(member) else {
            throw Refusal(offset: start, reason: JSONSyntaxError.repeatedName)
        }
    }

    /// Steps over an opening bracket unless the brackets are too many.
    mutating func enter(_ depth: Int) throws(Refusal) {
        guard depth <= depthMax else {
            throw refusal("arrays and objects are nested deeper than \(depthMax)")
        }
        offset += 1
    }

    private mutating func word(
        _ text: StaticString, _ value: JSONValue
    ) throws(Refusal) -> JSONValue {
        let end = offset + text.utf8CodeUnitCount
        guard end <= bytes.count, "\(text)".utf8.elementsEqual(bytes[offset..<end]) else {
            throw refusal("a value was expected")
        }
        offset = end
        return value
    }

    mutating func skipSpace() {
        while offset < bytes.count {
            switch bytes[offset] {
            case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"):
                isPlain = false
                offset += 1
            default: return
            }
        }
    }

    mutating func take(_ byte: UInt8) -> Bool {
        guard offset < bytes.count, bytes[offset] == byte else { return false }
        offset += 1
        return true
    }

    func refusal(_ reason: String) -> Refusal {
        Refusal(offset: offset, reason: reason)
    }
}

extension JSONValue {
    /// Parses one strict JSON document.
    ///
    /// Refused, each with its place: invalid UTF-8, a byte order mark, a name that occurs twice in
    /// an object, an escaped half of a surrogate pair, anything after the value, and whatever is
    /// past the limits. Numbers keep their text.
    public init(
        parsing bytes: [UInt8], limits: JSONLimits = .standard
    ) throws(JSONSyntaxError) {
        self = try JSONParser.parse(bytes, limits: limits).value
    }

    /// Parses one strict JSON document, and says whether it was written in its canonical form.
    public static func parsing(
        canonical bytes: [UInt8], limits: JSONLimits = .standard
    ) throws(JSONSyntaxError) -> (value: JSONValue, isCanonical: Bool) {
        let (value, isPlain) = try JSONParser.parse(bytes, limits: limits)
        if isPlain { return (value, true) }
        do { return (value, try value.canonicalBytes() == bytes) } catch { return (value, false) }
    }

    /// Parses one strict JSON document out of any bytes.
    public init(
        parsing bytes: some Collection<UInt8>, limits: JSONLimits = .standard
    ) throws(JSONSyntaxError) {
        try self.init(parsing: Array(bytes.prefix(limits.bytesMax + 1)), limits: limits)
    }

    /// Parses one strict JSON document out of a text.
    public init(
        parsing text: String, limits: JSONLimits = .standard
    ) throws(JSONSyntaxError) {
        try self.init(parsing: text.utf8, limits: limits)
    }
}
