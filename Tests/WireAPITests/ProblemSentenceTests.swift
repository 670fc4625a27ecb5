import Testing
import WireAPI

/// What a person reads of a problem, whichever fields it names.
struct ProblemSentenceTests {
    @Test(
        arguments: [
            ([], "Nothing was changed."),
            ([("/a", "is too big")], "/a is too big. Nothing was changed."),
            ([("", "it is past the rule")], "it is past the rule. Nothing was changed."),
            ([("", "Nothing was changed")], "Nothing was changed."),
            (
                [("/a", "is too big"), ("/b", "is missing")],
                "/a is too big; /b is missing. Nothing was changed."
            ),
        ] as [([(String, String)], String)])
    func fieldsComeFirst(_ fields: [(String, String)], _ expected: String) {
        let problem = Problem(
            "edit-invalid", status: 422, title: "The edit cannot be applied",
            detail: "Nothing was changed.", nextStep: "Correct it.",
            fields: fields.map { FieldProblemBody(field: $0.0, detail: $0.1) })
        #expect(problem.sentence == expected)
    }
}
