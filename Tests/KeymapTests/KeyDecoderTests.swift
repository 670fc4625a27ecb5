import Keymap
import Testing

/// Goal: what a terminal sends unasked is never a key, however it is cut into pieces.
struct KeyDecoderTests {
    struct Input: Sendable {
        let bytes: String
        let events: [KeyEvent]
    }

    private static func keys(_ notations: String...) -> [KeyEvent] {
        notations.compactMap { KeyStroke(notation: $0).map(KeyEvent.key) }
    }

    private static let inputs: [Input] = [
        Input(bytes: "ja", events: keys("j", "a")),
        Input(bytes: "é日👍", events: keys("é", "日", "👍")),
        Input(bytes: "\r\t\u{7F}\u{08} ", events: keys("enter", "tab", "bs", "bs", "space")),
        Input(
            bytes: "\u{04}\u{1A}\u{00}\n",
            events: keys("ctrl-d", "ctrl-z", "ctrl-space", "ctrl-j")),
        Input(
            bytes: "\u{1B}[A\u{1B}OB\u{1B}[C\u{1B}OD", events: keys("up", "down", "right", "left")),
        Input(
            bytes: "\u{1B}[H\u{1B}OF\u{1B}[1~\u{1B}[4~",
            events: keys("home", "end", "home", "end")),
        Input(
            bytes: "\u{1B}[5~\u{1B}[6~\u{1B}[2~\u{1B}[3~",
            events: keys("pgup", "pgdn", "ins", "del")),
        Input(
            bytes: "\u{1B}OP\u{1B}[15~\u{1B}[24~\u{1B}[Z",
            events: keys("f1", "f5", "f12", "shift-tab")),
        Input(
            bytes: "\u{1B}[1;5A\u{1B}[1;2B\u{1B}[6;3~",
            events: keys("ctrl-up", "down", "alt-pgdn")),
        Input(bytes: "\u{1B}a\u{1B}\r", events: keys("alt-a", "alt-enter")),
        Input(bytes: "\u{1B}\u{1B}[A", events: keys("esc", "up")),
        // Answers to questions, reports and strings: nothing of them is a key.
        Input(bytes: "\u{1B}[24;80Rj", events: keys("j")),
        Input(bytes: "\u{1B}[?1;2c\u{1B}[>41;366;0cj", events: keys("j")),
        Input(bytes: "\u{1B}]52;c;YWFh\u{07}j", events: keys("j")),
        Input(bytes: "\u{1B}]11;rgb:aaaa/aaaa/aaaa\u{1B}\\j", events: keys("j")),
        Input(bytes: "\u{1B}P1$raaa\u{1B}\\j", events: keys("j")),
        Input(
            bytes: "\u{1B}_Gaaa\u{1B}\\\u{1B}^aaa\u{1B}\\\u{1B}Xaaa\u{1B}\\j",
            events: keys("j")),
        // The mouse: a press of the left button and the wheel, nothing else.
        Input(
            bytes: "\u{1B}[<0;10;5M\u{1B}[<0;10;5mj",
            events: [.mouse(MouseEvent(.press, column: 9, row: 4))] + keys("j")),
        Input(
            bytes: "\u{1B}[<64;1;1M\u{1B}[<65;500;200Mj",
            events: [
                .mouse(MouseEvent(.wheelUp, column: 0, row: 0)),
                .mouse(MouseEvent(.wheelDown, column: 499, row: 199)),
            ] + keys("j")),
        Input(bytes: "\u{1B}[<1;3;3M\u{1B}[<2;3;3M\u{1B}[<35;3;3Mj", events: keys("j")),
        Input(bytes: "\u{1B}[<16;3;3M\u{1B}[<0;0;3M\u{1B}[<0;3Mj", events: keys("j")),
        Input(bytes: "\u{1B}[<0;3;99999M\u{1B}[<;3;3Mj", events: keys("j")),
        // Answers to our own questions, early or late, in one piece or between keys.
        Input(bytes: "k\u{1B}[0nj", events: keys("k") + [.report(.status)] + keys("j")),
        Input(
            bytes: "\u{1B}[?2026;2$y\u{1B}[?2026;0$y\u{1B}[?2026;4$yj",
            events: [
                .report(.mode(2026, isKnown: true)), .report(.mode(2026, isKnown: false)),
                .report(.mode(2026, isKnown: false)),
            ] + keys("j")),
        Input(bytes: "\u{1B}[3n\u{1B}[00n\u{1B}[?0n\u{1B}[2026;1$y\u{1B}[?1$yj", events: keys("j")),
        Input(bytes: "\u{1B}[Maaaj", events: keys("j")),
        Input(bytes: "\u{1B}[[Aj", events: keys("j")),
        Input(bytes: "\u{1B}[I\u{1B}[Oj", events: keys("j")),
        Input(bytes: "\u{1B}[97;5uj", events: keys("j")),
        Input(bytes: "\u{1B}(aj", events: keys("j")),
        Input(bytes: "\u{9B}31aj", events: keys("j")),
        Input(bytes: "\u{9D}0;aaa\u{07}j", events: keys("j")),
        Input(bytes: "\u{1B}[" + String(repeating: "1;", count: 100) + "aj", events: keys("j")),
        Input(bytes: "\u{1B}[12\u{18}j", events: keys("j")),
        Input(bytes: "\u{1B}[1\u{1B}[Aj", events: keys("up", "j")),
        Input(bytes: "\u{1B}]aa\u{1B}[Aj", events: keys("up", "j")),
    ]

