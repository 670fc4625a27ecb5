import JSONTree

/// Writes a JSON value as YAML in block style: the few forms that need no cleverness to read.
enum YAMLText {
    /// The document, with a line feed at its end.
    static func text(of value: JSONValue) -> String {
        var writer = Writer()
        writer.put(value, indent: 0)
        return writer.lines.joined(separator: "\n") + "\n"
    }

    private struct Writer {
        var lines: [String] = []

        mutating func put(_ value: JSONValue, indent: Int) {
            switch value {
            case .object(let object):
                for member in object.members {
                    put(member.value, after: YAMLText.key(member.name) + ":", indent: indent)
                }
            case .array(let elements):
                for element in elements { put(element, asElementAt: indent) }
            case .null, .bool, .number, .string:
                lines.append(YAMLText.spaces(indent) + YAMLText.scalar(value))
            }
        }

        private mutating func put(_ value: JSONValue, after key: String, indent: Int) {
            let start = YAMLText.spaces(indent) + key
            if let scalar = YAMLText.inline(value) {
                lines.append(start + " " + scalar)
            } else if let text = value.stringValue {
                lines.append(start + " |-")
                for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
                    lines.append(line.isEmpty ? "" : YAMLText.spaces(indent + 2) + line)
                }
            } else {
                lines.append(start)
                put(value, indent: indent + 2)
            }
        }

        /// An element begins on the line of its dash.
        private mutating func put(_ value: JSONValue, asElementAt indent: Int) {
            let start = YAMLText.spaces(indent) + "- "
            if let scalar = YAMLText.inline(value) {
                lines.append(start + scalar)
                return
            }
            let first = lines.count
            put(value, indent: indent + 2)
            lines[first] = start + lines[first].dropFirst(indent + 2)
        }
    }

    /// What fits behind a key: scalars of one line, and what is empty.
    private static func inline(_ value: JSONValue) -> String? {
        switch value {
        case .object(let object): object.isEmpty ? "{}" : nil
        case .array(let elements): elements.isEmpty ? "[]" : nil
        case .string(let text): text.utf8.contains(UInt8(ascii: "\n")) ? nil : scalar(value)
        case .null, .bool, .number: scalar(value)
        }
    }

    private static func scalar(_ value: JSONValue) -> String {
        if let text = value.stringValue, isPlain(text) { return text }
        return value.text()
    }

    private static func key(_ name: String) -> String {
        let isWord = name.utf8.allSatisfy { isLetter($0) || $0 == UInt8(ascii: "_") }
        return isWord || isPlain(name) ? name : JSONValue.string(name).text()
    }

    /// True for texts that YAML cannot take for anything else: words and simple sentences.
    private static func isPlain(_ text: String) -> Bool {
        let words = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"]
        guard let first = text.utf8.first, isLetter(first), text.utf8.last != UInt8(ascii: " "),
            !words.contains(text.lowercased())
        else { return false }
        return text.utf8.allSatisfy { byte in
            isLetter(byte) || (48...57).contains(byte) || Array(" -_./,;()'".utf8).contains(byte)
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (65...90).contains(byte) || (97...122).contains(byte)
    }

    private static func spaces(_ count: Int) -> String { String(repeating: " ", count: count) }
}
