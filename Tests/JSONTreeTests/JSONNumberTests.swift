import JSONTree
import Testing

/// Goal: a number keeps its text, and its value is exact whatever its size.
struct JSONNumberTests {
    @Test(
        arguments: [
            ("0", 0), ("-0", 0), ("1.0", 1), ("1e3", 1_000), ("1200e-2", 12), ("-2.50e1", -25),
            ("9223372036854775807", Int64.max), ("-9223372036854775808", Int64.min),
            ("9223372036854775808", nil), ("0.5", nil), ("1e19", nil), ("1e-1", nil),
            ("0e999999999", 0), ("1e999999999", nil), ("10e-999999999", nil),
        ] as [(String, Int64?)])
    func integer(text: String, expected: Int64?) throws {
        let number = try #require(JSONNumber(text))
        #expect(number.int64 == expected)
        #expect(number.text == text)
    }

    @Test(arguments: ["", "-", "01", "1.", ".5", "1e", "1e+", "+1", " 1", "1 ", "0x1", "١"])
    func noNumber(text: String) {
        #expect(JSONNumber(text) == nil)
    }

    /// Method: the list is in order; every pair must compare as its places do.
    @Test func order() throws {
        let ascending = try [
            "-1e999999999", "-9007199254740993", "-9007199254740992.5", "-1.5", "-1e-999999999",
            "0",
            "1e-999999999", "0.1000000000000000055", "0.2", "9", "10", "10.01", "9007199254740992",
            "9007199254740993", "1e18", "123e999999990", "1e999999999",
        ].map { try #require(JSONNumber($0)) }
        for (left, one) in ascending.enumerated() {
            for (right, other) in ascending.enumerated() {
                #expect(one.compare(to: other).signum() == (left - right).signum())
            }
        }
    }

    @Test(arguments: [("1", "1.000"), ("100", "1e2"), ("-0.5", "-5e-1"), ("0", "-0e5")])
    func equalValues(one: String, other: String) throws {
        let left = try #require(JSONNumber(one))
        let right = try #require(JSONNumber(other))
        #expect(left.compare(to: right) == 0)
        #expect(left.exact == right.exact)
        #expect(left != right)
    }

    @Test(arguments: [
        ("1e400", Double.infinity), ("-1e400", -Double.infinity), ("1e-400", 0), ("2.5", 2.5),
    ])
    func nearestDouble(text: String, expected: Double) throws {
        #expect(try #require(JSONNumber(text)).double == expected)
    }

    @Test func isInteger() throws {
        for text in ["1", "1.0", "1e2", "10e-1", "0.0"] {
            #expect(try #require(JSONNumber(text)).isInteger, "\(text)")
        }
        for text in ["1.5", "1e-1", "10e-2"] {
            #expect(try !#require(JSONNumber(text)).isInteger, "\(text)")
        }
    }
}
