import TextGrid
import Testing

/// Goal: text from anywhere is inert, visible and reversible, whatever is in it.
struct EscaperTests {
    struct Example: Sendable {
        let input: String
        let shown: String
    }

    @Test(arguments: [
        Example(input: "refund cus_91", shown: "refund cus_91"),
        Example(input: "Zürich €1,840.00 日本", shown: "Zürich €1,840.00 日本"),
        Example(input: "\u{1B}[2J", shown: "\\u{1B}[2J"),
        Example(input: "\u{9B}31m", shown: "\\u{9B}31m"),
        Example(input: "a\tb\nc\rd", shown: "a\\tb\\nc\\rd"),
        Example(input: "rm\u{8}\u{8}ls", shown: "rm\\b\\bls"),
        Example(input: "C:\\temp", shown: "C:\\\\temp"),
        Example(input: "\\u{202E}", shown: "\\\\u{202E}"),
        Example(input: "gpj\u{202E}exe", shown: "gpj\\u{202E}exe"),
        Example(input: "ad\u{200B}min", shown: "ad\\u{200B}min"),
        Example(input: "x\u{E0041}", shown: "x\\u{E0041}"),
        Example(input: "soft\u{AD}hyphen", shown: "soft\\u{AD}hyphen"),
        Example(input: "a\u{A0}b\u{3000}c\u{2800}d", shown: "a\\u{A0}b\\u{3000}c\\u{2800}d"),
        Example(input: "\u{2028}\u{2029}", shown: "\\u{2028}\\u{2029}"),
        Example(input: "\u{E000}\u{FFFF}\u{10FFFF}", shown: "\\u{E000}\\u{FFFF}\\u{10FFFF}"),
        Example(input: "\u{3164}\u{115F}\u{FFA0}", shown: "\\u{3164}\\u{115F}\\u{FFA0}"),
        Example(input: "👩\u{200D}👧", shown: "👩\\u{200D}👧"),
        Example(input: "👍🏽 🇫🇷", shown: "👍\\u{1F3FD} \\u{1F1EB}\\u{1F1F7}"),
        Example(input: "✅\u{FE0F}", shown: "✅\u{FE0F}"),
        Example(input: "⚠\u{FE0F}", shown: "⚠\\u{FE0F}"),
        Example(input: "a\u{FE0F}", shown: "a\\u{FE0F}"),
        Example(input: "✅\u{FE0E}", shown: "✅\\u{FE0E}"),
        Example(input: "\u{301}a", shown: "\\u{301}a"),
        Example(input: "e\u{301}", shown: "e\u{301}"),
        Example(
            input: "Z\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}",
            shown: "Z\u{301}\u{302}\u{303}\u{304}\\u{305}\\u{306}"),
        Example(input: "1234567       8", shown: "1234567       8"),
        Example(input: "1234567        8", shown: "1234567\\{8 spaces}8"),
        Example(input: "\\{8 spaces}", shown: "\\\\{8 spaces}"),
        Example(input: String(repeating: " ", count: 300), shown: "\\{300 spaces}"),
    ])
    func marks(_ example: Example) {
        let safe = SafeText(escaping: example.input)
        #expect(Array(safe.text.utf8) == Array(example.shown.utf8))
        #expect(SafeText.original(of: safe.text) == Array(example.input.utf8))
    }

    struct RawExample: Sendable {
        let bytes: [UInt8]
        let shown: String
    }

    @Test(arguments: [
        RawExample(bytes: [0x61, 0x9B, 0x33], shown: "a\\x9B3"),
        RawExample(bytes: [0xC3, 0xA9], shown: "é"),
        RawExample(bytes: [0xC3], shown: "\\xC3"),
        RawExample(bytes: [0xC3, 0x28], shown: "\\xC3("),
        RawExample(bytes: [0xE2, 0x82, 0x41], shown: "\\xE2\\x82A"),
        RawExample(bytes: [0xED, 0xA0, 0x80], shown: "\\xED\\xA0\\x80"),
        RawExample(bytes: [0xC0, 0x80], shown: "\\xC0\\x80"),
        RawExample(bytes: [0xF4, 0x90, 0x80, 0x80], shown: "\\xF4\\x90\\x80\\x80"),
        RawExample(bytes: [0xF0, 0x9F, 0x91, 0x8D, 0xFF], shown: "👍\\xFF"),
    ])
    func bytesThatAreNotUTF8(_ example: RawExample) {
        let safe = SafeText(escaping: example.bytes)
        #expect(safe.text == example.shown)
        #expect(SafeText.original(of: safe.text) == example.bytes)
    }

