import Approvals
import Cryptography
import Inbox
import JSONTree
import TextGrid
import WireAPI

/// Where a decision is made without a full screen: look, check, ask, send.
struct Desk {
    let client: ControlPlaneClient

    /// Reads the approval and makes sure that it can be decided as it was shown.
    ///
    /// Break-glass is for what is not theirs to decide; the server says whether they may.
    func open(
        _ id: String, revision: Int?, isBreakGlass: Bool = false
    ) throws(Complaint) -> ApproverView {
        let view: ApproverView = try client.get(
            .approval, naming: try Parsed.approval(id).rawValue)
        if let revision, view.revision != revision {
            throw Complaint(
                "The approval moved: you saw revision \(revision), now it is \(view.revision).",
                next: "Look at it again with `countersign show \(id)`.", .notDecided)
        }
        guard view.state == .pending else { throw Self.settled(view) }
        guard view.youCanDecide || isBreakGlass else { throw Self.notYours(view) }
        try checkDigest(of: view)
        return view
    }

    /// What is shown must be what the digest of the decision stands for.
    private func checkDigest(of view: ApproverView) throws(Complaint) {
        do {
            let context = Context(
                summary: view.context.summary, reason: view.context.reason,
                preview: view.context.preview,
                links: view.context.links.map { Context.Link(title: $0.title, url: $0.url) })
            if let tool = ToolName(view.tool),
                try Digest.displayed(tool: tool, arguments: view.arguments, context: context)
                    == view.displayedDigest
            {
                return
            }
        } catch {
            // A view without a canonical form has no digest either.
        }
        throw Complaint(
            "The digest of the approval is not that of what it shows.",
            next: "Nothing was decided. Tell whoever runs the control plane.", .tampered)
    }

    /// Sends the decision once, however often it takes to hear the answer.
    func decide(
        _ view: ApproverView, _ verdict: Verdict, edits: JSONPatch, comment: String?,
        stepUp: StepUpBody? = nil, grant: GrantBody? = nil, breakGlass: BreakGlassBody? = nil
    ) throws(Complaint) -> ApproverView {
        let body = DecisionBody(
            verdict: verdict, displayedDigest: view.displayedDigest,
            edits: edits.isEmpty ? nil : edits, comment: comment, grant: grant,
            fullyShown: true, stepUp: stepUp, breakGlass: breakGlass)
        return try client.send(
            .decision, naming: view.id.rawValue, body, revision: view.revision,
            key: SystemSource.uniqueName())
    }

    /// The code that the decision needs: as given, or typed without being shown; nil when none is.
    func stepUp(
        _ code: String?, for view: ApproverView, isBreakGlass: Bool = false
    ) throws(Complaint) -> StepUpBody? {
        guard code != nil || isBreakGlass || view.stepUp == .required else { return nil }
        return try StepUpPrompt.body(code, "code of your authenticator")
    }

    private static func settled(_ view: ApproverView) -> Complaint {
        let who = view.decisions.last.map { " by \($0.by)" } ?? ""
        return Complaint(
            "It was \(view.state.rawValue)\(who) before.",
            next: "See `countersign show \(view.id)`.", .notDecided)
    }

    private static func notYours(_ view: ApproverView) -> Complaint {
        let others = view.whoCanDecide.joined(separator: ", ")
        return Complaint(
            "You cannot decide it: \(view.whyNot ?? "your roles and groups do not allow it").",
            next: others.isEmpty ? "Nobody can now." : "These can: \(others).", .notAllowed)
    }
}

/// Asks the person for the last word.
struct Confirmation {
    var isGiven: Bool
    var typedFact: String?
    /// A code of the second factor that was given on the command line.
    var stepUp: String?

    /// Refuses unless the person, or the command line, confirms an approval.
    func demand(
        for view: ApproverView, running arguments: JSONValue, isEdited: Bool,
        isGranting: Bool = false
    ) throws(Complaint) {
        let change =
            (isEdited ? " with your edits" : "") + (isGranting ? " and grant calls like it" : "")
        if view.risk >= .high { return try demandFact(for: view, arguments, change) }
        if isGiven { return }
        try demandTerminal("Add --yes to approve without being asked.")
        let answer = Prompt.line("Approve \(view.tool)\(change)? Type yes: ")
        guard answer == "yes" else { throw Self.notConfirmed }
    }

    private func demandFact(
        for view: ApproverView, _ arguments: JSONValue, _ change: String
    ) throws(Complaint) {
        // The same fact as the inbox asks for; a mask is an object and never one.
        let fact = VaryingFact(arguments, id: view.id)
        if let typedFact {
            guard typedFact.utf8.elementsEqual(fact.text.utf8) else { throw Self.wrongFact }
            return
        }
        try demandTerminal(
            "The risk is \(view.risk.rawValue): add --confirm and \(fact.label), as it would run.")
        let answer = Prompt.line(
            "Risk \(view.risk.rawValue). To approve \(view.tool)\(change), type \(fact.label): ")
        guard let answer, answer.utf8.elementsEqual(fact.text.utf8) else { throw Self.wrongFact }
    }

    private func demandTerminal(_ next: String) throws(Complaint) {
        guard Prompt.canAsk else {
            throw Complaint("There is no terminal to ask at.", next: next, .usage)
        }
    }

    private static let notConfirmed = Complaint(
        "Not confirmed; nothing was decided.", next: "", .notDecided)
    private static let wrongFact = Complaint(
        "That is not what was asked for; nothing was decided.", next: "", .notDecided)
}
