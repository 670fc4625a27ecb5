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

    /// As many as there are digits.
    package static let presetsMax = 9

    init(_ text: String = "", bytesMax: Int, presets: [String]) {
        self.text = TextField(text, bytesMax: bytesMax, takesNewlines: true)
        self.presets = Array(presets.prefix(Self.presetsMax))
        isUntouched = text.isEmpty
    }

    package var isMissing: Bool { text.text.allSatisfy(\.isWhitespace) }

    /// Replaces what was written.
    mutating func replace(with reason: String) {
        text.replace(with: reason)
        choice = nil
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
        if changed != text { choice = nil }
        text = changed
        return false
    }

    /// The arrows go through what can be chosen; false for any other action.
    mutating func perform(_ action: Action) -> Bool {
        guard !presets.isEmpty, action == .earlierEntry || action == .laterEntry else {
            return false
        }
        let step = action == .laterEntry ? 1 : -1
        let start = choice ?? (step > 0 ? -1 : presets.count)
        choose((start + step + presets.count) % presets.count)
        return true
    }

    private mutating func choose(_ index: Int) {
        choice = index
        text.replace(with: presets[index])
        isUntouched = false
    }
}
