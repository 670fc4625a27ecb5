public import JSONTree

/// A document that a person wrote as YAML or JSON, and where in the text each value stands.
public struct PolicyFile: Hashable, Sendable {
    /// The document as JSON.
    public let value: JSONValue
    private let places: [JSONPointer: Place]

    /// The longest text that is read.
    public static let bytesMax = 1 << 20
    /// The most lists and maps around one value.
    public static let depthMax = 64

    /// Where a value stands, both numbers from 1.
    public struct Place: Hashable, Sendable {
        /// The line.
        public let line: Int
        /// The column.
        public let column: Int
    }

    /// How a text is written.
    public enum Notation: Hashable, Sendable {
        case json, yaml

        /// JSON when the name ends in `.json` or the text begins with a brace, else YAML.
        public init(name: String, bytes: [UInt8]) {
            let first = bytes.first { $0 > 0x20 }
            self = name.hasSuffix(".json") || first == UInt8(ascii: "{") ? .json : .yaml
        }
    }

    /// Reads a document.
    ///
    /// YAML is taken in its safe part: no tags, anchors, aliases or second documents, no name twice
    /// in a map, and the words of YAML 1.2, so that `no` and `on` stay texts.
    public init(parsing bytes: [UInt8], as notation: Notation) throws(PolicyFileError) {
        guard bytes.count <= Self.bytesMax else {
            throw PolicyFileError("the file has more than \(Self.bytesMax) bytes", line: nil)
        }
        switch notation {
        case .json:
            do {
                value = try JSONValue(parsing: bytes)
            } catch {
                throw PolicyFileError(error.reason, line: error.line, column: error.column)
            }
            places = [:]
        case .yaml:
            guard String(validating: bytes, as: UTF8.self) != nil else {
                throw PolicyFileError("the file is not UTF-8", line: nil)
            }
            (value, places) = try YAMLReading.document(bytes)
        }
    }

    /// Where the value that `pointer` leads to stands, or the nearest value around it.
    ///
    /// Nothing for a document that was written as JSON.
    public func place(of pointer: JSONPointer) -> Place? {
        var wanted: JSONPointer? = pointer
        while let pointer = wanted {
            if let place = places[pointer] { return place }
            wanted = pointer.parent
        }
        return nil
    }
}

/// Why a text is no document, and where.
public struct PolicyFileError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A sentence fragment.
    public let reason: String
    /// The line, from 1, where it is known.
    public let line: Int?
    /// The column, from 1, where it is known.
    public let column: Int?

    init(_ reason: String, line: Int?, column: Int? = nil) {
        self.reason = reason
        self.line = line
        self.column = column
    }

    /// Place and reason in one line.
    public var description: String {
        guard let line else { return reason }
        return "line \(line), column \(column ?? 1): \(reason)"
    }
}
