import Approvals
import ControlPlane
import WireAPI

// What people send to get a second factor and to use it.
extension CallReader {
    func beginStepUp() throws(APIFailure) -> Command {
        guard !call.body.isEmpty else { return .beginStepUp(nil) }
        let body: StepUpBody = try body()
        return .beginStepUp(try stepUpCode(body, "code"))
    }

    func confirmStepUp() throws(APIFailure) -> Command {
        let body: StepUpBody = try body()
        guard let code = try stepUpCode(body, "code") else { throw .field("code", "is missing") }
        return .confirmStepUp(code)
    }

    func resetStepUp() throws(APIFailure) -> Command {
        try noBody()
        return .resetStepUp(email: match.name)
    }

    /// The code that a body holds, when it holds one.
    func stepUpCode(_ body: StepUpBody?, _ field: String) throws(APIFailure) -> StepUpCode? {
        guard let body else { return nil }
        guard let code = StepUpCode(body.code) else { throw .field(field, "must be six digits") }
        return code
    }
}
