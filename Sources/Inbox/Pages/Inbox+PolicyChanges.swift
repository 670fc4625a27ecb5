import Approvals
import TextGrid
import WireAPI

// What a lead changes about a policy: its status, and what was looked at.
extension Inbox {
    /// True for whoever may change what policies do.
    var mayChangePolicies: Bool {
        me?.roles.contains { Route.changePolicyMode.roles.contains($0) } ?? false
    }

    mutating func change(_ change: PolicyChange) {
        send(Requests.policyMode(change), for: .policyMode(change))
    }

    mutating func answeredPolicyMode(
        _ change: PolicyChange, _ result: Result<HTTPResponse, TransportFailure>
    ) {
        switch result {
        case .failure(let failure):
            complain(
                failure.wasSent
                    ? "Nobody knows whether it arrived (\(failure.sentence)). Look at the list."
                    : "Not sent: \(failure.sentence)")
        case .success(let response) where response.status == 200:
            closeForm()
            guard case .success(let view) = Answers.read(PolicyView.self, from: response) else {
                say(.warning, "The server's answer could not be read. Look at the list.")
                break
            }
            pages.update(view)
            say(.success, Self.sentence(about: view))
        case .success(let response):
            let problem = Answers.problem(in: response)
            complain("\(problem.detail) \(problem.nextStep)")
        }
        load(.policies)
    }

    /// The form with the change that was sent, while its answer is awaited.
    private var waitingForm: (place: Int, note: NoteDialog)? {
        for (place, overlay) in overlays.enumerated() {
            if case .note(let note) = overlay, note.isWaiting, note.policyChange != nil {
                return (place, note)
            }
        }
        return nil
    }

    private mutating func closeForm() {
        if let form = waitingForm { overlays.remove(at: form.place) }
    }

    /// Says why nothing changed: in the form as it was filled in, where there is one.
    private mutating func complain(_ sentence: String) {
        guard case (let place, var note)? = waitingForm else { return say(.warning, sentence) }
        note.isWaiting = false
        note.problem = sentence
        overlays[place] = .note(note)
    }

    private static func sentence(about view: PolicyView) -> String {
        let name = "\(SafeWords.name(view.id)) version \(view.version)"
        guard let proposal = view.proposal else { return "\(name) is \(view.words) now." }
        return "\(name) is proposed to be \(proposal.words): a second person must say the same."
    }

    mutating func answeredReviewed(
        _ policy: String, _ version: Int, _ result: Result<HTTPResponse, TransportFailure>
    ) {
        switch result {
        case .failure(let failure): say(.warning, failure.sentence)
        case .success(let response) where response.status == 200:
            let answer = Answers.read(ReviewedAnswer.self, from: response)
            if case .success(let answer) = answer {
                let left = answer.laxerUnreviewed
                say(
                    .success,
                    left == 0
                        ? "On the record; no laxer call is left to look at."
                        : "On the record; \(left) laxer are left to look at.")
            }
            load(.shadow(policy, version: version))
        case .success(let response):
            let problem = Answers.problem(in: response)
            say(.warning, "\(problem.detail) \(problem.nextStep)")
        }
    }

    /// Lines by which a lead says that they looked at the call whose explanation they read.
    func reviewLines(_ id: ApprovalID, _ answer: ExplanationAnswer) -> [PageLine] {
        guard mayChangePolicies else { return [] }
        let lines = answer.policies.filter(\.keepsBack).map { policy -> PageLine in
            let name = "\(SafeWords.name(policy.policy)) version \(policy.version)"
            if let person = reviewer(of: id, policy.policy, policy.version) {
                let who = SafeWords.name(person, columnsMax: 40)
                return PageLine(Line("Looked at for \(name) by \(who).", .success))
            }
            return PageLine(
                Line("> Say that I looked at this call for \(name)", .accent),
                .reviewed(policy: policy.policy, version: policy.version, [id]))
        }
        return lines.isEmpty ? [] : lines + [PageLine(Line())]
    }

    /// Who looked at a call, as far as the shadow report is here.
    private func reviewer(of id: ApprovalID, _ policy: String, _ version: Int) -> String? {
        guard case .shadow(let report)? = pages[.shadow(policy, version: version)] else {
            return nil
        }
        return report.cases.first { $0.approval == id }?.reviewedBy
    }
}

extension ExplainedPolicy {
    /// Whether the call keeps a shadow from deciding until somebody looked at it.
    fileprivate var keepsBack: Bool {
        guard mode.isSame(as: "shadow") else { return false }
        return leaning.map { $0.isLaxer || $0.isSame(as: "error") } ?? false
            || rule?.isSame(as: "on_error") ?? false
    }
}

extension PolicyView {
    /// The status, with the share of a canary.
    var words: String { share.map { "\(status) of \($0) %" } ?? status }
}

extension PolicyProposalView {
    /// The status that is wanted, with the share of a canary.
    var words: String { share.map { "\(status) of \($0) %" } ?? status }
}
