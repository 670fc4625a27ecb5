package import JSONTree
import Approvals

/// What is to be said about the texts of a value that may not be what they look like.
package struct TextNotes: Sendable {
    /// Sentence fragments by place.
    package private(set) var notes: [JSONPointer: [String]] = [:]

    package init(_ value: JSONValue) { look(value, .root) }

    /// The notes on one text; empty for nearly all.
    package static func of(_ text: String) -> [String] {
        guard TextShape(text).isSuspect else { return [] }
        return spaces(text) + words(text)
    }

    private mutating func look(_ value: JSONValue, _ pointer: JSONPointer) {
        switch value {
        case .null, .bool, .number: return
        case .string(let text):
            let found = Self.of(text)
            if !found.isEmpty { notes[pointer] = found }
        case .array(let elements):
            for (index, element) in elements.enumerated() {
                look(element, pointer.appending(index))
            }
        case .object(let object):
            guard !Redaction.isMask(value) else {
                let found = Self.of(Redaction.shownText(in: value) ?? "")
                if !found.isEmpty { notes[pointer] = found }
                return
            }
            for member in object.members {
                let place = pointer.appending(member.name)
                look(member.value, place)
                let found = Self.of(member.name)
                if !found.isEmpty { notes[place, default: []] += found.map { "its name: \($0)" } }
            }
        }
    }

    /// Room that hides what comes after it.
    private static func spaces(_ text: String) -> [String] {
        let shape = TextShape(text)
        var notes: [String] = []
        if shape.spacesMost >= TextShape.spacesFrom {
            notes.append("holds \(shape.spacesMost) spaces in a row")
        }
        if shape.emptyLinesMost >= TextShape.emptyLinesFrom {
            notes.append("holds \(shape.emptyLinesMost) empty lines in a row")
        }
        if shape.spacesAtEnd > 0 {
            let count = shape.spacesAtEnd
            notes.append(count == 1 ? "ends with a space" : "ends with \(count) spaces")
        }
        return notes
    }

    /// The most words of one text about which something is said.
    private static let wordsMax = 3

    /// Words of two scripts, and addresses with letters that are not what they seem.
    private static func words(_ text: String) -> [String] {
        var notes: [String] = []
        var more = 0
        let separators: Set<Unicode.Scalar> = [
            " ", "\n", "\t", "\r", "\"", "'", "(", ")", "<", ">", ",", ";", "|", "{", "}",
            // Around the words that stand for what is hidden.
            "\u{2039}", "\u{203A}",
        ]
        for word in text.unicodeScalars.split(whereSeparator: { separators.contains($0) }) {
            guard let note = note(on: word) else { continue }
            if notes.count < wordsMax { notes.append(note) } else { more += 1 }
        }
        if more > 0 { notes.append("\(more) more words like these") }
        return notes
    }

    private static func note(on word: Substring.UnicodeScalarView) -> String? {
        let isASCII = word.allSatisfy(\.isASCII)
        let shown = SafeWords.name(String(word), columnsMax: 40)
        if isAddress(word) {
            if let letters = hidden(in: word) { return "\(shown) stands for \(letters)" }
            guard !isASCII else { return nil }
            return "the address \(shown) is not ASCII: \(ascii(word))"
        }
        guard !isASCII else { return nil }
        for part in word.split(whereSeparator: { Script($0) == nil && !isJoiner($0) }) {
            let scripts = Set(part.compactMap { Script($0) })
            guard scripts.count > 1 else { continue }
            let names = scripts.map(\.rawValue).sorted().joined(separator: " and ")
            let name = SafeWords.name(String(part), columnsMax: 40)
            return "\(name) mixes \(names) letters: \(ascii(part))"
        }
        return nil
    }

    /// True for what holds a word together without belonging to a script.
    private static func isJoiner(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isDefaultIgnorableCodePoint
            || scalar.properties.generalCategory == .nonspacingMark
    }

    /// True for what looks like a host, an e-mail address or a link.
    private static func isAddress(_ word: Substring.UnicodeScalarView) -> Bool {
        if word.contains("@") { return word.contains(".") }
        let labels = word.split(separator: ".", omittingEmptySubsequences: false)
        guard labels.count > 1 else {
            return String(word).lowercased().utf8.starts(with: "xn--".utf8)
        }
        if String(word).utf8.contains(UInt8(ascii: ":")), String(word).contains("://") {
            return true
        }
        return labels.allSatisfy { label in
            !label.isEmpty && label.allSatisfy { $0.properties.isAlphabetic || isHostSign($0) }
        } && (labels.last?.count ?? 0) >= 2
    }

    private static func isHostSign(_ scalar: Unicode.Scalar) -> Bool {
        ("0"..."9").contains(scalar) || scalar == "-" || scalar == "/" || scalar == "_"
            || isJoiner(scalar)
    }

    /// The letters of the labels in punycode; nil when there is none.
    private static func hidden(in word: Substring.UnicodeScalarView) -> String? {
        let labels = word.split { [".", "@", "/", ":"].contains($0) }
        let found = labels.compactMap { Punycode.decoded(String($0)) }
        guard !found.isEmpty else { return nil }
        return found.map { "\($0) (\(ascii(Substring($0).unicodeScalars)))" }
            .joined(separator: ", ")
    }

    /// The word in ASCII: every other letter by its number.
    private static func ascii(_ word: Substring.UnicodeScalarView) -> String {
        var text = ""
        for scalar in word.prefix(60) {
            if scalar.isASCII {
                text.unicodeScalars.append(scalar)
            } else {
                let digits = String(scalar.value, radix: 16, uppercase: true)
                text += "<U+" + String(repeating: "0", count: max(0, 4 - digits.utf8.count))
                text += digits + ">"
            }
        }
        return word.count > 60 ? text + "~" : text
    }
}
