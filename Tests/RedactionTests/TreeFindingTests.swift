import JSONTree
import Redaction
import Testing

/// Goal: which values of a call are hidden, and under which name.
@Suite struct TreeFindingTests {
    private func places(_ value: JSONValue, schema: JSONValue? = nil) -> [String] {
        RedactionScanner().report(on: value, schema: schema).findings
            .map { "\($0.pointer) \($0.label) \($0.length)" }
    }

    @Test func namesOfMembers() {
        let value: JSONValue = [
            "password": "a b", "apiKey": "x", "X-Api-Key": "y", "db": ["DB_PASSWORD_2": "z"],
            "pin": 4_711, "tokenizer": "bert", "max_tokens": 100, "password_policy_days": 90,
            "next_page_token": "eyJ", "token": JSONValue.null, "secrets": ["A": "one", "n": 1],
            "public_key": "ssh", "passport": "p", "clientSecret": "", "tokens": ["t1", "t2"],
        ]
        #expect(
            places(value) == [
                "/password password 3", "/apiKey API key 1", "/X-Api-Key API key 1",
                "/db/DB_PASSWORD_2 password 1", "/pin PIN 4", "/secrets/A secret 3",
                "/tokens/0 token 2", "/tokens/1 token 2",
            ])
    }

    @Test func namesBesideTheirValues() {
        let value: JSONValue = [
            "env": [["name": "DB_PASSWORD", "value": "x"], ["name": "REGION", "value": "eu"]],
            "argv": ["run", "--token", "abc", "now"], "header": ["Authorization", "q"],
        ]
        #expect(
            places(value) == [
                "/env/0/value password 1", "/argv/2 token 3", "/header/1 authorization 1",
            ])
    }

    @Test func aSecretAsANameHidesWhatItNames() {
        let value: JSONValue = [
            "keys": ["ghp_OWyAHArcFc2qn021BEwabk19Z3LCcr945G6C": true], "a": 1,
        ]
        #expect(places(value) == ["/keys GitHub token 0"])
    }

    @Test func numbersAndTexts() {
        let value: JSONValue = [
            "amount": 4_111_111_111_111_111, "note": #"{"a": {"password": "hunter2"}}"#,
            "url": "https://x.test/?token=abcdef123456",
        ]
        #expect(
            places(value) == [
                "/amount card number 16", "/note password 7", "/url token 12",
            ])
    }

    /// Method: a schema that marks places in every way it can name one.
    @Test func marksOfTheSchema() {
        let schema: JSONValue = [
            "properties": [
                "a": ["x-sensitive": true], "b": ["$ref": "#/$defs/s"],
                "c": ["items": ["anyOf": [["properties": ["d": ["format": "password"]]]]]],
                "e": ["x-sensitive": false], "loop": ["$ref": "#"],
            ],
            "$defs": ["s": ["type": "string", "x-sensitive": true]],
        ]
        let value: JSONValue = [
            "a": ["deep": 1], "b": "bee", "c": [["d": "dee"], ["d": "d2"]], "e": "plain",
            "loop": ["a": "again"],
        ]
        #expect(
            places(value, schema: schema) == [
                "/a hidden 0", "/b hidden 3", "/c/0/d hidden 3", "/c/1/d hidden 2",
                "/loop/a hidden 5",
            ])
    }

    /// Method: two ways on at every step, 2^30 in all.
    @Test func aSchemaWithoutAnEndHidesTheWhole() {
        var definitions = JSONObject()
        for step in 0..<30 {
            let next: JSONValue = ["$ref": .string("#/$defs/d\(step + 1)")]
            definitions["d\(step)"] = ["allOf": [next, next]]
        }
        let schema: JSONValue = [
            "$ref": "#/$defs/d0", "$defs": .object(definitions),
        ]
        let scanner = RedactionScanner(stepsMax: 1_000_000)
        #expect(scanner.report(on: ["a": 1], schema: schema) == .unscanned)
    }

    /// An escape must not hide a name from the layers that read the text as it stands.
    @Test func escapesInJSONHideNothing() {
        let text =
            #"{"p\u0061ssword": "hunter2", "b": "ghp_OWyAHArcFc2qn021BEwabk19Z3LCcr945G6C"}"#
        #expect(places(["x": .string(text)]) == ["/x password \(text.utf8.count)"])
    }

    @Test func countsOfTokensAreNone() {
        #expect(places(["max_tokens": 1_000_000, "totalTokens": 123_456_789]).isEmpty)
    }

    @Test func tooManyHideTheWhole() {
        let value = JSONValue.array((0..<100).map { _ in ["password": "x"] })
        #expect(places(["list": value]) == [" secrets 0"])
        let scanner = RedactionScanner(stepsMax: 50)
        #expect(scanner.report(on: ["a": "some words of a text"]) == .unscanned)
    }

    /// So many secrets that keeping them costs more than looking: all of it is hidden.
    @Test func tooManyFindingsHideEverything() {
        let deep = (0..<60).reduce(
            JSONValue.array([JSONValue](repeating: ["pin": "4711"], count: 5_000))
        ) {
            inside, _ in ["d": inside]
        }
        #expect(RedactionScanner().report(on: deep) == .unscanned)
    }
}
