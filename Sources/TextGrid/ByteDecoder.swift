/// Splits bytes into UTF-8 scalars and bytes that belong to none.
struct ByteDecoder {
    private var pending: [UInt8] = []

    /// Takes one byte and hands on what is complete.
    mutating func append(_ byte: UInt8, to escaper: inout Escaper) {
        pending.append(byte)
        settle(into: &escaper, isLast: false)
    }

    /// Hands on what is left, which is not complete.
    mutating func finish(into escaper: inout Escaper) {
        settle(into: &escaper, isLast: true)
    }

    private mutating func settle(into escaper: inout Escaper, isLast: Bool) {
        while let first = pending.first {
            let length = Self.length(after: first)
            if pending.count < length, !isLast, Self.mayContinue(pending) { return }
            if length > 0, pending.count >= length, let scalar = scalar(of: length) {
                escaper.append(scalar)
                pending.removeFirst(length)
            } else {
                escaper.append(invalid: first)
                pending.removeFirst()
            }
        }
    }

    /// The scalar of the first `length` bytes, when they are strictly valid.
    private func scalar(of length: Int) -> Unicode.Scalar? {
        var iterator = pending.prefix(length).makeIterator()
        var decoder = UTF8()
        guard case .scalarValue(let scalar) = decoder.decode(&iterator) else { return nil }
        return UTF8.width(scalar) == length ? scalar : nil
    }

    private static func length(after first: UInt8) -> Int {
        switch first {
        case 0x00...0x7F: 1
        case 0xC2...0xDF: 2
        case 0xE0...0xEF: 3
        case 0xF0...0xF4: 4
        default: 0
        }
    }

    private static func mayContinue(_ bytes: [UInt8]) -> Bool {
        bytes.dropFirst().allSatisfy { $0 & 0xC0 == 0x80 }
    }
}
