/// Which parts of a document are wanted: everything else is stepped over and not looked at.
public indirect enum JSONSelection: Hashable, Sendable {
    /// The value as it is.
    case whole
    /// Of an object, the members of these names; what is no object is read whole.
    case members([String: JSONSelection])
    /// Of an array, the same of every element; what is no array is read whole.
    case elements(JSONSelection)
}

extension JSONValue {
    /// Reads the wanted parts of a document that this program wrote.
    ///
    /// What is stepped over is not checked beyond its brackets and quotes, so it is only for bytes
    /// whose origin is proven otherwise. An object may hold the name of a skipped member twice.
    public init(
        parsing bytes: [UInt8], only selection: JSONSelection, limits: JSONLimits = JSONLimits()
    ) throws(JSONSyntaxError) {
        guard bytes.count <= limits.bytesMax else {
            throw JSONSyntaxError(
                in: bytes, at: limits.bytesMax,
                "the document is longer than \(limits.bytesMax) bytes")
        }
        var parser = JSONParser(bytes: bytes, depthMax: limits.depthMax)
        do {
            self = try parser.value(selecting: selection, depth: 0)
        } catch {
            throw JSONSyntaxError(in: bytes, at: error.offset, error.reason)
        }
    }
}

extension JSONParser {
    /// Reads the wanted parts of the value that comes next.
    mutating func value(selecting selection: JSONSelection, depth: Int) throws(Refusal) -> JSONValue
    {
        skipSpace()
        guard offset < bytes.count else { return try value(depth: depth) }
        switch selection {
        case .members(let wanted) where bytes[offset] == UInt8(ascii: "{"):
            return try object(selecting: wanted, depth: depth + 1)
        case .elements(let wanted) where bytes[offset] == UInt8(ascii: "["):
            return try array(selecting: wanted, depth: depth + 1)
        case .whole, .members, .elements: return try value(depth: depth)
        }
    }

    private mutating func object(
        selecting wanted: [String: JSONSelection], depth: Int
    ) throws(Refusal) -> JSONValue {
        try enter(depth)
        var object = JSONObject()
        skipSpace()
        if take(UInt8(ascii: "}")) { return .object(object) }
        while true {
            skipSpace()
            let start = offset
            guard offset < bytes.count, bytes[offset] == UInt8(ascii: "\"") else {
                throw refusal("a member name in double quotes was expected")
            }
            let name = try string()
            skipSpace()
            guard take(UInt8(ascii: ":")) else { throw refusal("a colon was expected") }
            if let selection = wanted[name] {
                let member = JSONObject.Member(
                    name: name, value: try value(selecting: selection, depth: depth))
                guard object.appendIfNew(member) else {
                    throw Refusal(offset: start, reason: JSONSyntaxError.repeatedName)
                }
            } else {
                try skipValue()
            }
            skipSpace()
            if take(UInt8(ascii: ",")) { continue }
            if take(UInt8(ascii: "}")) { return .object(object) }
            throw refusal("a comma or a closing curly bracket was expected")
        }
    }

    private mutating func array(
        selecting selection: JSONSelection, depth: Int
    ) throws(Refusal) -> JSONValue {
        try enter(depth)
        var elements: [JSONValue] = []
        skipSpace()
        if take(UInt8(ascii: "]")) { return .array([]) }
        while true {
            elements.append(try value(selecting: selection, depth: depth))
            skipSpace()
            if take(UInt8(ascii: ",")) { continue }
            if take(UInt8(ascii: "]")) { return .array(elements) }
            throw refusal("a comma or a closing square bracket was expected")
        }
    }

    /// Steps over the value that comes next: to the end of its brackets, its quotes or its word.
    private mutating func skipValue() throws(Refusal) {
        var open = 0
        while offset < bytes.count {
            switch bytes[offset] {
            case UInt8(ascii: "{"), UInt8(ascii: "["): open += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                guard open > 0 else { return }
                open -= 1
                if open == 0 {
                    offset += 1
                    return
                }
            case UInt8(ascii: "\""): try skipString()
            case UInt8(ascii: ",") where open == 0: return
            default: break
            }
            offset += 1
        }
        throw refusal("the document ends where a value was expected")
    }

    /// Steps to the closing quote of a string; the offset stands on the opening one.
    private mutating func skipString() throws(Refusal) {
        offset += 1
        while offset < bytes.count {
            switch bytes[offset] {
            case UInt8(ascii: "\""): return
            case UInt8(ascii: "\\"): offset += 2
            default: offset += 1
            }
        }
        throw refusal("the document ends inside a string")
    }
}
