import Approvals
import JSONTree
import WireAPI

/// Reads answers; nothing of an answer that is not understood is believed.
enum Answers {
    /// An answer may be as large as a page of long rows.
    static let limits = JSONLimits(bytesMax: 4 << 20, depthMax: 128)

    /// The body as a value of the contract, or a sentence about what is wrong with it.
    static func read<Value: WireValue>(
        _ type: Value.Type, from response: HTTPResponse
    ) -> Result<Value, UnreadableAnswer> {
        do {
            let json = try JSONValue(parsing: response.body, limits: limits)
            return .success(try Value(wire: json))
        } catch let error as WireError {
            return .failure(
                UnreadableAnswer(
                    "The server's answer is not what was agreed: \(error.pointer) "
                        + "\(error.sentence)."))
        } catch {
            return .failure(UnreadableAnswer("The server's answer is not JSON."))
        }
    }

    /// The problem in an answer; one of our own making when there is none that can be read.
    static func problem(in response: HTTPResponse) -> Problem {
        if case .success(let problem) = read(Problem.self, from: response) { return problem }
        return unexplained(response.status)
    }

    /// A problem of our own making, for an answer that does not say why.
    static func unexplained(_ status: Int) -> Problem {
        Problem(
            "unexplained", status: status, title: "The server said no.",
            detail: "The server answered \(status) and did not say why.",
            nextStep: "Try again; if it stays so, ask whoever runs the control plane.")
    }

    /// The seconds of a Retry-After header.
    static func retryAfter(_ response: HTTPResponse) -> Int? {
        response.headers["retry-after"].flatMap { Int($0) }
    }
}

/// Why an answer could not be read.
struct UnreadableAnswer: Error, Hashable, Sendable {
    let sentence: String

    init(_ sentence: String) { self.sentence = sentence }
}
