import JSONSchema
import JSONTree
import Testing

/// Goal: patterns mean what ECMA-262 says, in linear time, or are refused.
struct PatternTests {
    struct Example: Sendable {
        let pattern: String
        let matching: [String]
        let others: [String]

        init(_ pattern: String, matches matching: [String], not others: [String]) {
            self.pattern = pattern
            self.matching = matching
            self.others = others
        }
    }

    @Test(arguments: [
        Example("", matches: ["", "a"], not: []),
        Example("b", matches: ["abc"], not: ["", "ac"]),
        Example("^a|b$", matches: ["ax", "xb"], not: ["xax"]),
        Example("^(?:a|bc|)d$", matches: ["ad", "bcd", "d"], not: ["abcd", "cd"]),
        Example("^a{2,3}$", matches: ["aa", "aaa"], not: ["a", "aaaa"]),
        Example("^a{2}$", matches: ["aa"], not: ["a", "aaa"]),
        Example("^(ab){2,}?c$", matches: ["ababc", "abababc"], not: ["abc"]),
        Example("^a?b+c*$", matches: ["b", "abbcc"], not: ["a", "ac"]),
        Example("^(a*)*$", matches: ["", "aaaa"], not: ["b"]),
        Example("^(a|b*)+?c$", matches: ["c", "abbac"], not: ["ab"]),
        Example("^.$", matches: ["a", "😀", "é"], not: ["", "\n", "\u{2028}", "ab", "e\u{301}"]),
        Example("^[a-c0-9_.-]+$", matches: ["a-b.c_9"], not: ["d", ""]),
        Example("^[^a-c]$", matches: ["d", "\n", "😀"], not: ["b", ""]),
        Example("^[]$|^[^]$", matches: ["x", "\n"], not: ["", "xx"]),
        Example("^[\\]\\\\^]$", matches: ["]", "\\", "^"], not: ["["]),
        Example("^[\\w-]+$", matches: ["a-b"], not: ["a b"]),
        Example("^[a\\-z]$", matches: ["a", "-", "z"], not: ["b"]),
        Example("^\\d+$", matches: ["0123456789"], not: ["٣", ""]),
        Example("^\\D\\W\\S$", matches: ["a-b"], not: ["1-b", "aab", "a- "]),
        Example("^\\w$", matches: ["_", "Z"], not: ["é", "-"]),
        Example("^\\s+$", matches: [" \t\n\u{A0}\u{FEFF}\u{2003}"], not: ["\u{200B}"]),
        Example("\\bfoo\\b", matches: ["a foo b", "foo"], not: ["afoo", "foo1"]),
        Example("^o\\Bo$", matches: ["oo"], not: ["o o"]),
        Example("^\\x41\\u0042\\u{43}\\t\\cJ\\0$", matches: ["ABC\t\n\u{0}"], not: ["ABC"]),
        Example("^\\ud83d\\ude00$", matches: ["😀"], not: ["x"]),
        Example("^[\\u{1F600}-\\u{1F64F}]$", matches: ["😀"], not: ["a"]),
        Example("^\\p{Lu}\\P{Lu}$", matches: ["Éa", "A1"], not: ["aA", "AA"]),
        Example("^[\\p{L}\\p{Nd}]+$", matches: ["aé漢3"], not: ["-"]),
        Example("^[^\\p{L}\\d]$", matches: ["-"], not: ["a", "1"]),
        Example("^\\p{gc=Letter}\\p{ASCII}$", matches: ["éa"], not: ["éé"]),
        Example("^\\/\\@\\_\\\"$", matches: ["/@_\""], not: [""]),
        Example("^x{a}$", matches: ["x{a}"], not: ["x"]),
        Example("^(?<year>\\d{4})$", matches: ["2026"], not: ["26"]),
        Example("^cus_[A-Za-z0-9]{1,64}$", matches: ["cus_9aZ"], not: ["cus_", "cus_é"]),
    ])
    func matching(_ example: Example) throws {
        let schema = try JSONSchema(["pattern": .string(example.pattern)])
        for text in example.matching {
            #expect(schema.accepts(.string(text)), "\(example.pattern) on \(text)")
        }
        for text in example.others {
            #expect(!schema.accepts(.string(text)), "\(example.pattern) on \(text)")
        }
    }

    @Test(arguments: [
        "(", ")", "a)", "[", "[a", "*", "a**", "a{2}{3}", "^*", "a{3,2}", "[b-a]", "\\", "\\1",
        "\\k<a>", "(?=a)", "(?!a)", "(?<=a)", "(?<!a)", "(?i)a", "(?i:a)", "\\p{Nope}", "\\p",
        "\\p{Script=Greek}", "\\u{110000}", "\\ud800", "\\xZ", "\\c1", "\\00", "\\y", "(?<a",
        "a{5000}", "(a{100}){100}", "((){4000}){4000}",
        String(repeating: "(", count: 33) + String(repeating: ")", count: 33),
        String(repeating: "a", count: 4_097),
    ])
    func refused(pattern: String) {
        #expect(throws: SchemaError.self) { try JSONSchema(["pattern": .string(pattern)]) }
    }

    /// Method: expressions on which backtracking takes exponential time, on a text that fails late.
    @Test(arguments: [
        "^(a+)+$", "^(a|aa)*$", "^(a|a)*$", "^(.*)*(.*)*$", "(x+x+)+y", "^(a?){50}a{50}$",
    ])
    func linearTime(pattern: String) throws {
        let schema = try JSONSchema(["pattern": .string(pattern)])
        let letter = pattern.contains("x") ? "x" : "a"
        let text = String(repeating: letter, count: 20_000) + "\n"
        #expect(schema.errors(in: .string(text)).count == 1)
    }
}
