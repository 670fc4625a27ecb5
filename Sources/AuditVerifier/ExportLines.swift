/// A file of an export, read line by line.
public protocol LineSource {
    /// The next line without its line feed; nil at the end.
    mutating func next() -> ExportLine?
}

/// A line as it stood in a file.
public enum ExportLine: Hashable, Sendable {
    /// A line that ended with a line feed.
    case whole([UInt8])
    /// The rest of a file that does not end with a line feed.
    case torn([UInt8])
    /// A line longer than any record; it was read over.
    case tooLong
}

/// A file that is in memory.
public struct LinesInMemory: LineSource {
    private var rest: ArraySlice<UInt8>

    /// Reads these bytes.
    public init(_ bytes: [UInt8]) { rest = bytes[...] }

    /// The next line without its line feed; nil at the end.
    public mutating func next() -> ExportLine? {
        guard !rest.isEmpty else { return nil }
        guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else {
            defer { rest = [] }
            return .torn(Array(rest))
        }
        defer { rest = rest[(end + 1)...] }
        return .whole(Array(rest[..<end]))
    }
}
