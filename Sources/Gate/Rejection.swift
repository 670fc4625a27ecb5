public import WireAPI

/// Who said no, and what they said.
public struct Rejection: Hashable, Sendable {
    /// The e-mail of the person; nil when a policy refused the call.
    public var person: String?
    /// Whose authority they used; nil when it was their own.
    public var onBehalfOf: String?
    /// What they said, or which rule refused it.
    public var comment: String?
    /// Why a policy refused it, for programs.
    public var reasonCode: String?
    /// What that policy says may be done instead.
    public var instead: String?

    /// Puts the value together.
    public init(
        person: String? = nil, onBehalfOf: String? = nil, comment: String? = nil,
        reasonCode: String? = nil, instead: String? = nil
    ) {
        self.person = person
        self.onBehalfOf = onBehalfOf
        self.comment = comment
        self.reasonCode = reasonCode
        self.instead = instead
    }

    /// What the approval says of it.
    public init(_ view: AgentView) {
        self.init(
            person: view.decidedBy, onBehalfOf: view.onBehalfOf, comment: view.comment,
            reasonCode: view.reasonCode, instead: view.instead)
    }

    /// Who, for whom, why, what may be done instead, and what not: for a model.
    public var sentence: String {
        let deputy = onBehalfOf.map { " for \($0)" } ?? ""
        let who = person.map { "\($0)\(deputy) rejected the call" } ?? "The call was rejected"
        let code = reasonCode.map { " (\($0))" } ?? ""
        let why = comment.map { ": \(Self.ended($0))" } ?? "."
        let instead = instead.map { "Instead: \(Self.ended($0)) " } ?? ""
        return "\(who)\(code)\(why) \(instead)It did not run. Do not repeat it unchanged: do what "
            + "the reason asks for, or tell the user."
    }

    /// The words as a sentence that another one can follow.
    private static func ended(_ words: String) -> String {
        words.last.map { ".!?…".contains($0) } == true ? words : words + "."
    }
}
