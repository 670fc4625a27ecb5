import Approvals

/// Which rows contain every word that was typed, in tool, summary, agent, risk or state.
package struct QueueFilter: Sendable {
    /// As typed.
    package let text: String
    /// The rows, in the order of the list.
    package internal(set) var matches: [Int32]
    private let words: [[UInt8]]

    /// Chooses among `slots`.
    init(_ text: String, among slots: [Int32], in store: RowStore) {
        self.text = text
        words = Self.words(of: text)
        matches = []
        var names = NameMatches(words)
        matches = slots.filter { names.matches($0, in: store) }
    }

    /// True when everything that `other` leaves out is left out here too.
    func narrows(_ other: QueueFilter) -> Bool {
        text.utf8.starts(with: other.text.utf8)
    }

    /// Whether a row that just came belongs to the matches.
    func matches(_ slot: Int32, in store: RowStore) -> Bool {
        var names = NameMatches(words)
        return names.matches(slot, in: store)
    }

    private static func words(of text: String) -> [[UInt8]] {
        text.utf8.split(separator: UInt8(ascii: " ")).map { $0.map(\.lowered) }
    }
}

/// Remembers for each name whether it contains a word, because many rows share a name.
private struct NameMatches {
    let words: [[UInt8]]
    private var known: [[UInt32: Bool]]

    init(_ words: [[UInt8]]) {
        self.words = words
        known = Array(repeating: [:], count: words.count)
    }

    mutating func matches(_ slot: Int32, in store: RowStore) -> Bool {
        let row = store.packed(slot)
        for index in words.indices where !matches(word: index, row, slot, store) { return false }
        return true
    }

    private mutating func matches(
        word index: Int, _ row: RowStore.Packed, _ slot: Int32, _ store: RowStore
    ) -> Bool {
        let word = words[index]
        return contains(index, row.tool, store) || contains(index, row.agent, store)
            || store.summaryBytes(slot).containsIgnoringCase(word)
            || Array(row.flags.risk.rawValue.utf8)[...].containsIgnoringCase(word)
            || Array(row.flags.state.rawValue.utf8)[...].containsIgnoringCase(word)
    }

    private mutating func contains(_ index: Int, _ name: UInt32, _ store: RowStore) -> Bool {
        if let answer = known[index][name] { return answer }
        let answer = Array(store.names[name].utf8)[...].containsIgnoringCase(words[index])
        known[index][name] = answer
        return answer
    }
}

extension UInt8 {
    /// The small letter of an ASCII capital; other bytes as they are.
    fileprivate var lowered: UInt8 { (65...90).contains(self) ? self | 0x20 : self }
}

extension ArraySlice<UInt8> {
    /// Whether `word`, which has no ASCII capitals, stands in these bytes in any case.
    fileprivate func containsIgnoringCase(_ word: [UInt8]) -> Bool {
        guard let first = word.first else { return true }
        guard count >= word.count else { return false }
        for start in startIndex...(endIndex - word.count) where self[start].lowered == first {
            var length = 1
            while length < word.count, self[start + length].lowered == word[length] { length += 1 }
            if length == word.count { return true }
        }
        return false
    }
}
