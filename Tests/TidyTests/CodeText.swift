/// Swift text with comments and string contents blanked out, so that words can be looked for.
///
/// A line keeps its number. What stands in an interpolation is code and stays.
struct CodeText {
    private let bytes: [UInt8]
    private var index = 0
    private var out: [UInt8] = []

    /// The code of `text`, with a space for each byte that is not code.
    static func stripped(_ text: String) -> String {
        var scanner = CodeText(bytes: Array(text.utf8))
        scanner.out.reserveCapacity(scanner.bytes.count)
        scanner.scanCode(untilClosingParenthesis: false)
        return String(decoding: scanner.out, as: UTF8.self)
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    private mutating func scanCode(untilClosingParenthesis: Bool) {
        var depth = 0
        while index < bytes.count {
            if starts(with: "//") {
                blank(while: { $0 != UInt8(ascii: "\n") })
            } else if starts(with: "/*") {
                blankBlockComment()
            } else if let hashes = stringOpening() {
                scanString(hashes: hashes)
            } else {
                let byte = bytes[index]
                if byte == UInt8(ascii: "(") { depth += 1 }
                if byte == UInt8(ascii: ")") { depth -= 1 }
                copy()
                if untilClosingParenthesis, depth < 0 { return }
            }
        }
    }

    private mutating func scanString(hashes: Int) {
        blank(hashes)
        let quote = starts(with: "\"\"\"") ? "\"\"\"" : "\""
        let marks = String(repeating: "#", count: hashes)
        blank(quote.utf8.count)
        while index < bytes.count {
            if starts(with: quote + marks) {
                blank(quote.utf8.count + hashes)
                return
            }
            if starts(with: "\\" + marks + "(") {
                blank(hashes + 2)
                scanCode(untilClosingParenthesis: true)
            } else if starts(with: "\\" + marks) {
                blank(hashes + 2)
            } else {
                blank(1)
            }
        }
    }

    private mutating func blankBlockComment() {
        var depth = 0
        repeat {
            if starts(with: "/*") {
                depth += 1
                blank(2)
            } else if starts(with: "*/") {
                depth -= 1
                blank(2)
            } else {
                blank(1)
            }
        } while depth > 0 && index < bytes.count
    }

    /// The number of `#` before a quote that opens here; nil when no string opens here.
    private func stringOpening() -> Int? {
        var end = index
        while end < bytes.count, bytes[end] == UInt8(ascii: "#") { end += 1 }
        guard end < bytes.count, bytes[end] == UInt8(ascii: "\"") else { return nil }
        return end - index
    }

    private func starts(with text: String) -> Bool {
        var place = index
        for byte in text.utf8 {
            guard place < bytes.count, bytes[place] == byte else { return false }
            place += 1
        }
        return true
    }

    private mutating func copy() {
        out.append(bytes[index])
        index += 1
    }

    private mutating func blank(_ count: Int) {
        for _ in 0..<count where index < bytes.count {
            let isBreak = bytes[index] == UInt8(ascii: "\n")
            out.append(isBreak ? bytes[index] : UInt8(ascii: " "))
            index += 1
        }
    }

    private mutating func blank(while condition: (UInt8) -> Bool) {
        while index < bytes.count, condition(bytes[index]) { blank(1) }
    }
}
