/// The form of one provider's keys: fixed texts and runs of bytes, one after the other.
///
/// Written as in `ghp_{w:36}`: braces hold the class of a run and how long it is at least, or at
/// least and at most (`{h:32-34}`). A match never goes back, so its time grows with its length.
struct TokenShape: Sendable {
    enum Part: Sendable {
        case literal([UInt8])
        case run(ByteClass, ClosedRange<Int>)
    }

    let label: String
    let parts: [Part]
    let rules: Rules

    /// What a match needs beside its form.
    struct Rules: OptionSet, Sendable {
        let rawValue: UInt8

        /// It may begin in the middle of a word.
        static let anywhere = Rules(rawValue: 1)
        /// Letters and digits alternate in it, as they do in what is random.
        static let mixed = Rules(rawValue: 2)
        /// Nothing of its alphabet follows.
        static let exact = Rules(rawValue: 4)
    }

    init(_ label: String, _ form: String, _ rules: Rules = []) {
        self.label = label
        self.rules = rules
        parts = Self.parts(of: form)
    }

    /// The fixed text that it begins with.
    var prefix: [UInt8] {
        guard case .literal(let bytes)? = parts.first else { return [] }
        return bytes
    }

    private static func parts(of form: String) -> [Part] {
        var parts: [Part] = []
        for piece in form.utf8.split(separator: UInt8(ascii: "{")) {
            guard let end = piece.firstIndex(of: UInt8(ascii: "}")) else {
                parts.append(.literal(Array(piece)))
                continue
            }
            let run = piece[..<end]
            let numbers = run.dropFirst(2).split(separator: UInt8(ascii: "-"))
                .compactMap { Int(String(decoding: Array($0), as: UTF8.self)) }
            if let name = run.first, let least = numbers.first {
                let most = numbers.count > 1 ? numbers[1] : runMax
                parts.append(.run(Self.alphabet(name), least...max(least, most)))
            }
            let rest = piece[piece.index(after: end)...]
            if !rest.isEmpty { parts.append(.literal(Array(rest))) }
        }
        return parts
    }

    private static let runMax = 1_024

    private static func alphabet(_ name: UInt8) -> ByteClass {
        switch name {
        case UInt8(ascii: "d"): .digit
        case UInt8(ascii: "h"): .lowerHex
        case UInt8(ascii: "H"): .anyHex
        case UInt8(ascii: "a"): .letter
        case UInt8(ascii: "l"): .lowerAlnum
        case UInt8(ascii: "u"): .upperAlnum
        case UInt8(ascii: "w"): .alnum
        case UInt8(ascii: "b"): .word
        case UInt8(ascii: "e"): .dotted
        case UInt8(ascii: "B"): .base64
        case UInt8(ascii: "p"): .percent
        default: .anyBase64
        }
    }

    /// The end of a match that begins at `start`; nil when there is none.
    func end(of bytes: [UInt8], from start: Int) -> Int? {
        var place = start
        for part in parts {
            switch part {
            case .literal(let literal):
                guard place + literal.count <= bytes.count else { return nil }
                for offset in literal.indices where bytes[place + offset] != literal[offset] {
                    return nil
                }
                place += literal.count
            case .run(let alphabet, let length):
                var count = 0
                while count < length.upperBound, place + count < bytes.count,
                    alphabet.contains(bytes[place + count])
                { count += 1 }
                guard count >= length.lowerBound else { return nil }
                place += count
            }
        }
        if rules.contains(.exact), place < bytes.count, ByteClass.anyBase64.contains(bytes[place]) {
            return nil
        }
        if rules.contains(.mixed), !Texture(bytes[start..<place]).isMixed { return nil }
        return place
    }
}

/// All forms, found by their first two bytes.
struct TokenIndex: Sendable {
    private var shapes: [[TokenShape]] = Array(repeating: [], count: 256)
    private var pairs: [UInt64] = Array(repeating: 0, count: 1_024)

    init(_ all: [TokenShape]) {
        for shape in all {
            let prefix = shape.prefix
            guard prefix.count >= 2 else { continue }
            shapes[Int(prefix[0])].append(shape)
            let pair = Int(prefix[0]) << 8 | Int(prefix[1])
            pairs[pair >> 6] |= 1 << UInt64(pair & 63)
        }
    }

    /// The forms that may begin with those two bytes.
    @inline(__always)
    func candidates(_ first: UInt8, _ second: UInt8) -> [TokenShape]? {
        let pair = Int(first) << 8 | Int(second)
        return pairs[pair >> 6] >> UInt64(pair & 63) & 1 == 1 ? shapes[Int(first)] : nil
    }

    static let known = TokenIndex(TokenShape.software + TokenShape.services + TokenShape.companies)
}