    /// The first two planes and the tags whole, behind a letter; samples of the rest and of the
    /// other places.
    @Test func scalarsAreInertAndReversibleEverywhere() {
        var wrong: Set<UInt32> = []
        func check(_ values: some Sequence<UInt32>, behind prefix: String) {
            for value in values {
                guard let scalar = Unicode.Scalar(value) else { continue }
                let input = prefix + String(String.UnicodeScalarView([scalar]))
                let safe = SafeText(escaping: input)
                let original = SafeText.original(of: safe.text)
                if !Inertness.isInert(safe) || original != Array(input.utf8) { wrong.insert(value) }
            }
        }
        check(0...0x1FFFF, behind: "a")
        check(0xE0000...0xE01FF, behind: "a")
        check(stride(from: 0x20000, through: 0x10FFFF, by: 251), behind: "a")
        check(stride(from: 0, through: 0x10FFFF, by: 97), behind: "")
        check(stride(from: 0, through: 0x10FFFF, by: 101), behind: "✅")
        #expect(wrong.isEmpty)
    }

    /// Random mixtures of what is dangerous; the seed is printed by a failure.
    @Test func mixturesAreInertReversibleAndDistinct() {
        let pieces = [
            "\u{1B}", "[", "2J", "\\", "u{1B}", "\\{8 spaces}", " ", "        ", "a", "é",
            "e\u{301}",
            "\u{301}", "日", "👍", "\u{FE0F}", "\u{200D}", "\u{202E}", "\u{9B}", "\n", "\r", "\t",
            "\"",
            "א", "\u{E0041}", "x", "{", "}", "spaces",
        ]
        var seed: UInt64 = 20_260_712
        var seen: [[UInt8]: [UInt8]] = [:]
        for round in 0..<20_000 {
            var input = ""
            for _ in 0..<(round % 12) {
                seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                input.unicodeScalars.append(
                    contentsOf: pieces[Int(seed >> 33) % pieces.count].unicodeScalars)
            }
            let safe = SafeText(escaping: input)
            let shown = Array(safe.text.utf8)
            let bytes = Array(input.utf8)
            #expect(Inertness.isInert(safe), "round \(round)")
            #expect(SafeText.original(of: safe.text) == bytes, "round \(round)")
            #expect(seen[shown, default: bytes] == bytes, "round \(round): two inputs, one text")
            seen[shown] = bytes
        }
    }

    @Test func linesAreKeptAndEmptyOnesCounted() {
        let text = "one\n\ntwo\n\n\n\n\nthree\r\n"
        let lines = SafeText.lines(of: text).map(\.text)
        #expect(lines == ["one", "", "two", "\\{4 empty lines}", "three\\r", ""])
    }

    @Test func rightToLeftLettersStayInOrderAndAreFlagged() {
        let safe = SafeText(escaping: "pay אבג now")
        #expect(safe.hasRightToLeft)
        #expect(safe.text == "pay אבג now")
        #expect(!SafeText(escaping: "pay now é").hasRightToLeft)
    }
}

/// What a terminal could act on.
enum Inertness {
    /// True when nothing in it moves the cursor, hides or reorders text.
    static func isInert(_ safe: SafeText) -> Bool {
        safe.text.unicodeScalars.allSatisfy { scalar in
            let properties = scalar.properties
            switch properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned,
                .surrogate:
                return false
            case .spaceSeparator: return scalar == " "
            default:
                return !properties.isDefaultIgnorableCodePoint || scalar.value == 0xFE0F
            }
        }
    }
}
