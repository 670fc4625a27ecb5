extension KeyDecoder {
    private static let pasteStart = Array("200".utf8)
    private static let pasteEnd = Array("\u{1B}[201~".utf8)

    /// Takes a byte of a control sequence (`ESC [`), of which `parameters` were read.
    mutating func takeControl(
        _ byte: UInt8, _ parameters: [UInt8], _ events: inout [KeyEvent]
    ) {
        switch byte {
        case 0x1B: state = .escape
        case 0x18, 0x1A: state = .ground
        case 0x20...0x3F:
            let isTooLong = parameters.count >= Self.sequenceBytesMax
            state = isTooLong ? .controlTooLong : .control(parameters + [byte])
        case UInt8(ascii: "[") where parameters.isEmpty:
            state = .skip(1)  // a function key of the Linux console
        case UInt8(ascii: "M") where parameters.isEmpty:
            state = .skip(3)  // a mouse report in the old form
        case UInt8(ascii: "~") where parameters == Self.pasteStart:
            pasted = []
            pastedCount = 0
            state = .paste
        case 0x40...0x7E:
            state = .ground
            if let report = Self.report(byte, parameters) {
                events.append(report)
            } else {
                append(Self.controlSequenceKey(byte, parameters), &events)
            }
        default: break
        }
    }

    /// Takes a byte of a paste, which ends only with its own closing sequence.
    mutating func takePaste(_ byte: UInt8, _ events: inout [KeyEvent]) {
        pastedCount += 1
        pasted.append(byte)
        if pastedCount > Self.pasteBytesMax + Self.pasteEnd.count {
            pasted = pasted.suffix(Self.pasteEnd.count)
        }
        guard byte == UInt8(ascii: "~"), pasted.suffix(Self.pasteEnd.count) == Self.pasteEnd[...]
        else { return }
        let count = pastedCount - Self.pasteEnd.count
        if count > Self.pasteBytesMax {
            events.append(.pasteRefused(count))
        } else {
            events.append(.paste(Self.text(ofPaste: pasted.dropLast(Self.pasteEnd.count))))
        }
        pasted = []
        state = .afterPaste
    }

    /// Terminals send Return for the end of a line.
    private static func text(ofPaste bytes: ArraySlice<UInt8>) -> String {
        var lines: [UInt8] = []
        var previous: UInt8 = 0
        for byte in bytes {
            if byte == 0x0A, previous == 0x0D {
                previous = byte
                continue
            }
            lines.append(byte == 0x0D ? 0x0A : byte)
            previous = byte
        }
        return String(decoding: lines, as: UTF8.self)
    }

    /// The key of a byte below space, or of DEL.
    static func controlKey(_ byte: UInt8) -> KeyStroke? {
        switch byte {
        case 0x00: KeyStroke(.character(" "), ctrl: true)
        case 0x08, 0x7F: KeyStroke(.backspace)
        case 0x09: KeyStroke(.tab)
        case 0x0D: KeyStroke(.enter)
        case 0x1B: KeyStroke(.escape)
        case 0x01...0x1A: KeyStroke(.character(Unicode.Scalar(byte + 0x60)), ctrl: true)
        case 0x1C...0x1F: KeyStroke(.character(Unicode.Scalar(byte + 0x40)), ctrl: true)
        default: nil
        }
    }

    /// The key of `ESC O` and this byte.
    static func singleShiftKey(_ byte: UInt8) -> KeyStroke? {
        switch byte {
        case UInt8(ascii: "P")...UInt8(ascii: "S"):
            KeyStroke(.function(Int(byte - UInt8(ascii: "P")) + 1))
        case UInt8(ascii: "M"): KeyStroke(.enter)
        default: cursorKey(byte).map { KeyStroke($0) }
        }
    }

    private static func cursorKey(_ byte: UInt8) -> KeyStroke.Key? {
        switch byte {
        case UInt8(ascii: "A"): .up
        case UInt8(ascii: "B"): .down
        case UInt8(ascii: "C"): .right
        case UInt8(ascii: "D"): .left
        case UInt8(ascii: "F"): .end
        case UInt8(ascii: "H"): .home
        default: nil
        }
    }

    /// The key of a control sequence, or nil for everything that is not a key we know.
    private static func controlSequenceKey(_ final: UInt8, _ parameters: [UInt8]) -> KeyStroke? {
        guard let numbers = numbers(parameters), numbers.count <= 2 else { return nil }
        let modifiers = numbers.count == 2 ? numbers[1] - 1 : 0
        guard (0...7).contains(modifiers) else { return nil }
        let first = numbers.first ?? 1
        let key: KeyStroke.Key?
        if final == UInt8(ascii: "~") {
            key = editingKey(first)
        } else if final == UInt8(ascii: "Z"), numbers.isEmpty {
            key = .backTab
        } else {
            key = first == 1 ? cursorKey(final) : nil
        }
        return key.map { KeyStroke($0, ctrl: modifiers & 4 != 0, alt: modifiers & 2 != 0) }
    }

    /// The key that xterm, the Linux console and rxvt number like this.
    private static func editingKey(_ number: Int) -> KeyStroke.Key? {
        switch number {
        case 1, 7: .home
        case 2: .insert
        case 3: .delete
        case 4, 8: .end
        case 5: .pageUp
        case 6: .pageDown
        case 11...15: .function(number - 10)
        case 17...21: .function(number - 11)
        case 23, 24: .function(number - 12)
        default: nil
        }
    }

    /// Parameters that are plain numbers; nil when there is anything else among them.
    static func numbers(_ parameters: [UInt8]) -> [Int]? {
        guard !parameters.isEmpty else { return [] }
        var numbers: [Int] = []
        for part in parameters.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
        {
            guard part.count <= 4, let number = Int(String(decoding: part, as: UTF8.self)),
                part.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains)
            else { return nil }
            numbers.append(number)
        }
        return numbers
    }
}
