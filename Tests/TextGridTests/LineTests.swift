import TextGrid
import Testing

/// Goal: lines fit where they are told to, and wrapping loses nothing.
struct LineTests {
    struct Wrap: Sendable {
        let text: String
        let columns: Int
        let lines: [String]
    }

    @Test(arguments: [
        Wrap(text: "", columns: 5, lines: [""]),
        Wrap(text: "abc", columns: 5, lines: ["abc"]),
        Wrap(text: "one two three", columns: 8, lines: ["one two ", "three"]),
        Wrap(text: "abcdefghij", columns: 4, lines: ["abcd", "efgh", "ij"]),
        Wrap(text: "日本語テキスト", columns: 5, lines: ["日本", "語テ", "キス", "ト"]),
        Wrap(text: "ab\u{202E}cd", columns: 9, lines: ["ab", "\\u{202E}c", "d"]),
        Wrap(text: "ab\u{202E}", columns: 4, lines: ["ab", "\\u{2", "02E}"]),
        Wrap(text: "a\\\\b", columns: 2, lines: ["a", "\\\\", "\\\\", "b"]),
        Wrap(
            text: "e\u{301}e\u{301}e\u{301}", columns: 2, lines: ["e\u{301}e\u{301}", "e\u{301}"]),
    ])
    func wraps(_ wrap: Wrap) {
        let lines = SafeText(escaping: wrap.text).wrapped(to: wrap.columns)
        #expect(lines.map(\.text) == wrap.lines)
    }

    @Test func wrappingLosesNothing() {
        let text = "Customer \u{1B}[2J charged  twice; 日本語 é e\u{301} \\ 👍🏽 "
        let line = Line([
            Span(text, .agentWords), Span(.ellipsis), Span(String(text.reversed()), .dim),
        ])
        for columns in 1...90 {
            let lines = line.wrapped(to: columns)
            #expect(lines.map(\.text).joined() == line.text)
            #expect(columns < 2 || lines.allSatisfy { $0.columns <= columns })
            #expect(lines.map(\.columns).reduce(0, +) == line.columns)
        }
    }

    /// A quarter of a megabyte of nothing but marks takes no time that grows with its square.
    @Test func longTextsAreWrapped() {
        let text = SafeText(escaping: String(repeating: "\u{7}x", count: 20_000))
        let lines = text.wrapped(to: 70)
        #expect(lines.count == 1_819)
        #expect(lines.reduce(0) { $0 + $1.columns } == text.columns)
    }

    @Test func fittingMarksWhatIsCutOff() {
        let line = Line([Span("日本語", .text), Span("abc", .dim)])
        #expect(line.columns == 9)
        #expect(line.fitted(to: 9).text == "日本語abc")
        #expect(line.fitted(to: 8).text == "日本語a…")
        #expect(line.fitted(to: 6).text == "日本…")
        #expect(line.fitted(to: 1).text == "…")
        #expect(line.fitted(to: 0).text.isEmpty)
        #expect(line.padded(to: 12).columns == 12)
        #expect(line.padded(to: 3) == line)
    }

    @Test func sharesOfAText() {
        let text = SafeText(escaping: "a\tb日c")
        for columns in 0...7 {
            let (head, tail) = text.split(at: columns)
            #expect((head + tail).text == text.text)
            #expect(head.columns <= columns && head.columns + tail.columns == text.columns)
        }
        #expect(SafeText(escaping: "é") != SafeText(escaping: "e\u{301}"))
    }

    @Test(arguments: [(-0.5, Glyph.bar1), (0, .bar1), (0.5, .bar5), (1, .bar8), (.nan, .bar1)])
    func barsOfAShare(_ value: Double, _ glyph: Glyph) {
        #expect(Glyph.bar(value) == glyph)
    }
}
