import JSONSchema
import JSONTree
import Testing

/// Goal: a schema that is malformed or not understood is refused, with the place and the keyword.
struct RefusalTests {
    struct Example: Sendable {
        let schema: String
        let pointer: String
        let sentence: String

        init(_ schema: String, _ pointer: String, _ sentence: String) {
            self.schema = schema
            self.pointer = pointer
            self.sentence = sentence
        }
    }

    private static let outside = "must not leave the document"
    private static let nowhere = "must lead to a schema in the document"
    private static let circle = "must not lead back to itself on the same value"
    private static let rootOnly = "is supported at the root of the document only"
    private static let notSchema = "must be a schema: an object, true or false"
    private static let wholeNumber = "must be a whole number of zero or more"
    private static let divisor = "must be a number above zero with at most 18 digits"

    @Test(arguments: [
        Example("1", "", notSchema),
        Example(#"{"frobnicate":1}"#, "/frobnicate", "is not supported"),
        Example(
            #"{"properties":{"a":{"nullable":true}}}"#, "/properties/a/nullable",
            "is not supported"),
        Example(##"{"$dynamicRef":"#a"}"##, "/$dynamicRef", "is not supported"),
        Example(#"{"dependencies":{}}"#, "/dependencies", "is not supported"),
        Example(#"{"additionalItems":false}"#, "/additionalItems", "is not supported"),
        Example(
            #"{"$schema":"http://example.com/x"}"#, "/$schema",
            "must name draft 2020-12, 2019-09 or 7"),
        Example(#"{"not":{"$id":"x"}}"#, "/not/$id", rootOnly),
        Example(#"{"not":{"$schema":"x"}}"#, "/not/$schema", rootOnly),
        Example(##"{"$id":"#x"}"##, "/$id", "must have no fragment"),
        Example(#"{"$ref":"https://example.com/x"}"#, "/$ref", outside),
        Example(#"{"$ref":"other.json#/a"}"#, "/$ref", outside),
        Example(##"{"$ref":"#/nowhere"}"##, "/$ref", nowhere),
        Example(##"{"$ref":"#/properties"}"##, "/$ref", nowhere),
        Example(##"{"$ref":"#name"}"##, "/$ref", nowhere),
        Example(##"{"$ref":"#/%zz"}"##, "/$ref", "must be a well-formed URI reference"),
        Example(##"{"$ref":"#"}"##, "", circle),
        Example(
            ##"{"$defs":{"a":{"$ref":"#/$defs/b"},"b":{"allOf":[{"$ref":"#/$defs/a"}]}}}"##,
            "/$defs/a", circle),
        Example(##"{"items":{"not":{"if":{"$ref":"#/items"}}}}"##, "/items", circle),
        Example(
            #"{"$defs":{"a":{"$anchor":"x"},"b":{"$anchor":"x"}}}"#, "/$defs/b/$anchor",
            "must not name two schemas"),
        Example(#"{"$anchor":"1x"}"#, "/$anchor", "must be a plain name"),
        Example(#"{"type":"strnig"}"#, "/type", "must name JSON types"),
        Example(#"{"type":[]}"#, "/type", "must name at least one type"),
        Example(#"{"enum":1}"#, "/enum", "must be an array"),
        Example(#"{"minimum":"1"}"#, "/minimum", "must be a number"),
        Example(#"{"multipleOf":0}"#, "/multipleOf", divisor),
        Example(#"{"multipleOf":1.0000000000000000001}"#, "/multipleOf", divisor),
        Example(#"{"minLength":-1}"#, "/minLength", wholeNumber),
        Example(#"{"maxItems":1.5}"#, "/maxItems", wholeNumber),
        Example(#"{"pattern":1}"#, "/pattern", "must be a string"),
        Example(
            #"{"pattern":"a(?=b)"}"#, "/pattern",
            "uses look-around or flags, which are not supported, at character 4"),
        Example(
            #"{"patternProperties":{"(":{}}}"#, "/patternProperties",
            "leaves a group open, at character 2"),
        Example(#"{"format":"idn-hostname"}"#, "/format", "names a format that is not supported"),
        Example(#"{"required":["a","a"]}"#, "/required", "must not name a member twice"),
        Example(#"{"required":"a"}"#, "/required", "must be an array of strings"),
        Example(
            #"{"dependentRequired":{"a":[1]}}"#, "/dependentRequired",
            "must hold arrays of strings"),
        Example(
            #"{"items":[{}]}"#, "/items",
            "must be one schema; a list of them is called prefixItems"),
        Example(#"{"prefixItems":[]}"#, "/prefixItems", "must be an array of at least one schema"),
        Example(#"{"allOf":{}}"#, "/allOf", "must be an array of at least one schema"),
        Example(#"{"oneOf":[true,1]}"#, "/oneOf/1", notSchema),
        Example(#"{"properties":{"a":null}}"#, "/properties/a", notSchema),
        Example(#"{"uniqueItems":"yes"}"#, "/uniqueItems", "must be true or false"),
        Example(
            ##"""
            {"$schema":"http://json-schema.org/draft-07/schema#","definitions":{"a":{}},
             "$ref":"#/definitions/a","minimum":1}
            """##,
            "/minimum", "stands beside $ref, which hides it in draft 7"),
    ])
    func refused(_ example: Example) throws {
        let document = try JSONValue(parsing: example.schema)
        let error = #expect(throws: SchemaError.self) { try JSONSchema(document) }
        #expect(error?.pointer.description == example.pointer, "\(example.schema)")
        #expect(error?.sentence == example.sentence, "\(example.schema)")
    }

    @Test(arguments: [
        "true", "{}", #"{"x-anything":1,"x-sensitive":true}"#,
        ##"""
        {"$schema":"http://json-schema.org/draft-07/schema#",
         "definitions":{"a":{}},"$ref":"#/definitions/a"}
        """##,
        #"""
        {"$id":"https://example.com/tool","$ref":"https://example.com/tool#/$defs/a",
         "$defs":{"a":{}}}
        """#,
        ##"{"items":{"$ref":"#"},"properties":{"a":{"$ref":"#"}}}"##,
        #"""
        {"title":"t","description":"d","default":1,"examples":[1],"readOnly":true,
         "deprecated":true,"$comment":"c"}
        """#,
    ])
    func understood(text: String) throws {
        let schema = try JSONSchema(JSONValue(parsing: text))
        #expect(schema.accepts([:]))
    }

    @Test func boundsChains() throws {
        func chain(_ length: Int) -> JSONValue {
            var definitions = JSONObject()
            for place in 1..<length {
                definitions["d\(place)"] =
                    place == length - 1 ? [:] : ["$ref": .string("#/$defs/d\(place + 1)")]
            }
            return ["$ref": "#/$defs/d1", "$defs": .object(definitions)]
        }
        #expect(try JSONSchema(chain(32)).accepts(1))
        #expect(throws: SchemaError.self) { try JSONSchema(chain(33)) }
    }

    @Test func boundsDocuments() throws {
        let many = JSONValue.array(Array(repeating: true, count: 10_001))
        #expect(throws: SchemaError.self) { try JSONSchema(["anyOf": many]) }
        var deep: JSONValue = true
        for _ in 0..<70 {
            deep = ["not": deep]
        }
        #expect(throws: SchemaError.self) { try JSONSchema(deep) }
        let large: JSONValue = ["pattern": "a{4000}"]
        let patterns = JSONValue.array(Array(repeating: large, count: 17))
        #expect(throws: SchemaError.self) { try JSONSchema(["anyOf": patterns]) }
    }
}
