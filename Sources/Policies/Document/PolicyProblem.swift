public import JSONTree

/// What is wrong with a document: where, and a sentence for a person.
public struct PolicyProblem: Hashable, Sendable {
    /// The place in the document.
    public let pointer: JSONPointer
    /// Whole sentences; hostile text in them is for a printer to make safe.
    public let sentence: String

    /// Puts a problem together.
    public init(_ pointer: JSONPointer, _ sentence: String) {
        self.pointer = pointer
        self.sentence = sentence
    }
}

/// Why a document is no policy: at least one problem, in the order of the document.
public struct PolicyRefusal: Error, Hashable, Sendable {
    public let problems: [PolicyProblem]

    init(_ problems: [PolicyProblem]) {
        precondition(!problems.isEmpty, "a refusal says why")
        self.problems = problems
    }
}
