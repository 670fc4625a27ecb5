/// What is wrong with a query.
package struct QueryProblem: Error, Hashable, Sendable {
    /// Where, counted in characters from 0.
    package let column: Int
    /// A sentence without its full stop.
    package let sentence: String
    /// What could stand there instead.
    package let known: [String]
    /// True when more typing may mend it: the text ends where something is missing.
    package let isUnfinished: Bool

    init(_ column: Int, _ sentence: String, known: [String] = [], isUnfinished: Bool = false) {
        self.column = column
        self.sentence = sentence
        self.known = known
        self.isUnfinished = isUnfinished
    }

    /// The sentence with its place and with what is known.
    package var text: String {
        let choices = known.isEmpty ? "" : ": " + known.joined(separator: ", ")
        return "At \(column + 1): \(sentence)\(choices)."
    }
}
