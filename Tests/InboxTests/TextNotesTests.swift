import JSONTree
import Testing

@testable import Inbox

/// Texts that are not what they look like are told, in words and in ASCII; others are left alone.
struct TextNotesTests {
    @Test(
        arguments: [
            ("plain words, 12", []), ("Zoë Müller", []), ("日本語 text", []), ("Привет мир", []),
            ("a.b c@d", []), ("ada@acme.test", []), ("x       y", []),
            ("a        b", ["holds 8 spaces in a row"]), ("end ", ["ends with a space"]),
            ("a\n\n\n\nb", ["holds 3 empty lines in a row"]),
            (
                "pay p\u{0430}ypal now",
                ["p\u{0430}ypal mixes Cyrillic and Latin letters: p<U+0430>ypal"]
            ),
            (
                "see xn--pypal-4ve.com",
                ["xn--pypal-4ve.com stands for p\u{0430}ypal (p<U+0430>ypal)"]
            ),
            (
                "\u{0430}da@acme.test",
                ["the address \u{0430}da@acme.test is not ASCII: <U+0430>da@acme.test"]
            ),
            ("postgres://app:\u{2039}password \u{B7} 15\u{203A}@db.test/x", []),
            ("bücher.example", ["the address bücher.example is not ASCII: b<U+00FC>cher.example"]),
        ] as [(String, [String])])
    func notes(_ text: String, _ expected: [String]) {
        #expect(TextNotes.of(text) == expected)
    }

    @Test(
        arguments: [
            ("xn--bcher-kva", "bücher"), ("xn--pypal-4ve", "p\u{0430}ypal"),
            ("xn--80ak6aa92e", "\u{0430}\u{0440}\u{0440}\u{04CF}\u{0435}"), ("plain", nil),
            ("xn--999999999", nil),
        ] as [(String, String?)])
    func punycode(_ label: String, _ expected: String?) {
        #expect(Punycode.decoded(label) == expected)
    }

    @Test(
        arguments: [
            ("\u{E9}", "e\u{301}", "the same letters, spelt with other characters"),
            ("ab", "a\u{200B}b", "only invisible characters differ"),
            ("a b", "a  b", "only spaces and line ends differ"), ("a", "b", nil),
        ] as [(String, String, String?)])
    func changes(_ old: String, _ new: String, _ expected: String?) {
        #expect(ChangeNote.text(.string(old), .string(new)) == expected)
    }
}
