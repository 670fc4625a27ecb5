import ControlPlane
import WireAPI

extension Problem {
    /// What a caller is told when the world broke; the reason stays in the log.
    init(_ failure: StoreFailure) {
        self =
            switch failure {
            case .busy: .busy
            case .stopped: .stopped
            case .damaged: .damaged
            }
    }

    private static let busy = Problem(
        "busy", status: 503, title: "The store is busy",
        detail: "Nothing was changed.", nextStep: "Try again after Retry-After.")

    private static let stopped = Problem(
        "stopped", status: 503, title: "The store has stopped",
        detail: "Whether the last change was kept is not known until the server is back.",
        nextStep: "Ask again with the same key when the server is back; act on nothing until then.")

    private static let damaged = Problem(
        "damaged", status: 500, title: "What was stored cannot be read",
        detail: "It was not stored with this key, or it was damaged.",
        nextStep: "Tell whoever runs the server; it is not served as if it were valid.")
}

extension StoreFailure {
    /// The headers that go with the problem.
    var headers: [String: String] {
        switch self {
        case .busy: ["retry-after": "1"]
        case .stopped: ["retry-after": "5"]
        case .damaged: [:]
        }
    }
}
