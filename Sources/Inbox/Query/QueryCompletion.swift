/// What could be written where the cursor of the `/` line stands.
package struct QueryCompletion: Hashable, Sendable {
    /// One thing to write.
    package struct Candidate: Hashable, Sendable {
        /// What takes the place of the word under the cursor.
        package let text: String
        /// How it is offered: without what stands there already.
        package let label: String
        /// A few words about it.
        package let help: String
    }

    package let candidates: [Candidate]
    /// The candidate that was written last; nil before the first.
    package internal(set) var choice: Int?
    /// The text before and after the word that is completed.
    private let head: String
    private let tail: String

    /// `names` gives the names of a field that stand in the list, the most frequent first.
    init(_ text: TextField, names: (NameField) -> [(name: String, count: Int)]) {
        let before = text.head
        let start =
            before.utf8.lastIndex { $0 == 32 || $0 == 40 }
            .map { before.utf8.index(after: $0) } ?? before.startIndex
        var word = String(before[start...])
        var prefix = String(before[..<start])
        if word.utf8.first == UInt8(ascii: "-") {
            prefix += "-"
            word.removeFirst()
        }
        head = prefix
        tail = text.tail
        candidates = Array(Self.candidates(for: word, names).prefix(Self.countMax))
    }

    private static let countMax = 40

    /// The line with the next candidate in it, and where the cursor stands then; nil without any.
    mutating func next(isBack: Bool = false) -> (text: String, cursor: Int)? {
        guard !candidates.isEmpty else { return nil }
        let count = candidates.count
        choice = choice.map { ($0 + (isBack ? count - 1 : 1)) % count } ?? (isBack ? count - 1 : 0)
        let written = head + candidates[choice ?? 0].text
        return (written + tail, written.unicodeScalars.count)
    }

    private static func candidates(
        for word: String, _ names: (NameField) -> [(name: String, count: Int)]
    ) -> [Candidate] {
        let bytes = Array(word.utf8)
        let letters = bytes.prefix { (97...122).contains($0.lowered) }
        let name = String(decoding: letters.map(\.lowered), as: UTF8.self)
        guard letters.count < bytes.count, let field = QueryField(rawValue: name) else {
            return letters.count < bytes.count ? [] : fields(beginning: letters.map(\.lowered))
        }
        let mark = bytes[letters.count...].prefix { [33, 58, 60, 61, 62].contains($0) }
        let typed = bytes[(letters.count + mark.count)...].filter { $0 != 34 }.map(\.lowered)
        let start = String(decoding: bytes[..<(letters.count + mark.count)], as: UTF8.self)
        return values(of: field, names).filter {
            let value = Array($0.text.utf8)
            let isBegun = value.count > typed.count || typed.isEmpty
            return isBegun
                && (field.values.isEmpty
                    ? value[...].containsIgnoringCase(typed)
                    : value.map(\.lowered).starts(with: typed))
        }.map { Candidate(text: start + quoted($0.text), label: $0.text, help: $0.help) }
    }

    private static func fields(beginning letters: [UInt8]) -> [Candidate] {
        QueryField.allCases.filter { Array($0.rawValue.utf8).starts(with: letters) }.map {
            Candidate(
                text: $0.rawValue + $0.operators[0], label: $0.rawValue + $0.operators[0],
                help: $0.help)
        }
    }

    private static func values(
        of field: QueryField, _ names: (NameField) -> [(name: String, count: Int)]
    ) -> [Candidate] {
        if let named = NameField(rawValue: field.rawValue) {
            return names(named).map {
                Candidate(text: $0.name, label: $0.name, help: "\($0.count)")
            }
        }
        return switch field {
        case .is:
            QueryFlag.allCases.map {
                Candidate(text: $0.rawValue, label: $0.rawValue, help: $0.help)
            }
        case .left, .age:
            ["2m", "5m", "15m", "1h", "1d"].map { Candidate(text: $0, label: $0, help: "") }
        case .tool, .agent, .run, .group, .state, .risk, .sort, .by:
            field.values.map { Candidate(text: $0, label: $0, help: "") }
        }
    }

    private static func quoted(_ value: String) -> String {
        let needsQuotes = value.utf8.contains { $0 == 32 || $0 == 40 || $0 == 41 }
        return needsQuotes ? "\"\(value)\"" : value
    }
}
