import Keymap

/// Why something is rejected: typed, or chosen from the settings.
package struct ReasonField: Sendable {
    package internal(set) var text: TextField
    /// What can be chosen instead of typing.
    package let presets: [String]
    /// Which of them the arrows are on.
    package private(set) var choice: Int?
    /// True until something was typed: so long a digit chooses.
    private var isUntouched: Bool
    /// What was typed before the arrows went through the reasons.
    private var typed: String

    /// As many as there are digits.
    package static let presetsMax = 9

    init(_ text: String = "", bytesMax: Int, presets: [String]) {
        self.text = TextField(text, bytesMax: bytesMax, takesNewlines: true)
        self.presets = Array(presets.prefix(Self.presetsMax))
        isUntouched = text.isEmpty
        typed = text
    }

    /// The places of the reasons that hold what was typed.
    package var offered: [Int] {
        guard !typed.isEmpty else { return Array(presets.indices) }
        let word = typed.utf8.map(\.lowered)
        return presets.indices.filter {
            Array(presets[$0].utf8)[...].containsIgnoringCase(word)
        }
    }

    package var isMissing: Bool { text.text.allSatisfy(\.isWhitespace) }

    /// Replaces what was written.
    mutating func replace(with reason: String) {
        text.replace(with: reason)
        choice = nil
        typed = reason
        isUntouched = reason.isEmpty
    }

    /// Types or chooses; true when a digit chose, so that nothing is left to type.
    mutating func change(_ change: (inout TextField) -> Void) -> Bool {
        var changed = text
        change(&changed)
        defer { isUntouched = isUntouched && text.isEmpty }
        if isUntouched, changed.scalars.count == 1, let digit = changed.scalars.first,
            let number = Int(String(digit)), presets.indices.contains(number - 1)
        {
            choose(number - 1)
            return true
        }
        if !changed.text.isSame(as: text.text) {
            choice = nil
            typed = changed.text
        }
        text = changed
        return false
    }

    /// The arrows go through the reasons that hold what was typed, and back to it; false for any
    /// other action, and when there is none.
    mutating func perform(_ action: Action) -> Bool {
        let offered = offered
        guard !offered.isEmpty, action == .earlierEntry || action == .laterEntry else {
            return false
        }
        // What was typed is one of the places, so that it can be come back to.
        let places = typed.isEmpty ? offered : offered + [presets.count]
        let step = action == .laterEntry ? 1 : -1
        let start = choice.flatMap { places.firstIndex(of: $0) }
        let last = places.count - 1
        let place = start.map { ($0 + step + places.count) % places.count }
        choose(places[place ?? (step > 0 ? 0 : typed.isEmpty ? last : last - 1)])
        return true
    }

    private mutating func choose(_ index: Int) {
        choice = presets.indices.contains(index) ? index : nil
        text.replace(with: choice.map { presets[$0] } ?? typed)
        isUntouched = false
    }
}
