package import Approvals
package import Cryptography
package import JSONTree
package import WireAPI

/// The question before a decision is sent: what exactly, and are you sure.
package struct DecisionDialog: Sendable {
    /// What has the focus.
    package enum Focus: Hashable, Sendable {
        case confirmation, comment, code, grantUses, grantBounds, buttons
    }

    /// What can be pressed.
    package enum Button: Hashable, Sendable {
        /// Leaves without doing anything; a draft stays a draft.
        case cancel
        /// Throws a draft away.
        case discard
        /// Decides.
        case decide
    }

    package let view: ApproverView
    package let digest: Digest
    package let verdict: Verdict
    /// The change to the arguments; empty for none, and for a rejection.
    package let edits: JSONPatch
    /// The draft that is shown again.
    package let draft: Draft?
    /// What must be typed before something of high risk is approved.
    package let fact: VaryingFact?
    /// True when no answer of the server can be had now: what is decided becomes a draft.
    package let isOffline: Bool
    package internal(set) var focus: Focus
    package internal(set) var button: Button = .cancel
    package internal(set) var confirmation = TextField(bytesMax: 64)
    /// The reason of a rejection, or a note.
    package internal(set) var comment: ReasonField
    /// The digits of the second factor; they leave with the request and are kept nowhere else.
    package internal(set) var code = TextField(bytesMax: Self.codeDigits)
    /// What the approval shall stand for besides this call.
    package internal(set) var grant: GrantChoice
    /// What would run.
    package let running: JSONValue
    /// For whom the edits are, or what refuses them, when a stricter rule speaks about them.
    package let edited: String?
    /// What is missing, after somebody pressed the button without it.
    package internal(set) var problem: String?

    /// Why it cannot be decided any more; the question can only be closed then.
    package private(set) var ending: String?

    /// How many digits a code has.
    static let codeDigits = 6
    /// A comment has at most this many bytes.
    static let commentBytesMax = 4_000

    init(
        _ known: KnownView, digest: Digest, verdict: Verdict, edits: JSONPatch, draft: Draft?,
        isOffline: Bool, presets: [String] = []
    ) {
        view = known.view
        self.digest = digest
        self.verdict = verdict
        self.edits = verdict == .approve ? edits : JSONPatch()
        self.draft = draft
        self.isOffline = isOffline
        comment = ReasonField(
            draft?.comment ?? "", bytesMax: Self.commentBytesMax,
            presets: verdict == .reject ? presets : [])
        let isGrave = view.risk == .high || view.risk == .critical
        running = Self.effective(view, self.edits)
        edited =
            self.edits.isEmpty
            ? nil
            : StricterEdit.first(of: StricterEdit.all(view), running, from: view.arguments)
                .map { $0.isRefusal ? "What you changed \($0.sentence)." : $0.sentence }
        grant = GrantChoice(draft?.grant)
        fact = verdict == .approve && isGrave ? VaryingFact(running, id: view.id) : nil
        // The reason of a draft was written before.
        let asksWhy = verdict == .reject && comment.isMissing
        focus = fact != nil ? .confirmation : asksWhy ? .comment : .buttons
        if focus == .buttons, needsCode { focus = .code }
    }

    /// True when the decision needs a code of the second factor. A draft is asked for it again.
    package var needsCode: Bool { view.stepUp == .required && !isOffline }

    /// The buttons from left to right; the safe one first.
    package var buttons: [Button] {
        if ending != nil { return [.cancel] }
        return draft == nil ? [.cancel, .decide] : [.cancel, .discard, .decide]
    }

    /// Says why it cannot be decided any more.
    mutating func end(_ sentence: String) {
        ending = sentence
        focus = .buttons
        button = .cancel
    }

    /// The fields and the buttons in the order of the tab key.
    var stops: [Focus] {
        if ending != nil { return [.buttons] }
        let fact: [Focus] = verdict == .approve && fact != nil ? [.confirmation] : []
        let granting: [Focus] = grant.seconds == nil ? [] : [.grantUses, .grantBounds]
        return fact + [.comment] + (needsCode ? [.code] : []) + granting + [.buttons]
    }

    /// What would run.
    private static func effective(_ view: ApproverView, _ edits: JSONPatch) -> JSONValue {
        do { return try edits.applied(to: view.arguments) } catch { return view.arguments }
    }

    /// Why the decision cannot be made yet; nil when nothing is missing.
    package var missing: String? {
        if let fact, !confirmation.text.isSame(as: fact.text) {
            return "Type \(fact.label) as it is shown, to confirm."
        }
        if verdict == .reject, comment.isMissing {
            return "Say why, so that the agent and the record know."
        }
        if needsCode, StepUpCode(code.text) == nil {
            return "Type the six digits that your authenticator shows."
        }
        return verdict == .approve ? grant.problem(running: running) : nil
    }

    /// What goes with the decision.
    var sentCode: StepUpBody? { needsCode ? StepUpBody(code: code.text) : nil }

    /// The field that what is missing stands in.
    var missingFocus: Focus {
        if let fact, !confirmation.text.isSame(as: fact.text) { return .confirmation }
        if verdict == .reject, comment.isMissing { return .comment }
        if needsCode, StepUpCode(code.text) == nil { return .code }
        return grant.usesProblem != nil ? .grantUses : .grantBounds
    }

    /// Moves the focus to the next field or button.
    mutating func next() {
        if focus == .buttons, let place = buttons.firstIndex(of: button),
            place + 1 < buttons.count
        {
            button = buttons[place + 1]
            return
        }
        step(by: 1)
    }

    /// Moves the focus to the field or button before.
    mutating func previous() {
        if focus == .buttons, let place = buttons.firstIndex(of: button), place > 0 {
            button = buttons[place - 1]
            return
        }
        step(by: -1)
    }

    private mutating func step(by step: Int) {
        let place = stops.firstIndex(of: focus) ?? 0
        let count = stops.count
        focus = stops[(place + step + count) % count]
        // Whoever comes back to the buttons begins at the safe one.
        button = .cancel
    }

    /// Changes the field that has the focus; a digit that chose a reason leads on to the buttons.
    mutating func changeField(_ change: (inout TextField) -> Void) {
        problem = nil
        switch focus {
        case .confirmation: change(&confirmation)
        case .comment: if comment.change(change) { next() }
        case .code:
            var changed = code
            change(&changed)
            if changed.text.utf8.allSatisfy({ (48...57).contains($0) }) { code = changed }
        case .grantUses: change(&grant.uses)
        case .grantBounds: change(&grant.bounds)
        case .buttons: break
        }
    }

    /// What is granted besides; nil for nothing, and for a rejection.
    var sentGrant: GrantBody? {
        verdict == .approve && !isOffline ? grant.body(running: running) : draft?.grant
    }

    /// Why calls like it cannot be let run; nil when they can, as far as is known here.
    package var grantObstacle: String? {
        guard verdict == .approve else { return "A rejection is for this call alone." }
        if isOffline { return "You are offline: what stands for longer needs the server." }
        if view.requirement.quorum > 1 { return "Several people decide such calls, each time." }
        if view.risk == .critical { return "Calls of critical risk always ask a person." }
        return view.requirement.assignee == nil
            ? nil : "It was handed to you; calls like it go to the group."
    }

    /// Why it cannot be for a session alone; nil when it can.
    package var scopeObstacle: String? {
        if let grantObstacle { return grantObstacle }
        guard grant.seconds != nil else { return "Choose first for how long calls like it run." }
        return view.origin.sessionID?.isEmpty ?? true ? "The agent named no session." : nil
    }

    /// Lets calls like it run for longer, or not at all after the longest time.
    mutating func widenGrant() {
        problem = grantObstacle
        if problem == nil { grant.lengthen() }
    }

    /// Between all calls of the agent and those of its session.
    mutating func changeGrantScope() {
        problem = scopeObstacle
        if problem == nil { grant.changeScope() }
    }
}
