import CTOML
public import JSONTree

/// Settings in TOML 1.0, read into a JSON tree.
///
/// Dates and times become strings, and so do `inf` and `nan`, which JSON does not have.
public enum SettingsFile {
    /// The most bytes of a file.
    public static let bytesMax = 65_536
    /// The most full stops of a line: each nests a table deeper, and tables are walked recursively.
    static let stopsOfLineMax = 256

    /// Parses settings; members come in the order of the file.
    public static func parse(_ text: String) throws(SettingsError) -> JSONValue {
        try document(text).value
    }

    /// Parses settings and keeps where each key stands.
    public static func document(_ text: String) throws(SettingsError) -> SettingsDocument {
        guard text.utf8.count <= bytesMax else {
            throw SettingsError("the settings are longer than \(bytesMax) bytes")
        }
        try refuseManyStops(text)
        var answer: UnsafeMutablePointer<CChar>?
        var line: Int32 = 0
        var column: Int32 = 0
        var bytes = Array(text.utf8CString)
        let isRefused = unsafe bytes.withUnsafeMutableBufferPointer { buffer in
            unsafe countersign_toml_to_json(
                buffer.baseAddress, buffer.count - 1, &answer, &line, &column)
        }
        guard let answer = unsafe answer else { throw SettingsError("there is no memory left") }
        let words = unsafe String(cString: answer)
        unsafe countersign_toml_free(answer)
        guard isRefused == 0 else {
            throw SettingsError(words, line: Int(line), column: Int(column))
        }
        do {
            let parsed = try JSONValue(parsing: words)
            return SettingsDocument(
                value: (parsed["value"] ?? .null).withShortNumbers, places: parsed["places"])
        } catch {
            throw SettingsError("the settings have no JSON form: \(error.reason)")
        }
    }

    /// Reads and parses the settings at `path`; nil when there is no such file.
    public static func read(path: String) throws(SettingsError) -> JSONValue? {
        try document(path: path)?.value
    }

    /// Reads and parses the settings at `path` and keeps where each key stands; nil when there is
    /// no such file.
    ///
    /// Settings may name programs to run, so a file that somebody else could have written is
    /// refused: it must belong to this user or to root, and be writable by its owner alone.
    public static func document(
        path: String
    ) throws(SettingsError) -> SettingsDocument? {
        let bytes: [UInt8]
        do {
            let file = try OpenFile(reading: path, followsLinks: true)
            try file.refuseUnless(.writtenByOwner)
            bytes = try file.bytes(atMost: bytesMax)
        } catch .absent {
            return nil
        } catch {
            throw SettingsError(error.sentence, path: path)
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw SettingsError("the settings are not UTF-8", path: path)
        }
        do {
            return try document(text)
        } catch {
            throw SettingsError(error.sentence, path: path, line: error.line, column: error.column)
        }
    }

    private static func refuseManyStops(_ text: String) throws(SettingsError) {
        var line = 1
        var stops = 0
        for byte in text.utf8 {
            if byte == UInt8(ascii: "\n") {
                line += 1
                stops = 0
            } else if byte == UInt8(ascii: ".") {
                stops += 1
                guard stops <= stopsOfLineMax else {
                    throw SettingsError(
                        "the line has more than \(stopsOfLineMax) full stops", line: line, column: 1
                    )
                }
            }
        }
    }
}

extension JSONValue {
    /// The same value with doubles in their shortest form; the parser of TOML writes 0.1 with
    /// seventeen digits.
    fileprivate var withShortNumbers: JSONValue {
        switch self {
        case .null, .bool, .string: self
        case .number(let number):
            number.isIntegerLiteral ? self : .number(JSONNumber(number.double) ?? number)
        case .array(let elements): .array(elements.map(\.withShortNumbers))
        case .object(let object):
            .object(JSONObject(object.members.map { ($0.name, $0.value.withShortNumbers) }))
        }
    }
}

/// Why settings cannot be used.
public struct SettingsError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file, when they came from one.
    public let path: String?
    /// The line, from 1, when the text is at fault.
    public let line: Int?
    /// The column, from 1, when the text is at fault.
    public let column: Int?
    /// A sentence fragment.
    public let sentence: String

    init(_ sentence: String, path: String? = nil, line: Int? = nil, column: Int? = nil) {
        self.path = path
        self.line = line == 0 ? nil : line
        self.column = line == 0 ? nil : column
        self.sentence = sentence
    }

    /// File, place and sentence in one line.
    public var description: String {
        let place = line.map { "line \($0), column \(column ?? 1)" }
        return [path, place, sentence].compactMap(\.self).joined(separator: ": ")
    }
}
