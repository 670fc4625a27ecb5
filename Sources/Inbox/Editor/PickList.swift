package import JSONTree

/// The values that may stand in a field, narrowed by what is typed.
package struct PickList: Hashable, Sendable {
    /// Everything that may stand there.
    package let all: [JSONValue]
    /// Which of `shown` is highlighted; nil while the text counts as it is.
    package private(set) var choice: Int?
    /// What was typed by hand; empty shows everything.
    private var typed = ""

    /// More values are no help to anybody.
    static let choicesMax = 500

    package init(_ all: [JSONValue] = []) { self.all = Array(all.prefix(Self.choicesMax)) }

    /// The values that hold what was typed.
    package var shown: [JSONValue] {
        guard let search = ArgumentSearch(typed) else { return all }
        return all.filter { !search.matches(in: .string(Self.label($0))).isEmpty }
    }

    /// The highlighted value.
    package var chosen: JSONValue? {
        let shown = shown
        return choice.flatMap { shown.indices.contains($0) ? shown[$0] : nil }
    }

    /// How a value reads in the list and in the field.
    package static func label(_ value: JSONValue) -> String {
        value.stringValue ?? value.text(.compact)
    }

    /// The value that a text means: the highlighted one, or one that reads like it.
    func value(of text: String) -> JSONValue? {
        chosen ?? all.first { Self.label($0).isSame(as: text) }
    }

    /// Highlights the next value, or the one before; the text of the field becomes that.
    mutating func step(_ step: Int, from text: String) -> String? {
        let shown = shown
        guard !shown.isEmpty else { return nil }
        let now = choice ?? shown.firstIndex { Self.label($0).isSame(as: text) }
        let next = now.map { ($0 + step + shown.count) % shown.count }
        choice = next ?? (step > 0 ? 0 : shown.count - 1)
        return chosen.map(Self.label)
    }

    /// Something was typed by hand.
    mutating func narrow(to text: String) {
        choice = nil
        typed = text
    }
}
