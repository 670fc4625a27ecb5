/// Turns the bytes of a terminal into key presses and pastes.
///
/// Answers and sequences that we did not ask for are read to their end and dropped, so that a
/// letter inside of one is never a key. A letter after Escape has `alt` set, which no decision key
/// has.
public struct KeyDecoder: Hashable, Sendable {
    /// A longer paste is refused.
    public static let pasteBytesMax = 1 << 20
    /// A longer control sequence is dropped without being understood.
    static let sequenceBytesMax = 64

    enum State: Hashable, Sendable {
        case ground
        /// A UTF-8 character of which `missing` bytes are to come.
        case character(value: UInt32, missing: Int, smallest: UInt32)
        case escape
        /// `ESC` and one of the bytes that announce a character set: one more byte ends it.
        case intermediate
        case singleShift
        case control([UInt8])
        /// Too long to be understood; its last byte is awaited.
        case controlTooLong
        /// So many bytes follow without any structure.
        case skip(Int)
        /// A string of the terminal up to BEL or ST.
        case string
        case stringEscape
        case paste
        /// What arrives with the end of a paste may have been hidden in it, so it is dropped.
        case afterPaste
    }

    var state = State.ground
    var pasted: [UInt8] = []
    var pastedCount = 0

    /// A decoder before the first byte.
    public init() {}

    /// True when Escape was read and it is not known yet if it is the key.
    public var awaitsEscape: Bool { state == .escape }

    /// True when a paste has just ended and what comes with it is still to be dropped.
    public var awaitsQuiet: Bool { state == .afterPaste }

    /// True when a sequence has begun that has not ended.
    public var isInSequence: Bool { state != .ground && state != .afterPaste }

    /// The events of these bytes, in order.
    public mutating func decode(_ bytes: some Sequence<UInt8>) -> [KeyEvent] {
        var events: [KeyEvent] = []
        for byte in bytes { take(byte, &events) }
        return events
    }

    /// The terminal has been quiet for the time in which a sequence arrives: Escape was the key.
    public mutating func settle() -> [KeyEvent] {
        switch state {
        case .escape:
            state = .ground
            return [.key(KeyStroke(.escape))]
        case .afterPaste:
            state = .ground
            return []
        case .ground, .character, .intermediate, .singleShift, .control, .controlTooLong, .skip,
            .string, .stringEscape, .paste:
            return []
        }
    }

    /// The terminal has been quiet for long: an unfinished sequence will not be finished.
    public mutating func expire() {
        guard state != .paste else { return }
        state = .ground
    }
}

extension KeyDecoder {
    private mutating func take(_ byte: UInt8, _ events: inout [KeyEvent]) {
        switch state {
        case .ground: takeGround(byte, &events)
        case .character(let value, let missing, let smallest):
            takeCharacter(byte, value, missing, smallest, &events)
        case .escape: takeEscape(byte, &events)
        case .intermediate: if !(0x20...0x2F).contains(byte) { state = .ground }
        case .singleShift:
            state = .ground
            append(Self.singleShiftKey(byte), &events)
        case .control(let parameters): takeControl(byte, parameters, &events)
        case .controlTooLong: if (0x40...0x7E).contains(byte) { state = .ground }
        case .skip(let count): state = count > 1 ? .skip(count - 1) : .ground
        case .string: takeString(byte)
        case .stringEscape: takeStringEscape(byte, &events)
        case .paste: takePaste(byte, &events)
        case .afterPaste: break
        }
    }

    private mutating func takeGround(_ byte: UInt8, _ events: inout [KeyEvent]) {
        switch byte {
        case 0x1B: state = .escape
        case 0x20...0x7E: append(KeyStroke(Unicode.Scalar(byte)), &events)
        case 0xC2...0xDF: state = .character(value: UInt32(byte & 0x1F), missing: 1, smallest: 0x80)
        case 0xE0...0xEF:
            state = .character(value: UInt32(byte & 0x0F), missing: 2, smallest: 0x800)
        case 0xF0...0xF4:
            state = .character(value: UInt32(byte & 0x07), missing: 3, smallest: 0x1_0000)
        case 0x80...0x9F: takeC1(byte)
        case 0x00...0x1F, 0x7F: append(Self.controlKey(byte), &events)
        default: break
        }
    }

    private mutating func takeCharacter(
        _ byte: UInt8, _ value: UInt32, _ missing: Int, _ smallest: UInt32,
        _ events: inout [KeyEvent]
    ) {
        guard byte & 0xC0 == 0x80 else {
            state = .ground
            take(byte, &events)
            return
        }
        let value = value << 6 | UInt32(byte & 0x3F)
        guard missing == 1 else {
            state = .character(value: value, missing: missing - 1, smallest: smallest)
            return
        }
        state = .ground
        guard value >= smallest, let scalar = Unicode.Scalar(value) else { return }
        if (0x80...0x9F).contains(value) {
            takeC1(UInt8(truncatingIfNeeded: value))
        } else {
            append(KeyStroke(scalar), &events)
        }
    }

    /// The control characters above ASCII begin the same sequences as `ESC` and a letter.
    private mutating func takeC1(_ byte: UInt8) {
        switch byte {
        case 0x8F: state = .singleShift
        case 0x9B: state = .control([])
        case 0x90, 0x98, 0x9D, 0x9E, 0x9F: state = .string
        default: break
        }
    }

    private mutating func takeEscape(_ byte: UInt8, _ events: inout [KeyEvent]) {
        state = .ground
        switch byte {
        case 0x1B:
            append(KeyStroke(.escape), &events)
            state = .escape
        case UInt8(ascii: "["): state = .control([])
        case UInt8(ascii: "O"): state = .singleShift
        case UInt8(ascii: "P"), UInt8(ascii: "X"), UInt8(ascii: "]"), UInt8(ascii: "^"),
            UInt8(ascii: "_"):
            state = .string
        case 0x20...0x2F: state = .intermediate
        case 0x30...0x7E: append(KeyStroke(.character(Unicode.Scalar(byte)), alt: true), &events)
        case 0x00...0x1F, 0x7F:
            append(
                Self.controlKey(byte).map { KeyStroke($0.key, ctrl: $0.ctrl, alt: true) }, &events)
        default: break
        }
    }

    private mutating func takeString(_ byte: UInt8) {
        switch byte {
        case 0x07, 0x18, 0x1A, 0x9C: state = .ground
        case 0x1B: state = .stringEscape
        default: break
        }
    }

    private mutating func takeStringEscape(_ byte: UInt8, _ events: inout [KeyEvent]) {
        guard byte != UInt8(ascii: "\\") else {
            state = .ground
            return
        }
        state = .escape
        take(byte, &events)
    }

    func append(_ stroke: KeyStroke?, _ events: inout [KeyEvent]) {
        if let stroke { events.append(.key(stroke)) }
    }
}
