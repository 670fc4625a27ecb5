import WireAPI

// Going off shift with the hand-over shown, and coming back.
extension Inbox {
    /// Why the shift cannot be changed; nil when it can.
    var shiftObstacle: String? {
        guard let me else { return "The server has not said yet who you are." }
        guard me.canDecide else { return "Your role reads and does not decide." }
        guard me.duty != nil else { return "No schedule plans shifts of yours." }
        return poller.isOnline ? nil : "You are offline: this needs the server."
    }

    /// Asks what would come of going off shift, or whether to come back.
    mutating func changeShift() {
        guard shiftObstacle == nil, let duty = me?.duty else { return }
        guard duty.isOn else { return openQuestion(.onShift) }
        guard !network.isOpen(.offShift(isPreview: true)) else { return }
        send(Requests.offShift(isPreview: true), for: .offShift(isPreview: true))
    }

    mutating func answeredOffShift(
        isPreview: Bool, _ result: Result<HTTPResponse, TransportFailure>
    ) {
        guard isPreview else { return answeredShift(result) }
        guard let answer = shiftAnswer(result) else { return }
        let sentences = [answer.sentence] + answer.warnings
        openQuestion(.offShift(consequences: sentences.joined(separator: " ")))
    }

    /// Says what the server did; nothing is shown as done before that.
    mutating func answeredShift(_ result: Result<HTTPResponse, TransportFailure>) {
        if let answer = shiftAnswer(result) {
            let sentences = [answer.sentence] + answer.warnings
            say(answer.warnings.isEmpty ? .success : .warning, sentences.joined(separator: " "))
        }
        if !network.isOpen(.me) { send(Requests.me(), for: .me) }
    }

    private mutating func shiftAnswer(
        _ result: Result<HTTPResponse, TransportFailure>
    ) -> ShiftChangeAnswer? {
        switch result {
        case .failure(let failure):
            say(
                .warning,
                failure.wasSent
                    ? "Nobody knows whether it arrived (\(failure.sentence)). Look at the header."
                    : "Not sent: \(failure.sentence)")
        case .success(let response) where response.status == 200:
            if case .success(let answer) = Answers.read(ShiftChangeAnswer.self, from: response) {
                return answer
            }
            say(.warning, "The server's answer could not be read.")
        case .success(let response):
            let problem = Answers.problem(in: response)
            say(.warning, "\(problem.detail) \(problem.nextStep)")
        }
        return nil
    }
}
