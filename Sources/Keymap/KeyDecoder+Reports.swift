extension KeyDecoder {
    /// What a control sequence that is no key says: the mouse, or an answer of the terminal.
    static func report(_ final: UInt8, _ parameters: [UInt8]) -> KeyEvent? {
        switch (final, parameters.first) {
        case (UInt8(ascii: "M"), UInt8(ascii: "<")): mouse(parameters.dropFirst())
        case (UInt8(ascii: "n"), UInt8(ascii: "0")) where parameters.count == 1: .report(.status)
        case (UInt8(ascii: "y"), UInt8(ascii: "?")) where parameters.last == UInt8(ascii: "$"):
            mode(parameters.dropFirst().dropLast())
        default: nil
        }
    }

    /// A press of the left button or a turn of the wheel, with nothing held on the keyboard.
    private static func mouse(_ parameters: ArraySlice<UInt8>) -> KeyEvent? {
        guard let numbers = numbers(Array(parameters)), numbers.count == 3,
            numbers[1] > 0, numbers[2] > 0
        else { return nil }
        let kind: MouseEvent.Kind
        switch numbers[0] {
        case 0: kind = .press
        case 64: kind = .wheelUp
        case 65: kind = .wheelDown
        default: return nil
        }
        return .mouse(MouseEvent(kind, column: numbers[1] - 1, row: numbers[2] - 1))
    }

    /// Set, reset and the two permanent states mean that the mode is known; it is of use where it
    /// can be set.
    private static func mode(_ parameters: ArraySlice<UInt8>) -> KeyEvent? {
        guard let numbers = numbers(Array(parameters)), numbers.count == 2 else { return nil }
        return .report(.mode(numbers[0], isKnown: [1, 2].contains(numbers[1])))
    }
}
