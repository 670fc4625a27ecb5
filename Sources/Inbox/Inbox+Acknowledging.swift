import Approvals
import WireAPI
import ZoneTime

// "I look at it": the next step of the escalation waits.
extension Inbox {
    /// Why nothing is held back by saying so; nil when something is.
    var acknowledgeObstacle: String? {
        guard let id = subject, let view = shelf[id]?.view else {
            return "There is nothing to look at."
        }
        guard view.state == .pending else { return "It is settled; nobody waits for it." }
        guard poller.isOnline else { return "You are offline: this needs the server." }
        if let me, !me.canDecide { return "Your role reads and does not decide." }
        let hasNext = view.escalation?.steps.contains { $0.state.isSame(as: "next") } ?? false
        return hasNext ? nil : "Nobody else would be told: there is no next step."
    }

    mutating func acknowledge() {
        guard acknowledgeObstacle == nil, let id = subject, !network.isOpen(.acknowledge(id)) else {
            return
        }
        send(Requests.acknowledge(id), for: .acknowledge(id))
    }

    mutating func answeredAcknowledge(
        _ id: ApprovalID, _ result: Result<HTTPResponse, TransportFailure>
    ) {
        switch result {
        case .failure(let failure): say(.warning, "Not held back: \(failure.sentence)")
        case .success(let response) where response.status == 200:
            guard case .success(let view) = Answers.read(ApproverView.self, from: response),
                view.id == id
            else { return say(.warning, "The server's answer could not be read.") }
            take(view, isFresh: true)
            let until = view.escalation?.acknowledgedUntil.map {
                settings.zone.local(at: $0).clockText
            }
            say(
                .success,
                "Nobody else is told before \(until ?? "then"). The deadline has not moved.")
        case .success(let response):
            let problem = Answers.problem(in: response)
            say(.warning, "\(problem.detail) \(problem.nextStep)")
        }
    }
}
