package import Approvals
package import WireAPI

/// A question with a safe answer and another one.
package struct Question: Hashable, Sendable {
    /// What is asked.
    package enum Subject: Hashable, Sendable {
        /// Throw every change to these arguments away.
        case discardEdits(ApprovalID)
        /// Leave, although decisions are not acknowledged; they stay when there is a local copy.
        case quit(waiting: Int, areKept: Bool)
        /// Leave, although changes to so many approvals are in memory only.
        case quitEditing(Int)
        /// Change what a version of a policy does.
        case policyMode(PolicyChange)
        /// Lend authority; the text says what comes of it.
        case lend(DelegationBody, consequences: String)
        /// Take back what was lent.
        case endDelegation(DelegationView)
        /// Somebody goes or comes for a while; the text says what comes of it.
        case override(GroupName, OverrideBody, consequences: String)
        /// Take that back, and what hangs on it.
        case removeOverride(OverrideView, consequences: String)
        /// Offer, take or undo a swap; the text says what comes of it.
        case swap(SwapStep, consequences: String)
        /// Change who takes turns; the text says what is different.
        case schedule(GroupName, ScheduleBody, consequences: String)
        /// Go off shift; the text says what is handed over to whom.
        case offShift(consequences: String)
        /// Come back from being off shift.
        case onShift
    }

    package let subject: Subject
    /// True when the button that does it is highlighted.
    package internal(set) var isOnVerb = false

    package init(_ subject: Subject) { self.subject = subject }

    /// The sentences of the question.
    package var text: String {
        switch subject {
        case .discardEdits: "Throw all your changes to these arguments away?"
        case .quit(let waiting, let areKept):
            "\(waiting) of your decisions \(waiting == 1 ? "is" : "are") not acknowledged by the "
                + (areKept
                    ? "server. They stay here as drafts and are shown again at the next start. "
                    : "server, and nothing is kept on this machine: leaving loses them. ")
                + "Leave?"
        case .quitEditing(let count):
            "Your changes to the arguments of \(count) approval\(count == 1 ? "" : "s") were not "
                + "sent, and nothing is kept on this machine: leaving loses them. Leave?"
        case .policyMode(let change): change.question
        case .lend(_, let consequences): "\(consequences) Lend it?"
        case .endDelegation(let view):
            "\(SafeWords.name(view.delegate)) decides nothing more for "
                + "\(SafeWords.name(view.grantor)), from now on. What was decided stays. "
                + "Take it back?"
        case .override(_, _, let consequences), .schedule(_, _, let consequences):
            "\(consequences) Save it?"
        case .swap(let step, let consequences): "\(consequences) \(step.verb)?"
        case .removeOverride(_, let consequences): "\(consequences) Take it back?"
        case .offShift(let consequences): "\(consequences) Go off shift?"
        case .onShift: "You are expected to decide again, from now on. Come back on shift?"
        }
    }

    /// What the button that does it says.
    package var verb: String {
        switch subject {
        case .discardEdits: "Throw away"
        case .quit, .quitEditing: "Leave"
        case .policyMode(let change): change.verb
        case .lend: "Lend"
        case .endDelegation, .removeOverride: "Take back"
        case .override, .schedule: "Save"
        case .swap(let step, _): step.verb
        case .offShift: "Go off shift"
        case .onShift: "Come back"
        }
    }
}
