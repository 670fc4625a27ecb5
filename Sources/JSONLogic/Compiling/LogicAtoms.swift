import JSONTree

/// Numbers for the texts that rules compare fields with, so that comparing them compares numbers.
struct LogicAtoms: Sendable {
    /// The number of a slot that holds no text, or is compared with none.
    static let noText: Int32 = -1
    /// The number of a text that no rule compares with.
    static let unknown: Int32 = 0

    private var numbers: [ByteText: Int32] = [:]
    private var slots: Set<Int32> = []

    /// The number of a text, from 1; from now on the slot is numbered too.
    mutating func number(_ text: String, comparedWith slot: Int32) -> Int32 {
        slots.insert(slot)
        let key = ByteText(text)
        if let known = numbers[key] { return known }
        let number = Int32(numbers.count + 1)
        numbers[key] = number
        return number
    }

    /// The number of what a slot holds.
    func number(of value: LogicValue, in slot: Int32) -> Int32 {
        guard case .text(let text) = value, slots.contains(slot) else { return Self.noText }
        return numbers[ByteText(text)] ?? Self.unknown
    }
}
