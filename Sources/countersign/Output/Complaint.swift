import Approvals
import InboxCache
import JSONTree
import TextGrid
import WireAPI

/// Why a command stops: what happened, what to do next, and the status it exits with.
struct Complaint: Error, Hashable, Sendable {
    var sentence: String
    var nextStep: String
    var status: ExitStatus
    /// The HTTP status that brought it, if one did.
    var httpStatus: Int?

    init(_ sentence: String, next nextStep: String, _ status: ExitStatus) {
        self.sentence = sentence
        self.nextStep = nextStep
        self.status = status
    }

    /// Says it on standard error.
    func say() {
        Output.note("countersign: \(sentence)")
        if !nextStep.isEmpty { Output.note(nextStep) }
    }
}

extension Complaint {
    /// An answer that is no success.
    init(_ response: HTTPResponse) {
        guard let problem: Problem = response.value() else {
            self.init(
                "The control plane answered \(response.status) without saying why.",
                next: "Check that the address is that of a control plane.", .failed)
            return
        }
        var sentence = problem.sentence
        if !problem.whoCould.isEmpty {
            sentence += " (could: \(problem.whoCould.joined(separator: ", ")))"
        }
        self.init(sentence, next: problem.nextStep, Self.status(of: response.status))
        httpStatus = response.status
    }

    /// True when the control plane no longer knows where a feed stood.
    var isCursorReset: Bool { httpStatus == 410 }

    private static func status(of status: Int) -> ExitStatus {
        switch status {
        case 401, 403: .notAllowed
        case 409, 410, 412: .notDecided
        case 400, 413, 422: .badInput
        case 408, 425, 429, 500...599: .unreachable
        default: .failed
        }
    }

    /// No answer came.
    init(_ failure: TransportFailure, isUnknown: Bool) {
        let next =
            isUnknown
            ? "Whether it arrived is not known; look before you try again."
            : "Nothing was sent; try again when the control plane can be reached."
        self.init(failure.sentence, next: next, .unreachable)
    }

    /// The answer is not what the contract says.
    static let unreadable = Complaint(
        "The control plane answered with something this program does not understand.",
        next: "Check that both are of the same version.", .failed)
}

extension HTTPResponse {
    /// Answers are larger than what may be sent: a view holds its history.
    static let limits = JSONLimits(bytesMax: 16 << 20, depthMax: 80)

    /// The body as `Value`, or nil when it is something else.
    func value<Value: WireValue>() -> Value? {
        do {
            return try Value(wire: try JSONValue(parsing: body, limits: Self.limits))
        } catch {
            return nil
        }
    }

    var isSuccess: Bool { (200...299).contains(status) }
}
