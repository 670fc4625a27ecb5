import Approvals
import ControlPlane
import WireAPI

// What people send to get a second factor and to use it.
extension CallReader {
    func beginStepUp() throws(APIFailure) -> Command {
        guard !call.body.isEmpty else { return .beginStepUp(nil) }
        let body: StepUpBeginBody = try body()
        var permit: EnrolmentCode?
        if let text = body.enrolmentCode {
            permit = EnrolmentCode(text)
            guard permit != nil else {
                throw .field(
                    "enrolment_code", "must be \(EnrolmentCode.lettersCount) letters and digits")
            }
        }
        return .beginStepUp(
            try stepUpCode(body.code.map { StepUpBody(code: $0) }, "code"), permit)
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

    func permitStepUp() throws(APIFailure) -> Command {
        guard !call.body.isEmpty else { return .permitStepUp(email: match.name, nil) }
        let body: StepUpBody = try body()
        return .permitStepUp(email: match.name, try stepUpCode(body, "code"))
    }

    /// The code that a body holds, when it holds one.
    func stepUpCode(_ body: StepUpBody?, _ field: String) throws(APIFailure) -> StepUpCode? {
        guard let body else { return nil }
        guard let code = StepUpCode(body.code) else { throw .field(field, "must be six digits") }
        return code
    }
}
