import JSONTree

/// The values of `format` that are understood.
///
/// The draft's own are checked as its documents say. Of the registry that OpenAPI uses, `int32` and
/// `int64` are checked, and `float`, `double`, `byte`, `binary` and `password` are notes that
/// restrict nothing. `idn-hostname` and `uri-template` are not among them and so are refused.
enum Format: String, CaseIterable, Sendable {
    case dateTime = "date-time"
    case date, time, duration
    case email
    case idnEmail = "idn-email"
    case hostname, ipv4, ipv6
    case uri
    case uriReference = "uri-reference"
    case iri
    case iriReference = "iri-reference"
    case uuid, regex
    case jsonPointer = "json-pointer"
    case relativeJSONPointer = "relative-json-pointer"
    case int32, int64
    case float, double, byte, binary, password

    /// Whether a string is of this format.
    func accepts(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return switch self {
        case .dateTime: TimeFormat.isDateTime(bytes)
        case .date: TimeFormat.isDate(bytes)
        case .time: TimeFormat.isTime(bytes)
        case .duration: TimeFormat.isDuration(bytes)
        case .email: AddressFormat.isEmail(bytes, allowsUnicode: false)
        case .idnEmail: AddressFormat.isEmail(bytes, allowsUnicode: true)
        case .hostname: AddressFormat.isHostname(bytes)
        case .ipv4: AddressFormat.isIPv4(bytes)
        case .ipv6: AddressFormat.isIPv6(bytes)
        case .uri: URIFormat.isURI(bytes, isReference: false, allowsUnicode: false)
        case .uriReference: URIFormat.isURI(bytes, isReference: true, allowsUnicode: false)
        case .iri: URIFormat.isURI(bytes, isReference: false, allowsUnicode: true)
        case .iriReference: URIFormat.isURI(bytes, isReference: true, allowsUnicode: true)
        case .uuid: Self.isUUID(bytes)
        case .regex: Self.isExpression(text)
        case .jsonPointer: Self.isPointer(text)
        case .relativeJSONPointer: Self.isRelativePointer(bytes)
        case .int32, .int64, .float, .double, .byte, .binary, .password: true
        }
    }

    /// Whether a number is of this format; the formats of strings say nothing about numbers.
    func accepts(_ number: JSONNumber) -> Bool {
        switch self {
        case .int32: number.int64.flatMap(Int32.init(exactly:)) != nil
        case .int64: number.int64 != nil
        case .dateTime, .date, .time, .duration, .email, .idnEmail, .hostname, .ipv4, .ipv6, .uri,
            .uriReference, .iri, .iriReference, .uuid, .regex, .jsonPointer, .relativeJSONPointer,
            .float, .double, .byte, .binary, .password:
            true
        }
    }

    /// The format in a sentence after "must be".
    var phrase: String {
        switch self {
        case .dateTime: "a date and time such as 2026-01-31T12:00:00Z"
        case .date: "a date such as 2026-01-31"
        case .time: "a time such as 12:00:00Z"
        case .duration: "a duration such as P3DT12H"
        case .email, .idnEmail: "an e-mail address"
        case .hostname: "a host name"
        case .ipv4: "an IPv4 address"
        case .ipv6: "an IPv6 address"
        case .uri, .iri: "a URI with a scheme"
        case .uriReference, .iriReference: "a URI or a relative reference"
        case .uuid: "a UUID"
        case .regex: "a regular expression"
        case .jsonPointer, .relativeJSONPointer: "a JSON pointer"
        case .int32: "a whole number of 32 bits"
        case .int64: "a whole number of 64 bits"
        case .float, .double, .byte, .binary, .password: "of the format \(rawValue)"
        }
    }

    private static func isUUID(_ bytes: [UInt8]) -> Bool {
        guard bytes.count == 36 else { return false }
        return bytes.enumerated().allSatisfy { place, byte in
            [8, 13, 18, 23].contains(place) ? byte == UInt8(ascii: "-") : byte.isHexadecimalDigit
        }
    }

    /// An expression that is well-formed but not supported as a pattern is one all the same.
    private static func isExpression(_ text: String) -> Bool {
        do {
            _ = try Pattern(text)
            return true
        } catch {
            return error.isUnsupported
        }
    }

    private static func isPointer(_ text: String) -> Bool {
        do {
            _ = try JSONPointer(parsing: text)
            return true
        } catch {
            return false
        }
    }

    private static func isRelativePointer(_ bytes: [UInt8]) -> Bool {
        let digits = bytes.prefix(while: \.isDigit)
        guard !digits.isEmpty, digits.count == 1 || digits.first != UInt8(ascii: "0") else {
            return false
        }
        let rest = bytes.dropFirst(digits.count)
        return rest.elementsEqual("#".utf8) || isPointer(String(decoding: rest, as: UTF8.self))
    }
}

extension UInt8 {
    var isDigit: Bool {
        self &- UInt8(ascii: "0") < 10
    }

    var isLetter: Bool {
        (self | 0x20) &- UInt8(ascii: "a") < 26
    }

    var isHexadecimalDigit: Bool {
        isDigit || (self | 0x20) &- UInt8(ascii: "a") < 6
    }
}
