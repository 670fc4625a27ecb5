public import Approvals
public import JSONTree
public import WireAPI

/// Why a call is refused before the control plane sees it.
public enum APIFailure: Error, Hashable, Sendable {
    case unknownPath
    /// The path names what cannot exist.
    case unknownName
    case wrongMethod(allowed: [HTTPMethod])
    /// No `Authorization: Bearer`, or one that no token of ours looks like.
    case noToken
    case targetTooLong
    case bodyTooLarge
    /// The route takes none.
    case bodyUnexpected
    /// The body is not declared as JSON, or is compressed.
    case contentTypeWrong
    case malformedJSON(JSONSyntaxError)
    /// `Idempotency-Key` is required.
    case keyMissing
    /// `If-Match` is required.
    case matchMissing
    /// A header that cannot be what it should be.
    case headerWrong(String, String)
    /// A query item that is unknown, repeated or wrong.
    case queryWrong(String, String)
    /// Fields of the body that are unknown, missing or wrong.
    case bodyWrong([FieldProblem])
    /// The body came too slowly or broke off.
    case bodyIncomplete
    /// A bug of ours; nothing about it is said outside of the log.
    case internalError
}

extension APIFailure {
    /// The refusal of one field of the body.
    static func field(_ name: String, _ sentence: String) -> APIFailure {
        .bodyWrong([FieldProblem("/" + name, sentence)])
    }

    /// What the caller is told.
    public var problem: Problem {
        switch self {
        case .unknownPath: .unknownPath
        case .unknownName: .notFound
        case .wrongMethod(let allowed): .wrongMethod(allowed)
        case .noToken: .unauthenticated
        case .targetTooLong: .targetTooLong
        case .bodyTooLarge: .bodyTooLarge
        case .bodyUnexpected: .bodyUnexpected
        case .contentTypeWrong: .contentTypeWrong
        case .malformedJSON(let error): .malformedJSON(error)
        case .keyMissing: .keyMissing
        case .matchMissing: .matchMissing
        case .headerWrong(let name, let sentence): .headerWrong(name, sentence)
        case .queryWrong(let name, let sentence): .queryWrong(name, sentence)
        case .bodyWrong(let fields): .invalid(fields)
        case .bodyIncomplete: .bodyIncomplete
        case .internalError: .internalError
        }
    }

    /// The answer, headers included.
    public var response: HTTPResponse {
        switch self {
        case .wrongMethod(let allowed):
            problem.response(["allow": allowed.names])
        case .bodyTooLarge, .bodyIncomplete:
            problem.response(["connection": "close"])
        case .unknownPath, .unknownName, .noToken, .targetTooLong, .bodyUnexpected,
            .contentTypeWrong,
            .malformedJSON, .keyMissing, .matchMissing, .headerWrong, .queryWrong, .bodyWrong,
            .internalError:
            problem.response()
        }
    }
}
