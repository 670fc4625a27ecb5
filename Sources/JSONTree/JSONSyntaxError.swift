/// Why and where a text is not the JSON it should be.
///
/// The reason never quotes the text, which may be secret or hostile.
public struct JSONSyntaxError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The line, from 1.
    public let line: Int
    /// The column, from 1, in Unicode scalars.
    public let column: Int
    /// The offset in bytes, from 0.
    public let offset: Int
    /// A sentence fragment such as "a comma or a closing bracket was expected".
    public let reason: String

    static let repeatedName = "the object has a member of this name already"

    /// Whether an object has two members of one name; else it is no JSON at all.
    public var isRepeatedName: Bool { reason.hasSameBytes(as: Self.repeatedName) }

    /// Makes an error at a known place.
    public init(line: Int, column: Int, offset: Int, reason: String) {
        self.line = line
        self.column = column
        self.offset = offset
        self.reason = reason
    }

    /// Finds line and column of `offset` in `bytes`.
    init(in bytes: [UInt8], at offset: Int, _ reason: String) {
        var line = 1
        var column = 1
        for byte in bytes.prefix(offset) {
            if byte == UInt8(ascii: "\n") {
                line += 1
                column = 1
            } else if byte & 0b1100_0000 != 0b1000_0000 {
                column += 1
            }
        }
        self.init(line: line, column: column, offset: offset, reason: reason)
    }

    /// The place and the reason in one line.
    public var description: String {
        "line \(line), column \(column): \(reason)"
    }
}