    @Test(arguments: inputs)
    func events(_ input: Input) {
        var decoder = KeyDecoder()
        #expect(decoder.decode(input.bytes.utf8) == input.events)
        #expect(!decoder.isInSequence)
        var byByte = KeyDecoder()
        #expect(input.bytes.utf8.flatMap { byByte.decode([$0]) } == input.events)
    }

    @Test func escapeAloneIsAKeyOnceTheTerminalIsQuiet() {
        var decoder = KeyDecoder()
        #expect(decoder.decode([0x1B]).isEmpty)
        #expect(decoder.awaitsEscape)
        #expect(decoder.settle() == Self.keys("esc"))
        #expect(decoder.decode(Array("a".utf8)) == Self.keys("a"))
        #expect(decoder.settle().isEmpty)
    }

    @Test func anUnfinishedSequenceSwallowsNothingForEver() {
        for start in ["\u{1B}[1;", "\u{1B}]0;abc", "\u{1B}P", "\u{1B}[M", "\u{C3}"] {
            var decoder = KeyDecoder()
            _ = decoder.decode(start.utf8)
            #expect(decoder.settle().isEmpty)
            decoder.expire()
            #expect(decoder.decode(Array("j".utf8)) == Self.keys("j"))
        }
    }

    @Test(
        arguments: [
            [0x80, 0x6A], [0xC3, 0x6A], [0xFF, 0xFE, 0x6A], [0xE0, 0x80, 0x80, 0x6A],
            [0xED, 0xA0, 0x80, 0x6A], [0xC0, 0xAF, 0x6A],
        ] as [[UInt8]])
    func bytesThatAreNotUTF8AreNoKeys(_ bytes: [UInt8]) {
        var decoder = KeyDecoder()
        #expect(decoder.decode(bytes) == Self.keys("j"))
    }

    @Test func pastedTextIsOneEventAndNeverAKey() {
        var decoder = KeyDecoder()
        let events = decoder.decode("j\u{1B}[200~aq\r\ny\u{1B}[2J\rx\u{1B}[201~".utf8)
        #expect(events == Self.keys("j") + [.paste("aq\ny\u{1B}[2J\nx")])
        #expect(decoder.awaitsQuiet)
        #expect(decoder.settle().isEmpty)
        #expect(decoder.decode(Array("k".utf8)) == Self.keys("k"))
    }

    @Test func aPasteThatEndsItselfPressesNoKey() {
        var decoder = KeyDecoder()
        #expect(decoder.decode("\u{1B}[200~x\u{1B}[201~a\r".utf8) == [.paste("x")])
        #expect(decoder.decode("y\r".utf8).isEmpty)
        #expect(decoder.settle().isEmpty)
        #expect(decoder.decode(Array("k".utf8)) == Self.keys("k"))
    }

    @Test func aPasteIsLimited() {
        var decoder = KeyDecoder()
        _ = decoder.decode("\u{1B}[200~".utf8)
        let chunk = [UInt8](repeating: 0x61, count: 1 << 16)
        for _ in 0..<16 { #expect(decoder.decode(chunk).isEmpty) }
        #expect(decoder.decode("b\u{1B}[201~".utf8) == [.pasteRefused((1 << 20) + 1)])
        _ = decoder.settle()
        #expect(decoder.decode("\u{1B}[200~\u{1B}[201~".utf8) == [.paste("")])
    }
}
