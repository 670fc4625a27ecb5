import JSONTree
import TextGrid

/// One thing that was looked at, and how it is.
struct Finding: Hashable, Sendable {
    /// How it is, from the best to the worst.
    enum Verdict: String, Hashable, Sendable, CaseIterable {
        case ok
        /// It works, but something should be seen to.
        case warn
        /// It does not work.
        case fail

        var rank: Int {
            switch self {
            case .ok: 0
            case .warn: 1
            case .fail: 2
            }
        }
    }

    let area: String
    let verdict: Verdict
    /// What was found; never a secret.
    let sentence: String
    /// What to do; empty when there is nothing to do.
    let fix: String

    init(_ area: String, _ verdict: Verdict, _ sentence: String, fix: String = "") {
        self.area = area
        self.verdict = verdict
        self.sentence = sentence
        self.fix = fix
    }

    /// A complaint of another part of the program, in one line.
    init(_ area: String, _ complaint: Complaint) {
        self.init(area, .fail, complaint.sentence, fix: complaint.nextStep)
    }

    /// One line: verdict, area, what was found, what to do.
    var line: SafeText {
        func padded(_ text: String, _ count: Int) -> String {
            text + String(repeating: " ", count: max(1, count - text.count))
        }
        let words = [sentence, fix].filter { !$0.isEmpty }.joined(separator: " ")
        return SafeText(
            escaping: padded(verdict.rawValue, 6) + padded(area, Self.areaColumns) + words)
    }

    private static let areaColumns = 10

    var wire: JSONValue {
        .object([
            "area": .string(area), "verdict": .string(verdict.rawValue),
            "sentence": .string(sentence), "fix": fix.isEmpty ? .null : .string(fix),
        ])
    }
}
