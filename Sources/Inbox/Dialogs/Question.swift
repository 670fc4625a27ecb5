package import Approvals

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
        }
    }

    /// What the button that does it says.
    package var verb: String {
        switch subject {
        case .discardEdits: "Throw away"
        case .quit, .quitEditing: "Leave"
        }
    }
}
