import JSONTree
import Testing

/// Goal: the canonical form is RFC 8785's, and differs from it only where two values would meet.
struct CanonicalFormTests {
    private static func form(_ text: String, _ numbers: CanonicalNumbers = .exact) throws -> String
    {
        String(decoding: try JSONValue(parsing: text).canonicalBytes(numbers), as: UTF8.self)
    }

    struct Example: Sendable {
        let text: String
        let form: String?

        init(_ text: String, _ form: String?) {
            self.text = text
            self.form = form
        }
    }

    private static let moreDigits = "the number has more digits than a double holds"

    @Test(arguments: [
        Example("1", "1"), Example("1.0", "1"), Example("1e0", "1"), Example("100E-2", "1"),
        Example("-0", "0"), Example("-0.0", "0"), Example("0e99999", "0"),
        Example("4.50", "4.5"), Example("2e-3", "0.002"), Example("0.1", "0.1"),
        Example("1e20", "100000000000000000000"), Example("1e21", "1e+21"),
        Example("0.000001", "0.000001"), Example("0.0000001", "1e-7"),
        Example("123456789012345.678", nil),
        Example("9007199254740991", "9007199254740991"),
        Example("9007199254740992", "9007199254740992"),
        Example("9007199254740993", "9007199254740993"),
        Example("-9007199254740993", "-9007199254740993"),
        Example("9007199254740992.0", "9007199254740992"), Example("9007199254740993.0", nil),
        Example("1000000000000000000000000000001", "1000000000000000000000000000001"),
        Example("0.1000000000000000055", nil), Example("333333333.33333329", nil),
        Example("1.7976931348623157e308", "1.7976931348623157e+308"), Example("1e309", nil),
        Example("5e-324", "5e-324"), Example("1e-400", nil), Example("3e-324", nil),
    ])
    func number(_ example: Example) throws {
        guard let form = example.form else {
            #expect(throws: CanonicalFormError.self) { try Self.form(example.text) }
            return
        }
        #expect(try Self.form(example.text) == form)
        #expect(try Self.form(form) == form)
    }

    @Test func refusalsNameThePlace() throws {
        let value = try JSONValue(parsing: #"{"a/b":[1,{"c":0.1000000000000000055}]}"#)
        let error = #expect(throws: CanonicalFormError.self) { try value.canonicalBytes() }
        #expect(error?.pointer.description == "/a~1b/1/c")
        #expect(error?.reason.hasPrefix(Self.moreDigits) == true)
    }

    /// Method: supplementary scalars sort before U+E000 and later, as UTF-16 has it.
    @Test func namesSortByCodeUnits() throws {
        let text = "{\"\u{FFFD}\":1,\"\u{1F600}\":2,\"\u{D7FF}\":3,\"a\":4,\"\":5,\"a\u{0}\":6}"
            .replacing("\u{0}", with: "\\u0000")
        #expect(
            try Self.form(text)
                == "{\"\":5,\"a\":4,\"a\\u0000\":6,\"\u{D7FF}\":3,\"\u{1F600}\":2,\"\u{FFFD}\":1}")
    }

    @Test(.enabled(if: ConformanceData.isPresent, ConformanceData.absent))
    func publishedDocuments() throws {
        let names = try ConformanceData.names(in: "jcs/testdata/input")
        #expect(names.count == 6)
        for name in names {
            let value = try JSONValue(parsing: ConformanceData.bytes("jcs/testdata/input/\(name)"))
            let expected = try ConformanceData.bytes("jcs/testdata/output/\(name)")
            #expect(try value.canonicalBytes(.rounded) == expected, "\(name)")
            if name == "values.json" {
                let error = #expect(throws: CanonicalFormError.self) { try value.canonicalBytes() }
                #expect(error?.pointer.description == "/numbers/0")
            } else {
                #expect(try value.canonicalBytes() == expected, "\(name)")
            }
        }
    }

    @Test(.enabled(if: ConformanceData.isPresent, ConformanceData.absent))
    func publishedNumbers() throws {
        let bytes = try ConformanceData.bytes("jcs/es6numbers-10000.txt")
        let lines = bytes.split(separator: UInt8(ascii: "\n"))
        #expect(lines.count == 10_000)
        var wrong: [String] = []
        for line in lines {
            let fields = String(decoding: line, as: UTF8.self).split(separator: ",")
            let bits = try #require(UInt64(fields[0], radix: 16))
            let expected = String(fields[1])
            let double = Double(bitPattern: bits)
            let number = try #require(JSONNumber(double))
            let other = try #require(JSONNumber("\(double)"))
            let forms = try [
                number.text, Self.form(number.text, .rounded), Self.form(other.text),
            ]
            if forms != [expected, expected, expected] { wrong.append("\(fields[0]): \(forms)") }
        }
        #expect(wrong.isEmpty)
    }
}
