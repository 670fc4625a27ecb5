import JSONLogic
import JSONTree
import Testing

@testable import countersign

/// Goal: each line of `countersign logic eval` has one answer, whatever the line is.
struct LogicEvalTests {
    @Test(arguments: [
        (#"{"rule": {">": [{"var": "n"}, 1]}, "data": {"n": 2}}"#, #"{"result":true}"#, true),
        (#"{"rule": {"use": "d"}, "defs": {"d": 5}}"#, #"{"result":5}"#, true),
        (
            #"{"rule": {"var": "args.n"}, "data": {}}"#,
            #"{"error":{"type":"missing","pointer":"","message":"The field args.n is missing."}}"#,
            true
        ),
        (
            #"{"rule": {"and": [{"odd": 1}]}}"#,
            #"{"error":{"type":"refused","pointer":"/and/0","#
                + #""message":"There is no operator \"odd\"."}}"#,
            true
        ),
        ("[", "JSON", false), ("", "JSON", false), ("[1]", "request", false),
        (#"{"rule": 1, "dat": 2}"#, "request", false),
    ])
    func answers(_ line: String, _ expected: String, _ isRead: Bool) {
        let answer = LogicAnswer(.whole(Array(line.utf8)), profile: .strict)
        #expect(answer.isRead == isRead)
        if isRead {
            #expect(answer.json.text(.compact) == expected)
        } else {
            #expect(answer.json["error"]?["type"]?.stringValue == expected)
        }
    }

    @Test func compatGivesTheErrorsOfTheSuites() {
        let line = Array(#"{"rule": {"/": [1, 0]}}"#.utf8)
        let answer = LogicAnswer(.whole(line), profile: .compat)
        #expect(answer.json == ["error": ["type": "NaN"]])
    }

    @Test func aLineThatIsTooLongIsAnsweredToo() {
        let answer = LogicAnswer(.tooLong, profile: .strict)
        #expect(answer.json["error"]?["type"] == "limit")
        #expect(!answer.isRead)
    }
}
