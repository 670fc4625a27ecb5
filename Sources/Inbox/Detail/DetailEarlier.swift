import Approvals
import JSONTree
import TextGrid
import WireAPI

/// What was decided lately on calls like this one, below the arguments.
struct DetailEarlier {
    let state: EarlierDecisions.State?
    let decisions: [EarlierDecision]
    let serverTime: Timestamp

    func write(into out: inout LineCollector) {
        guard let state, !out.isFull else { return }
        switch state {
        case .failed(let sentence):
            out.fact("Earlier", Line("could not be fetched: \(sentence)", .dim))
        case .known where decisions.isEmpty:
            out.fact("Earlier", Line("nothing decided on this tool for this agent", .dim))
        case .known:
            out.space()
            out.put(Line("Earlier, the same tool and agent", .heading))
            for decision in decisions where !out.isFull { write(decision, into: &out) }
        }
    }

    private func write(_ decision: EarlierDecision, into out: inout LineCollector) {
        let row = decision.row
        let role = StateWords.role(StateWords.Facts(row), at: serverTime)
        var line = Line(row.state.rawValue, role)
        if let by = row.decidedBy { line = line + Line(" by ", .dim) + Line(by, .accent) }
        if let at = row.settledAt {
            line = line + Line(" \(Age.text(serverTime.since(at))) ago", .dim)
        }
        if let edits = decision.edits, edits > 0 {
            line = line + Line(edits == 1 ? ", with 1 edit" : ", with \(edits) edits", .changed)
        }
        for (index, argument) in decision.differing.enumerated() {
            let front = Line(index == 0 ? ": " : ", ", .dim)
            let name = Line(ValueName.safe(argument.name), .jsonName)
            line = line + front + name + Line(" ") + brief(argument.value)
        }
        out.wrap(line, indent: 2)
    }

    /// A long value is no help here; the call itself is in the history.
    private func brief(_ value: JSONValue) -> Line {
        let line = ValueText.scalar(value)
        return line.columns > 40 ? line.fitted(to: 40) : line
    }
}
