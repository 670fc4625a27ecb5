import JSONSchema
import JSONTree
import Testing

/// Goal: what does not fit is named by place and reason, and never quoted.
struct ViolationTests {
    struct Example: Sendable {
        let schema: String
        let value: String
        let violations: [String]

        init(_ schema: String, _ value: String, _ violations: String...) {
            self.schema = schema
            self.value = value
            self.violations = violations
        }
    }

    private static let refund = #"""
        {"type":"object","required":["id","amount"],"additionalProperties":false,
         "properties":{"id":{"type":"string","pattern":"^cus_[0-9]+$"},
                       "amount":{"type":"integer","minimum":1,"maximum":184000},
                       "note":{"anyOf":[{"type":"string","maxLength":5},{"type":"null"}]}}}
        """#

    @Test(arguments: [
        Example(refund, #"{"id":"cus_91","amount":1.0}"#),
        Example(refund, #"{"id":"cus_91","amount":9,"note":null}"#),
        Example(
            refund, #"{"id":"secret","amount":184001,"extra":"secret"}"#,
            #"at "/id": must match the pattern of its field"#,
            #"at "/amount": must be at most 184000"#, #"at "/extra": is not allowed here"#),
        Example(
            refund, #"{"amount":0.5}"#,
            #"at "/amount": must be of type integer"#, #"at "/amount": must be at least 1"#,
            #"at "": must have the member "id""#),
        Example(refund, "[]", #"at "": must be of type object"#),
        Example(
            refund, #"{"id":"cus_1","amount":1,"note":"secret"}"#,
            #"at "/note": must have at most 5 characters"#),
        Example(
            refund, #"{"id":"cus_1","amount":1,"note":7}"#,
            #"at "/note": must fit one of 2 alternatives, and fits none"#),
        Example(
            #"{"enum":["a",1]}"#, #""secret""#, #"at "": must be one of the 2 allowed values"#),
        Example(#"{"const":1}"#, "2", #"at "": must be the one allowed value"#),
        Example(#"{"enum":[1.0,{"a":1e2}]}"#, #"{"a":100}"#),
        Example(
            #"{"items":{"items":{"type":"number"}}}"#, #"[[1],[2,"x"]]"#,
            #"at "/1/1": must be of type number"#),
        Example(
            #"{"type":["integer","null"]}"#, #""1""#, #"at "": must be of type integer or null"#),
        Example(#"{"uniqueItems":true}"#, "[1,1.0]", #"at "": must not have an element twice"#),
        Example(#"{"uniqueItems":true}"#, #"[[1],["1"],[true],{"a":1,"b":2},{"a":2,"b":1}]"#),
        Example(
            #"{"uniqueItems":true}"#, #"[{"a":1,"b":2},{"b":2.0,"a":1}]"#,
            #"at "": must not have an element twice"#),
        Example(
            #"{"oneOf":[{"minimum":1},{"maximum":9}]}"#, "5",
            #"at "": must fit only one alternative, and fits 2"#),
        Example(
            #"{"dependentRequired":{"a":["b"]}}"#, #"{"a":1}"#,
            #"at "": must have the member "b" beside "a""#),
        Example(
            #"{"if":{"required":["a"]},"then":{"required":["b"]}}"#, #"{"a":1}"#,
            #"at "": must have the member "b""#),
        Example(
            #"{"properties":{"é":{"const":1}},"additionalProperties":false}"#, #"{"e\u0301":1}"#,
            "at \"/e\u{301}\": is not allowed here"),
    ])
    func violations(_ example: Example) throws {
        let schema = try JSONSchema(JSONValue(parsing: example.schema))
        let found = try schema.errors(in: JSONValue(parsing: example.value)).map(\.description)
        #expect(found == example.violations)
        #expect(!found.contains { $0.contains("secret") })
    }

    @Test(arguments: [
        ("9007199254740993", #"{"maximum":9007199254740992}"#, false),
        ("9007199254740993", #"{"const":9007199254740992}"#, false),
        ("9007199254740993", #"{"type":"integer","minimum":9007199254740993}"#, true),
        ("123456789012345678901234567891", #"{"multipleOf":7}"#, false),
        ("123456789012345678901234567890", #"{"multipleOf":10}"#, true),
        ("4.35", #"{"multipleOf":0.01}"#, true), ("0.0075", #"{"multipleOf":0.0001}"#, true),
        ("4.351", #"{"multipleOf":0.01}"#, false), ("1e308", #"{"multipleOf":0.123456789}"#, false),
        ("1e999999999", #"{"multipleOf":8}"#, true), ("1e999999999", #"{"multipleOf":3}"#, false),
        ("0", #"{"multipleOf":999999999999999999}"#, true),
        ("999999999999999999e5", #"{"multipleOf":999999999999999999}"#, true),
        ("999999999999999998e5", #"{"multipleOf":999999999999999999}"#, false),
        ("1e-400", #"{"exclusiveMinimum":0}"#, true), ("-1e400", #"{"minimum":-1e399}"#, false),
        ("1e2", #"{"type":"integer"}"#, true), ("1.5", #"{"type":"integer"}"#, false),
    ])
    func exactNumbers(value: String, schema: String, fits: Bool) throws {
        let schema = try JSONSchema(JSONValue(parsing: schema))
        #expect(try schema.accepts(JSONValue(parsing: value)) == fits)
    }

    @Test func boundsViolations() throws {
        let schema = try JSONSchema(["items": false])
        let value = JSONValue.array(Array(repeating: 1, count: 500))
        #expect(schema.errors(in: value).count == JSONSchema.violationsMax)
    }

    /// Method: each level doubles the work of the one below; the check gives up and says so.
    @Test func boundsWork() throws {
        var definitions = JSONObject()
        for level in 0..<30 {
            let below = JSONValue.string("#/$defs/d\(level + 1)")
            definitions["d\(level)"] = ["allOf": [["$ref": below], ["$ref": below]]]
        }
        definitions["d30"] = true
        let doubling: JSONValue = ["$ref": "#/$defs/d0", "$defs": .object(definitions)]
        #expect(throws: SchemaError.self) { try JSONSchema(doubling) }
        let wide = JSONValue.array(Array(repeating: true, count: 5_000))
        let schema = try JSONSchema(["items": ["allOf": wide]])
        let value = JSONValue.array(Array(repeating: 1, count: 100_000))
        let errors = schema.errors(in: value)
        #expect(errors.map(\.sentence) == ["takes too many steps to check"])
    }

    /// Method: a long chain of references at every level of the deepest value there may be.
    @Test func boundsRecursion() throws {
        var definitions = JSONObject()
        for link in 0..<28 {
            definitions["d\(link)"] = ["$ref": .string("#/$defs/d\(link + 1)")]
        }
        definitions["d28"] = ["items": ["$ref": "#/$defs/d0"]]
        let schema = try JSONSchema(["$ref": "#/$defs/d0", "$defs": .object(definitions)])
        func nested(_ depth: Int) -> JSONValue {
            (0..<depth).reduce([]) { value, _ in [value] }
        }
        #expect(schema.accepts(nested(10)))
        #expect(schema.errors(in: nested(63)).map(\.sentence) == ["takes too many steps to check"])
        let plain = try JSONSchema(["items": ["$ref": "#"]])
        #expect(plain.accepts(nested(63)))
    }
}
