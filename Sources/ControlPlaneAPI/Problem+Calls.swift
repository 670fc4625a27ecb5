import Approvals
import JSONTree
import WireAPI

// What is wrong with a call before anybody's authority or any approval is looked at.
extension Problem {
    static let unknownPath = Problem(
        "unknown-path", status: 404, title: "There is nothing at this path",
        detail: "The path is not one of this API.",
        nextStep: "Look the path up in /openapi.yaml; every path but the operational ones begins"
            + " with /v1.")

    static func wrongMethod(_ allowed: [HTTPMethod]) -> Problem {
        let names = allowed.names
        return Problem(
            "wrong-method", status: 405, title: "This path does not take this method",
            detail: "The path takes \(names).",
            nextStep: "Send the request again with one of these methods.")
    }

    static let targetTooLong = Problem(
        "target-too-long", status: 414, title: "The path and query are too long",
        detail: "They may have \(APILimits.targetBytesMax) bytes together.",
        nextStep: "Leave out what is not needed, or shorten the search.")

    static let bodyTooLarge = Problem(
        "body-too-large", status: 413, title: "The body is too large",
        detail: "A body may have \(APILimits.bodyBytesMax) bytes.",
        nextStep: "Send less: put large content where the approver can reach it and link to it.")

    static let bodyUnexpected = Problem(
        "body-unexpected", status: 400, title: "This request takes no body",
        detail: "A body came with a request that has no use for one.",
        nextStep: "Send the request again without a body.")

    static let bodyIncomplete = Problem(
        "body-incomplete", status: 400, title: "The body did not arrive whole",
        detail: "The connection ended, or went silent, before the whole body was there.",
        nextStep: "Send the request again; a submission keeps its Idempotency-Key.")

    static let contentTypeWrong = Problem(
        "content-type-wrong", status: 415, title: "The body must be plain JSON",
        detail: "Bodies are read as application/json in UTF-8, without a content encoding.",
        nextStep: "Send `Content-Type: application/json` and no `Content-Encoding`.")

    static func malformedJSON(_ error: JSONSyntaxError) -> Problem {
        Problem(
            "malformed-json", status: 400, title: "The body is not strict JSON",
            detail: "Line \(error.line), column \(error.column): \(error.reason).",
            nextStep: "Correct the body at this place and send it again.")
    }

    static let keyMissing = Problem(
        "idempotency-key-missing", status: 400, title: "A submission needs an Idempotency-Key",
        detail: "Without a key, a repeated request would ask for a second approval.",
        nextStep: "Make a key, save it before the first attempt, and send it with every attempt.",
        fields: [FieldProblemBody(field: "idempotency-key", detail: "is missing")])

    static let matchMissing = Problem(
        "if-match-missing", status: 428, title: "The request must say which revision it means",
        detail: "Without If-Match, it could change something that nobody has seen.",
        nextStep: "Read the approval and send its ETag as If-Match.",
        fields: [FieldProblemBody(field: "if-match", detail: "is missing")])

    static func headerWrong(_ name: String, _ sentence: String) -> Problem {
        Problem(
            "header-wrong", status: 400, title: "A header is not what it should be",
            detail: "The header \(name) \(sentence).",
            nextStep: "Correct the header and send the request again.",
            fields: [FieldProblemBody(field: name, detail: sentence)])
    }

    static func queryWrong(_ name: String, _ sentence: String) -> Problem {
        Problem(
            "query-wrong", status: 400, title: "A query item is not what it should be",
            detail: "The query item \(name) \(sentence).",
            nextStep: "Correct the query and send the request again.",
            fields: [FieldProblemBody(field: name, detail: sentence)])
    }

    static let internalError = Problem(
        "internal", status: 500, title: "The server made a mistake",
        detail: "Nothing about the cause is known outside of the server's log.",
        nextStep: "Tell whoever runs the server when this happened; look before trying again.")
}

extension [HTTPMethod] {
    /// The methods as a client reads them; whatever can be got can be asked about.
    var names: String {
        flatMap { $0 == .get ? [$0.rawValue, "HEAD"] : [$0.rawValue] }.joined(separator: ", ")
    }
}
