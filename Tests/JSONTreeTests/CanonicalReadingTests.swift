import JSONTree
import Testing

/// Goal: reading says that a text is its own canonical form when, and only when, writing agrees.
struct CanonicalReadingTests {
    @Test(arguments: [
        #"{}"#, #"[]"#, #"{"a":1,"b":[true,null,"x"],"c":{"a":"","b":"zwölf 🦀"}}"#, #"0"#, #"-7"#,
        #"{"é":1}"#, #"{"a":1,"é":2}"#, #"{"":1,"a":2}"#, #"{"a":1,"aa":2,"b":3}"#, #""\n""#,
        #"9007199254740993"#, #"0.25"#, #"{"a":{"b":1,"c":2},"b":{"a":1}}"#, "\"\u{7F}\"",
        "{\"\u{10000}\":1,\"\u{E000}\":2}",
    ])
    func whatIsCanonicalIsSaidToBe(_ text: String) throws {
        let read = try JSONValue.parsing(canonical: Array(text.utf8))
        #expect(read.isCanonical)
        #expect(try read.value.canonicalBytes() == Array(text.utf8))
    }

    @Test(arguments: [
        #" {}"#, #"{} "#, #"{"a": 1}"#, #"{"b":1,"a":2}"#, #"{"aa":1,"a":2}"#, #"-0"#, #"1.0"#,
        #"1e0"#, #""\u0041""#, #""\/""#, #"[1, 2]"#, #"{"é":1,"a":2}"#, #"{"x":{"b":1,"a":2}}"#,
        #"{"\u0061":1}"#, #"{"a":1,"c":2,"b":3}"#, #"1000000000000000000000.0"#, #""\u000a""#,
        "{\"\u{E000}\":1,\"\u{10000}\":2}", #"0.12345678901234567890"#,
    ])
    func whatIsNotIsSaidNotToBe(_ text: String) throws {
        #expect(try !JSONValue.parsing(canonical: Array(text.utf8)).isCanonical)
    }

    /// A name twice is refused wherever it stands: beside its like, or with others between.
    @Test(arguments: [
        #"{"a":1,"a":2}"#, #"{"a":1,"b":2,"a":3}"#, #"{"b":1,"a":2,"b":3}"#, #"{"é":1,"é":2}"#,
        #"{"c":1,"a":2,"b":3,"b":4}"#, #"{"a":1,"é":2,"b":3,"a":4}"#,
    ])
    func aNameTwiceIsRefused(_ text: String) {
        #expect(throws: JSONSyntaxError.self) {
            try JSONValue.parsing(canonical: Array(text.utf8))
        }
    }
}
