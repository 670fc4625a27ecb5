/// One place that breaks a rule of the house.
struct Finding: Hashable, Sendable, CustomStringConvertible {
    let path: String
    /// From 1; 0 for the file as a whole.
    let line: Int
    let sentence: String

    init(_ path: String, _ line: Int, _ sentence: String) {
        self.path = path
        self.line = line
        self.sentence = sentence
    }

    var description: String { "\(path):\(line): \(sentence)" }
}

/// Offenders that are known and are to go; it must be empty when work is handed over.
enum Ratchet {
    static let known: Set<String> = []
}
