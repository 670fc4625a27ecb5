import Approvals
import ControlPlane
import JSONTree
import WireAPI

// What is wrong with what was sent.
extension Problem {
    static func editOutOfEnvelope(_ pointer: JSONPointer) -> Problem {
        Problem(
            "edit-out-of-envelope", status: 422, title: "The edit goes beyond what may be changed",
            detail: "The rule does not let an approver change this place.",
            nextStep: "Take the edit back, or reject with a comment that says what you would want.",
            fields: [
                FieldProblemBody(field: pointer.description, detail: "may not be changed")
            ])
    }

    static func editInvalid(_ pointer: JSONPointer, _ sentence: String) -> Problem {
        Problem(
            "edit-invalid", status: 422, title: "The edit cannot be applied",
            detail: "Nothing was approved.",
            nextStep: pointer.isRoot
                ? "Take the edit back, or make one that fits."
                : "Correct the edit at the named place.",
            fields: [FieldProblemBody(field: pointer.description, detail: sentence)])
    }

    static func againstSchema(_ fields: [FieldProblem]) -> Problem {
        Problem(
            "against-schema", status: 422, title: "The arguments do not fit the tool's schema",
            detail: "The tool would not understand these arguments.",
            nextStep: "Correct the named places.", fields: fields.map { FieldProblemBody($0) })
    }

    static func invalid(_ fields: [FieldProblem]) -> Problem {
        Problem(
            "invalid", status: 422, title: "The request is not what it should be",
            detail: fields.first.map { "\($0.place) \($0.sentence)." } ?? "A field is wrong.",
            nextStep: "Correct the named fields and send the request again.",
            fields: fields.map { FieldProblemBody($0) })
    }

    static func conflict(_ sentence: String, next: String?) -> Problem {
        Problem(
            "conflict", status: 409, title: "It cannot be, because of what is there",
            detail: sentence, nextStep: next ?? "Choose another name.")
    }

    static func limit(_ sentence: String) -> Problem {
        Problem(
            "limit", status: 422, title: "A limit is reached", detail: sentence,
            nextStep: "Stay below the limit, or remove what is no longer needed.")
    }

    static let notFullyDisplayed = Problem(
        "not-fully-displayed", status: 422, title: "Not every value was on the screen",
        detail: "At medium risk and above, an approval needs every value to have been shown.",
        nextStep: "Show the whole of the arguments, then approve with fully_shown true; a rejection"
            + " needs no such thing.")

    static func tooOften(_ seconds: Int) -> Problem {
        Problem(
            "too-often", status: 429, title: "Too many in a row",
            detail: "Another one may be asked for in \(seconds) s.",
            nextStep: "Wait for as long as Retry-After says.")
    }
}

extension FieldProblemBody {
    init(_ problem: FieldProblem) {
        self.init(field: problem.field, detail: problem.sentence)
    }
}

extension FieldProblem {
    /// The field as the subject of a sentence.
    fileprivate var place: String { field.isEmpty ? "The body" : field }
}
