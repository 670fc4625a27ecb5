internal import JSONTree

/// What the words of the core schema of YAML 1.2 mean; every other word is a text.
enum CoreScalar {
    /// A word that people read as one thing and programs as another.
    struct Unclear: Error {
        let reason: String
    }

    /// The value of a text without quotes.
    static func value(_ text: String) -> Result<JSONValue, Unclear> {
        switch text {
        case "", "~", "null", "Null", "NULL": return .success(.null)
        case "true", "True", "TRUE": return .success(.bool(true))
        case "false", "False", "FALSE": return .success(.bool(false))
        case ".inf", ".Inf", ".INF", "+.inf", "-.inf", ".nan", ".NaN", ".NAN":
            return .failure(Unclear(reason: "\(text) is no number of JSON; put it in quotes"))
        default: break
        }
        guard startsLikeNumber(text) else { return .success(.string(text)) }
        if let number = JSONNumber(text) { return .success(.number(number)) }
        guard isNumberOfCore(text) else { return .success(.string(text)) }
        return .failure(
            Unclear(reason: "write this number as JSON does, or put it in quotes to make it a text")
        )
    }

    private static func startsLikeNumber(_ text: String) -> Bool {
        guard let first = text.utf8.first else { return false }
        return isDigit(first) || first == UInt8(ascii: "-") || first == UInt8(ascii: "+")
            || first == UInt8(ascii: ".")
    }

    /// Numbers of YAML that are none of JSON: `007`, `+5`, `.5`, `5.`, `0x1F`, `0o17`.
    private static func isNumberOfCore(_ text: String) -> Bool {
        var bytes = Array(text.utf8)
        if let hexadecimal = digits(after: "0x", bytes) {
            return hexadecimal.allSatisfy { isDigit($0) || (97...102).contains($0 | 32) }
        }
        if let octal = digits(after: "0o", bytes) {
            return octal.allSatisfy { (48...55).contains($0) }
        }
        if bytes.first == UInt8(ascii: "+") || bytes.first == UInt8(ascii: "-") {
            bytes.removeFirst()
        }
        let parts = bytes.split(
            maxSplits: 1, omittingEmptySubsequences: false, whereSeparator: { $0 | 32 == 101 })
        if parts.count == 2 {
            let exponent = parts[1].drop { $0 == 43 || $0 == 45 }
            guard parts[1].count - exponent.count <= 1, isDigits(exponent) else { return false }
        }
        let halves = parts[0].split(
            maxSplits: 1, omittingEmptySubsequences: false,
            whereSeparator: { $0 == UInt8(ascii: ".") })
        return halves.contains { !$0.isEmpty } && halves.allSatisfy { $0.allSatisfy(isDigit) }
    }

    private static func digits(after prefix: String, _ bytes: [UInt8]) -> ArraySlice<UInt8>? {
        guard bytes.count > prefix.utf8.count, bytes.starts(with: prefix.utf8) else { return nil }
        return bytes.dropFirst(prefix.utf8.count)
    }

    private static func isDigits(_ bytes: ArraySlice<UInt8>) -> Bool {
        !bytes.isEmpty && bytes.allSatisfy(isDigit)
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        byte &- UInt8(ascii: "0") < 10
    }
}
