import JSONSchema
import JSONTree
import Testing

/// Goal: an editor learns what may stand at a place, through references and alternatives.
struct FieldRuleTests {
    private static let schema = #"""
        {"type":"object","required":["amount","recipient"],"additionalProperties":false,
         "properties":{
           "amount":{"$ref":"#/$defs/cents","maximum":184000,"description":"In cents."},
           "currency":{"enum":["EUR","USD","GBP"]},
           "note":{"anyOf":[{"type":"string","minLength":2,"maxLength":80},{"type":"null"}]},
           "speed":{"oneOf":[{"const":"fast"},{"enum":["slow",null]}]},
           "recipient":{"allOf":[{"$ref":"#/$defs/person"},{"required":["iban"]}]},
           "lines":{"type":"array","minItems":1,"prefixItems":[{"const":"head"}],
                    "items":{"type":"number","exclusiveMinimum":0,"multipleOf":0.5}},
           "target":{"oneOf":[
             {"properties":{"kind":{"const":"a"},"size":{"type":"integer"}},
              "required":["kind","size"]},
             {"properties":{"kind":{"const":"b"},"size":{"type":"string"}},"required":["kind"]}]},
           "gone":false},
         "patternProperties":{"^x_":{"type":"boolean","title":"Flag"}},
         "$defs":{
           "cents":{"type":"integer","minimum":1,"maximum":1000000,"title":"Amount"},
           "person":{"type":"object","properties":{
             "iban":{"type":"string","pattern":"^[A-Z]{2}","x-sensitive":true,"readOnly":true},
             "friend":{"$ref":"#/$defs/person"}}}}}
        """#

    private static let document: JSONValue = [
        "amount": 1, "lines": ["head", 1], "target": ["kind": "b", "size": "s"],
    ]

    private static func rule(_ text: String) throws -> FieldRule? {
        let schema = try JSONSchema(JSONValue(parsing: schema))
        return schema.fieldRule(at: try JSONPointer(parsing: text), in: document)
    }

    @Test func referenceAndSiblings() throws {
        let rule = try #require(try Self.rule("/amount"))
        #expect(rule.types == .integer)
        #expect(rule.numbers.least?.limit.text == "1")
        #expect(rule.numbers.most?.limit.text == "184000")
        #expect(rule.title == "Amount")
        #expect(rule.description == "In cents.")
        #expect(rule.isRequired)
    }

    @Test func choices() throws {
        #expect(try Self.rule("/currency")?.choices == ["EUR", "USD", "GBP"])
        #expect(try Self.rule("/currency")?.isRequired == false)
        #expect(try Self.rule("/speed")?.choices == ["fast", "slow", nil])
    }

    @Test func nullable() throws {
        let rule = try #require(try Self.rule("/note"))
        #expect(rule.types == [.string, .null])
        #expect(rule.length == CountRange(least: 2, most: 80))
        #expect(rule.choices == nil)
    }

    @Test(arguments: ["/recipient/iban", "/recipient/friend/friend/iban"])
    func nested(place: String) throws {
        let rule = try #require(try Self.rule(place))
        #expect(rule.types == .string)
        #expect(rule.patterns == ["^[A-Z]{2}"])
        #expect(rule.isSensitive)
        #expect(rule.isReadOnly)
        #expect(rule.isRequired == (place == "/recipient/iban"))
    }

    @Test func objects() throws {
        let root = try #require(try Self.rule(""))
        #expect(!root.allowsOtherMembers)
        #expect(
            root.memberNames
                == ["amount", "currency", "note", "speed", "recipient", "lines", "target"])
        let recipient = try #require(try Self.rule("/recipient"))
        #expect(recipient.types == .object)
        #expect(recipient.requiredNames == ["iban"])
        #expect(recipient.allowsOtherMembers)
    }

    @Test func elements() throws {
        #expect(try Self.rule("/lines")?.items == CountRange(least: 1))
        #expect(try Self.rule("/lines/0")?.choices == ["head"])
        for place in ["/lines/1", "/lines/7", "/lines/-"] {
            let rule = try #require(try Self.rule(place))
            #expect(rule.types == .number)
            #expect(rule.numbers.least?.isExclusive == true)
            #expect(rule.multipleOf?.text == "0.5")
        }
    }

    @Test func otherMembers() throws {
        #expect(try Self.rule("/x_fast")?.title == "Flag")
        #expect(try Self.rule("/unknown")?.isForbidden == true)
        #expect(try Self.rule("/gone")?.isForbidden == true)
        #expect(try Self.rule("/recipient/unknown") == nil)
    }

    /// Method: of two kinds of target, the document is of the second.
    @Test func alternativesThatFit() throws {
        #expect(try Self.rule("/target/size")?.types == .string)
        #expect(try Self.rule("/target/size")?.isRequired == false)
        let schema = try JSONSchema(JSONValue(parsing: Self.schema))
        let place = JSONPointer(tokens: ["target", "size"])
        #expect(schema.fieldRule(at: place, in: [:])?.types == [.integer, .string])
    }

    @Test func saysNothing() throws {
        let schema = try JSONSchema(true)
        #expect(schema.fieldRule(at: .root.appending("a"), in: ["a": 1]) == nil)
        #expect(schema.fieldRule(at: .root, in: nil) == FieldRule())
    }
}
